"""Dual stream: what stays (anatomy) and what may change (pathology) of a latent, and a statement in pathology's space.

After "Causal disentanglement for long-tail medical images": two streams made independent by group supervision. All
four networks work on 32x32x8 latents, so swaps and cycles cost no decoding.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import FINDINGS, REGIONS, ZONES
from .autoencoder import LATENT_CHANNELS
from .blocks import NormFreeBlock, upsample
from .concept_erasure import ConceptErasure
from .denoiser import TOKEN, Attention

ANATOMY = 12
"""Channels of the anatomy map (8x8 cells): 768 numbers for a latent of 8,192."""

PATHOLOGY = 32
"""Numbers in a pathology token; one token a region."""

SPEAKING = len(REGIONS) - 2
"""Regions that an image speaks about by itself: zones, mediastinum, pleura. Focus is drawn, anywhere is added."""


def normalised(x: Tensor, dimension: int) -> Tensor:
    """x over its root mean square along a dimension: a code of bounded size, so that noise bounds its capacity."""
    return x * torch.rsqrt(x.square().mean(dimension, keepdim=True) + 1e-5)


class AnatomyEncoder(nn.Module):
    """Latent and region maps -> anatomy map a (N, 12, 8, 8), unit root mean square over its channels.

    It is told where the lungs are but not what is in them: heart, bones, chest wall and outlines are left to read. What
    of that tells a finding all the same (position, devices, exposure) is erased from the code, as far as it is linear.
    """

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        w = width
        self.body = nn.Sequential(
            nn.Conv2d(LATENT_CHANNELS + 1, w, 3, padding=1),
            NormFreeBlock(w),
            nn.Conv2d(w, 2 * w, 3, stride=2, padding=1),
            NormFreeBlock(2 * w),
            nn.Conv2d(2 * w, 3 * w, 3, stride=2, padding=1),
            NormFreeBlock(3 * w),
            nn.ReLU(),
            nn.Conv2d(3 * w, ANATOMY, 1),
        )
        self.erase = ConceptErasure(ANATOMY * 64)

    def forward(self, latent: Tensor, regions: Tensor) -> Tensor:
        """latent (N, 8, 32, 32), regions (N, 10, 32, 32)."""
        read = self.read(latent, regions)
        return self.erase(read.flatten(1)).view_as(read)  # type: ignore[no-any-return]

    def read(self, latent: Tensor, regions: Tensor) -> Tensor:
        """The code before erasure, to which the erasure is fitted."""
        lungs = regions[:, : len(ZONES)].sum(1, keepdim=True).clamp(0, 1)
        return normalised(self.body(torch.cat([latent * (1 - lungs), lungs], 1)), 1)


def pooled(maps: Tensor, features: Tensor) -> Tensor:
    """Mean of features (N, C, H, W) under each map (N, R, H, W): (N, R, C). An empty map gives zeros."""
    weight = maps.flatten(2)
    total = torch.bmm(weight, features.flatten(2).transpose(1, 2))
    return total / weight.sum(2, keepdim=True).clamp(min=1)


class PathologyEncoder(nn.Module):
    """Latent and region maps (N, 10, 32, 32) -> pathology tokens p (N, 10, 32), unit root mean square each.

    A token is read under its region's map, at three scales; its only other knowledge is which region it is.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        w, r = width, len(REGIONS)
        self.stem = nn.Conv2d(LATENT_CHANNELS + r, w, 3, padding=1)
        self.fine = nn.Sequential(NormFreeBlock(w), NormFreeBlock(w))
        self.middle = nn.Sequential(
            nn.Conv2d(w, 2 * w, 3, stride=2, padding=1), NormFreeBlock(2 * w), NormFreeBlock(2 * w)
        )
        self.coarse = nn.Sequential(nn.Conv2d(2 * w, 3 * w, 3, stride=2, padding=1), NormFreeBlock(3 * w))
        self.attention = Attention(3 * w)
        self.hidden = nn.Linear(6 * w + r, 4 * w)
        self.token = nn.Linear(4 * w, PATHOLOGY)

    def forward(self, latent: Tensor, regions: Tensor) -> Tensor:
        fine = self.fine(self.stem(torch.cat([latent, regions], 1)))
        middle = self.middle(fine)
        coarse = self.attention(self.coarse(middle))
        half = F.avg_pool2d(regions, 2)
        quarter = F.avg_pool2d(half, 2)
        parts = [pooled(m, F.relu(f)) for m, f in ((regions, fine), (half, middle), (quarter, coarse))]
        place = torch.eye(len(REGIONS)).expand(len(latent), -1, -1)
        return normalised(self.token(F.relu(self.hidden(torch.cat([*parts, place], 2)))), 2)


class StatementEncoder(nn.Module):
    """Statement rows (N, 10, 32: severity / 3 and known, of each finding) -> tokens in pathology's space (N, 10, 32).

    Every row sees the whole statement once (its mean), as findings of one region imply others elsewhere.
    """

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.first = nn.Linear(2 * TOKEN + len(REGIONS), width)
        self.second = nn.Linear(width, width)
        self.token = nn.Linear(width, PATHOLOGY)

    def forward(self, statement: Tensor) -> Tensor:
        n, r, _ = statement.shape
        place = torch.eye(r).expand(n, -1, -1)
        whole = statement.mean(1, keepdim=True).expand(-1, r, -1)
        h = F.relu(self.first(torch.cat([statement, whole, place], 2)))
        return normalised(self.token(F.relu(self.second(h))), 2)


class Recomposer(nn.Module):
    """Anatomy, pathology tokens and the regions they belong to -> latent (N, 8, 32, 32): the mean image of (a, p)."""

    def __init__(self, width: int = 64, routed: int = 32) -> None:
        super().__init__()
        w = width
        self.spoken = nn.Sequential(nn.Linear(PATHOLOGY, 64), nn.ReLU(), nn.Linear(64, routed))
        self.at8 = nn.Sequential(
            nn.Conv2d(ANATOMY + routed, 3 * w, 3, padding=1), NormFreeBlock(3 * w), NormFreeBlock(3 * w)
        )
        self.to16 = nn.Conv2d(3 * w, 2 * w, 3, padding=1)
        self.layout16 = nn.Conv2d(routed, 2 * w, 1)
        self.at16 = nn.Sequential(NormFreeBlock(2 * w), NormFreeBlock(2 * w))
        self.to32 = nn.Conv2d(2 * w, w, 3, padding=1)
        self.layout32 = nn.Conv2d(routed, w, 1)
        self.at32 = nn.Sequential(
            NormFreeBlock(w), NormFreeBlock(w), nn.ReLU(), nn.Conv2d(w, LATENT_CHANNELS, 3, padding=1)
        )

    def forward(self, anatomy: Tensor, tokens: Tensor, regions: Tensor) -> Tensor:
        n, r, h, w = regions.shape
        spoken = self.spoken(tokens)
        routed = torch.bmm(spoken.transpose(1, 2), regions.reshape(n, r, h * w)).reshape(n, -1, h, w)
        half = F.avg_pool2d(routed, 2)
        x = self.at8(torch.cat([anatomy, F.avg_pool2d(half, 2)], 1))
        x = self.at16(self.to16(upsample(x)) + self.layout16(half))
        return self.at32(self.to32(upsample(x)) + self.layout32(routed))  # type: ignore[no-any-return]


class Streams(nn.Module):
    """The four networks that are trained together, and the heads that only training uses."""

    def __init__(self) -> None:
        super().__init__()
        self.anatomy = AnatomyEncoder()
        self.pathology = PathologyEncoder()
        self.statement = StatementEncoder()
        self.recompose = Recomposer()
        self.findings = nn.Linear(SPEAKING * PATHOLOGY + PATHOLOGY, len(FINDINGS))
        self.severity = nn.Linear(PATHOLOGY, 1)
        self.identity = nn.Sequential(nn.Flatten(), nn.Linear(ANATOMY * 64, 128))
        self.spy = nn.Sequential(
            nn.Flatten(), nn.Linear(ANATOMY * 64, 192), nn.ReLU(), nn.Linear(192, len(FINDINGS) + len(ZONES))
        )

    def told_findings(self, tokens: Tensor) -> Tensor:
        """Finding logits (N, findings) from the tokens of all regions but the drawn mask."""
        return self.findings(torch.cat([tokens[:, :SPEAKING], tokens[:, -1:]], 1).flatten(1))  # type: ignore[no-any-return]

    def told_severity(self, tokens: Tensor) -> Tensor:
        """Severity / 3 of opacity in each zone, (N, 6), from its token alone."""
        return self.severity(tokens[:, : len(ZONES)]).squeeze(2)  # type: ignore[no-any-return]


class Reversed(torch.autograd.Function):
    """Identity with its gradient turned round (arXiv 1409.7495): the spy learns, the encoder hides."""

    @staticmethod
    def forward(ctx: object, x: Tensor) -> Tensor:
        return x.view_as(x)

    @staticmethod
    def backward(ctx: object, *gradients: Tensor) -> Tensor:
        return -gradients[0]
