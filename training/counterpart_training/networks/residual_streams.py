"""Residual dual stream: what stays is a film's healthy twin; what may change is how the film differs from it.

The twin a is a whole latent, so nothing of the patient has to pass a bottleneck. The pathology p is read from z - a,
where ribs, heart and scanner cancel: a few numbers in each of 50 sub-zones a lung, which lie in the lung's own
coordinates and so fit another chest. A recomposer draws p on any twin. See docs/decisions/168-residual-dual-stream.md.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import ZONES
from .autoencoder import LATENT_CHANNELS
from .blocks import NormFreeBlock, upsample
from .reader import GRID

ROWS, COLUMNS = 10, 5
"""Sub-zones of a lung: rows from apex to diaphragm, columns from mediastinum to chest wall."""

CHANNELS = 8
"""Numbers in a pathology token: one token a sub-zone, 800 numbers a film."""

TOLD = len(ZONES) + 1
"""Region maps that are read: the six zones and the mediastinum."""

LEAST_CONTRAST = 0.3
LEAST_MASS = 0.5
ENERGY = 0.01
"""Mean square of the routed tokens at which what is drawn counts in full; without difference nothing is drawn."""


def lung_coordinates(regions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """How much of each cell is right and left lung; how far down it lies (0 apex), and how far out (0 mediastinum).

    regions (N, 7 or more, 32, 32), zones first. Returns three (N, 2, 32, 32), smooth in the maps.
    """
    right, left = regions[:, :3].sum(1), regions[:, 3:6].sum(1)
    lung = torch.stack([right, left], 1).clamp(0, 1)
    row = lung.sum(3).clamp(max=1)
    down = (row.cumsum(2) - 0.5 * row) / row.sum(2, keepdim=True).clamp(min=1e-3)
    across = (lung.cumsum(3) - 0.5 * lung) / lung.sum(3, keepdim=True).clamp(min=LEAST_CONTRAST)
    # The right lung lies at the picture's left: its mediastinum is where the columns end.
    out = torch.stack([1 - across[:, 0], across[:, 1]], 1).clamp(0, 1)
    return lung, down[..., None].expand_as(lung), out


def _tents(x: Tensor, count: int) -> Tensor:
    """Weights (N, 2, count, 32, 32) of `count` places along [0, 1], linear between their middles; they sum to 1."""
    at = (x * count - 0.5).clamp(0, count - 1)
    places = torch.arange(count, dtype=x.dtype).view(1, 1, count, 1, 1)
    return (1 - (at[:, :, None] - places).abs()).clamp(min=0)


def sub_zones(regions: Tensor, jitter: Tensor | None = None) -> Tensor:
    """Maps (N, 100, 1024) of the sub-zones, right lung first; their sum is the lungs.

    jitter (N, 2, 2): by how much the rows of each lung are shifted and stretched, as shares of its height. It keeps a
    pathology that is read from one chest from relying on where exactly its ribs lie.
    """
    lung, down, out = lung_coordinates(regions)
    if jitter is not None:
        shift, stretch = jitter[:, :, 0, None, None], jitter[:, :, 1, None, None]
        down = ((down - 0.5) * (1 + stretch) + 0.5 + shift).clamp(0, 1)
    maps = _tents(down, ROWS)[:, :, :, None] * _tents(out, COLUMNS)[:, :, None] * lung[:, :, None, None]
    return maps.reshape(len(regions), -1, GRID * GRID)


def contrast(twin: Tensor, regions: Tensor) -> tuple[Tensor, Tensor]:
    """From a twin's lungs to its mediastinum in the latent, (N, 8, 1, 1), and how long that is, (N, 1, 1, 1).

    Opacity is a share of that way: so it is comparable between films of different exposure.
    """
    lungs, mediastinum = regions[:, : len(ZONES)].sum(1, keepdim=True).clamp(0, 1), regions[:, len(ZONES) : TOLD]

    def mean(weight: Tensor) -> Tensor:
        return (twin * weight).sum((2, 3), keepdim=True) / weight.sum((2, 3), keepdim=True).clamp(min=1)

    way = mean(mediastinum) - mean(lungs)
    return way, way.square().sum(1, keepdim=True).sqrt().clamp(min=LEAST_CONTRAST)


def difference(film: Tensor, twin: Tensor, opacity: Tensor, regions: Tensor) -> Tensor:
    """What a film has more than its twin, (N, 9, 32, 32): the latent's 8 channels, and the share of the way to opacity.

    film, twin (N, 8, 32, 32); opacity (N, 1, 32, 32) in [0, 1], as the reader sees it in the film. In lengths of the
    twin's contrast, weighed by the root of the opacity.
    """
    way, length = contrast(twin, regions)
    more = film - twin
    share = (more * way).sum(1, keepdim=True) / length.square()
    return torch.cat([more / length, share], 1) * opacity.clamp(min=0).sqrt()


def pooling(maps: Tensor) -> Tensor:
    """Weights (N, 100, 1024) by which cells enter the token of a sub-zone: its map, of sum 1 where it is not tiny."""
    return maps / maps.sum(2, keepdim=True).clamp(min=LEAST_MASS)


class Pathology(nn.Module):
    """Difference from the twin -> tokens (N, 100, 8), and the opacity that they tell of their sub-zones (N, 100, 1).

    Without biases: no difference is exactly zero.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.first = nn.Conv2d(LATENT_CHANNELS + 1, width, 3, padding=1, bias=False)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.token = nn.Conv2d(width, CHANNELS, 1, bias=False)
        self.severity = nn.Linear(CHANNELS, 1, bias=False)

    def forward(self, seen: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
        """seen (N, 9, 32, 32) as of `difference`; weights (N, 100, 1024) as of `pooling`."""
        read = self.token(F.relu(self.second(F.relu(self.first(seen))))).flatten(2)
        tokens = torch.bmm(weights, read.transpose(1, 2))
        return tokens, self.severity(tokens)


class Recomposer(nn.Module):
    """Twin and tokens -> what is to be added to the twin, (N, 8, 32, 32); exactly zero for tokens that are zero."""

    around: Tensor
    """Mean over a cell and its neighbours."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        w = width
        self.stem = nn.Conv2d(LATENT_CHANNELS + TOLD + CHANNELS, w, 3, padding=1)
        self.down32 = NormFreeBlock(w)
        self.to16 = nn.Conv2d(w, 2 * w, 3, stride=2, padding=1)
        self.at16 = nn.Sequential(NormFreeBlock(2 * w), NormFreeBlock(2 * w))
        self.from16 = nn.Conv2d(2 * w, w, 3, padding=1)
        self.up32 = nn.Sequential(NormFreeBlock(w), NormFreeBlock(w))
        self.head = nn.Conv2d(w, LATENT_CHANNELS, 3, padding=1)
        self.register_buffer("around", torch.full((1, 1, 3, 3), 1 / 9))
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def forward(self, twin: Tensor, regions: Tensor, tokens: Tensor, maps: Tensor, length: Tensor) -> Tensor:
        """twin (N, 8, 32, 32); regions (N, 10, 32, 32); tokens (N, 100, 8); maps (N, 100, 1024); length (N, 1)."""
        routed = torch.bmm(tokens.transpose(1, 2), maps).reshape(-1, CHANNELS, GRID, GRID)
        there = (routed.square().mean(1, keepdim=True) / ENERGY).clamp(max=1)
        a = self.down32(self.stem(torch.cat([twin, regions[:, :TOLD], routed], 1)))
        a = a + self.from16(upsample(self.at16(self.to16(a))))
        drawn = self.head(F.relu(self.up32(a)))
        near = F.conv2d(there, self.around, padding=1)
        return drawn * near * length[:, :, None, None]  # type: ignore[no-any-return]


class ResidualStreams(nn.Module):
    """The two networks that are trained together, with what goes into them made of films, twins and region maps."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.pathology = Pathology(width)
        self.recompose = Recomposer(width)

    def read(self, film: Tensor, twin: Tensor, opacity: Tensor, regions: Tensor, maps: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens (N, 100, 8) of films (N, 8, 32, 32) beside their twins, and the opacity that they tell (N, 100, 1)."""
        return self.pathology(difference(film, twin, opacity, regions), pooling(maps))  # type: ignore[no-any-return]

    def draw(self, twin: Tensor, tokens: Tensor, regions: Tensor, maps: Tensor) -> Tensor:
        """What is to be added to twins (N, 8, 32, 32) so that they show the tokens (N, 100, 8)."""
        length = contrast(twin, regions)[1].flatten(1)
        return self.recompose(twin, regions, tokens, maps, length)  # type: ignore[no-any-return]
