"""Seeded inputs that look enough like the real ones for goldens; no image of any data set goes into a release."""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..findings import FINDINGS, REGIONS, SOURCES, ZONES
from ..networks.autoencoder import LATENT_CHANNELS
from ..networks.healthy_twin import soft_cells
from ..networks.residual_streams import CHANNELS, contrast, difference, pooling, sub_zones

SIZE, GRID = 256, 32


def smooth_field(channels: int, side: int, generator: torch.Generator) -> Tensor:
    """Noise on several scales, (1, channels, side, side), zero mean and unit variance a channel."""
    total = torch.zeros(1, channels, side, side)
    for cells in (4, 8, 16, 32):
        coarse = torch.randn(1, channels, cells, cells, generator=generator)
        total += F.interpolate(coarse, (side, side), mode="bilinear") * (8 / cells) ** 0.7
    total = total - total.mean((2, 3), keepdim=True)
    return total / total.std((2, 3), keepdim=True)


def ellipse(side: int, x: float, y: float, rx: float, ry: float, softness: float = 0.15) -> Tensor:
    """Soft ellipse, (side, side) in [0, 1]; centre and radii as fractions of the side."""
    at = (torch.arange(side) + 0.5) / side
    distance = (((at[None] - x) / rx).square() + ((at[:, None] - y) / ry).square()).sqrt()
    return torch.sigmoid((1 - distance) / softness)


def radiograph(seed: int) -> Tensor:
    """A drawn chest, (1, 1, 256, 256) in [-1, 1]: body, lungs, heart, ribs, an opacity, noise."""
    generator = torch.Generator().manual_seed(seed)
    shift = (torch.rand(8, generator=generator) - 0.5).tolist()
    image = -1 + 1.25 * ellipse(SIZE, 0.5, 0.62, 0.48, 0.58, 0.05)
    lungs = torch.maximum(
        ellipse(SIZE, 0.31 + 0.04 * shift[0], 0.48, 0.15, 0.3), ellipse(SIZE, 0.69 + 0.04 * shift[1], 0.48, 0.14, 0.29)
    )
    rows = torch.arange(SIZE)[:, None] / SIZE
    bend = ((torch.arange(SIZE)[None] / SIZE - 0.5) * 2).square()
    ribs = torch.cos(2 * torch.pi * (rows + 0.1 * bend) * 11)
    image = image - 0.95 * lungs + 0.09 * ribs * lungs
    image = image + 0.5 * ellipse(SIZE, 0.55, 0.62 + 0.03 * shift[2], 0.14, 0.14)
    image = image + 0.4 * ellipse(SIZE, 0.3 + 0.1 * shift[3], 0.6 + 0.2 * shift[4], 0.08, 0.07, 0.4)
    image = image + 0.05 * smooth_field(1, SIZE, generator)[0, 0] + 0.02 * torch.randn(SIZE, SIZE, generator=generator)
    grey = ((image.clamp(-1, 1) + 1) * 127.5).round()
    return (grey / 127.5 - 1)[None, None]


def latent(seed: int) -> Tensor:
    """A latent of plausible smoothness, (1, 8, 32, 32), unit variance."""
    return smooth_field(LATENT_CHANNELS, GRID, torch.Generator().manual_seed(seed))


def region_maps(seed: int) -> Tensor:
    """Zones, mediastinum, pleura, focus and anywhere, (1, 10, 32, 32) in [0, 1]."""
    jitter = (torch.rand(2, generator=torch.Generator().manual_seed(seed)) - 0.5).tolist()
    maps = []
    for x in (0.31, 0.69):
        lung = ellipse(GRID, x, 0.48, 0.15, 0.3)
        third = torch.arange(GRID)[:, None] / GRID
        cuts = [third < 0.38, (third >= 0.38) & (third < 0.58), third >= 0.58]
        maps += [lung * cut for cut in cuts]
    heart = ellipse(GRID, 0.55, 0.62, 0.14, 0.14)
    lungs = torch.stack(maps).sum(0).clamp(max=1)
    rim = F.max_pool2d(lungs[None, None], 3, stride=1, padding=1)[0, 0] - lungs
    focus = (ellipse(GRID, 0.3 + 0.1 * jitter[0], 0.6 + 0.1 * jitter[1], 0.1, 0.1) > 0.5).float()
    maps = [*maps, heart, rim.clamp(0, 1), focus, torch.ones(GRID, GRID)]
    assert len(maps) == len(REGIONS)
    return torch.stack(maps)[None]


def film_and_twin() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Latents of a film and its twin (1, 8, 32, 32) that differ inside the focus, opacity there, and region maps."""
    regions = region_maps(73)
    opacity = F.avg_pool2d(regions[:, REGIONS.index("focus")][:, None], 3, stride=1, padding=1)
    twin = latent(71)
    return twin + opacity * latent(72), twin, opacity, regions


def twin_inputs() -> dict[str, Tensor]:
    """All inputs of the healthy twin: an opacity in the focus, which is the mask."""
    film, _, opacity, regions = film_and_twin()
    mask = soft_cells(regions[:, REGIONS.index("focus")][:, None])
    return {"latent": film, "regions": regions, "mask": mask, "opacity": opacity}


def pathology_inputs() -> dict[str, Tensor]:
    """All inputs of the network that reads a pathology."""
    film, twin, opacity, regions = film_and_twin()
    return {"seen": difference(film, twin, opacity, regions), "weights": pooling(sub_zones(regions))}


def recomposer_inputs() -> dict[str, Tensor]:
    """All inputs of the network that draws one; tokens where the focus is."""
    _, twin, opacity, regions = film_and_twin()
    maps, generator = sub_zones(regions), torch.Generator().manual_seed(74)
    there = torch.bmm(pooling(maps), opacity.flatten(2).transpose(1, 2))
    return {
        "twin": twin,
        "regions": regions,
        "tokens": there * torch.randn(1, CHANNELS, generator=generator),
        "maps": maps,
        "length": contrast(twin, regions)[1].flatten(1),
    }


def conditioning() -> dict[str, Tensor]:
    """All inputs of the denoiser for a batch of two: early and late in the flow, inpainting and whole."""
    generator = torch.Generator().manual_seed(60)
    time = torch.tensor([[0.9], [0.35]])
    clean = torch.cat([latent(61), latent(62)])
    noise = torch.randn(clean.shape, generator=generator)
    t = time[:, :, None, None]
    tokens = torch.zeros(2, len(REGIONS), 2 * len(FINDINGS))
    tokens[:, : len(ZONES), 0] = torch.rand(2, len(ZONES), generator=generator)
    tokens[:, : len(ZONES), len(FINDINGS)] = 1
    tokens[0, REGIONS.index("focus"), 0] = 2 / 3
    tokens[0, REGIONS.index("focus"), len(FINDINGS)] = 1
    tokens[1, REGIONS.index("anywhere"), FINDINGS.index("effusion")] = 1 / 3
    tokens[1, REGIONS.index("anywhere"), len(FINDINGS) + FINDINGS.index("effusion")] = 1
    regions = torch.cat([region_maps(63), region_maps(64)])
    mask = torch.stack([regions[0, REGIONS.index("focus")], torch.ones(GRID, GRID)])[:, None]
    context = torch.zeros(2, len(SOURCES) + 3)
    context[0, SOURCES.index("siim")] = 1
    context[0, 5:] = torch.tensor([-1.0, 1.2, 0.1])
    context[1, 5:] = torch.tensor([1.0, 0.3, 0.25])
    return {
        "latent": (1 - t) * clean + t * noise,
        "time": time,
        "tokens": tokens,
        "regions": regions,
        "inpaint": torch.cat([mask, clean * (1 - mask)], 1),
        "context": context,
    }
