"""Healthy twin: what has to be added to a film's latent so that it shows no opacity inside a mask, in one pass.

It learns from pairs whose healthy half is known, as something was drawn or set into a film that was there before
(stages/healthy_twin.py); a regression from erasures alone is timid.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import ZONES
from .autoencoder import LATENT_CHANNELS
from .blocks import NormFreeBlock, upsample

TOLD = len(ZONES) + 1
"""Region maps that are read: the six zones and the mediastinum."""

SEEN = LATENT_CHANNELS + TOLD + 2
"""Input channels: the latent, the region maps, the mask, and the opacity that the reader sees."""


def soft_cells(mask: Tensor) -> Tensor:
    """A mask (N, 1, 32, 32) with an edge of a cell: the mean over a cell and its neighbours."""
    return F.avg_pool2d(mask, 3, stride=1, padding=1, count_include_pad=False)


class HealthyTwin(nn.Module):
    """Latent, regions, mask and opacity -> what to add inside the mask, (N, 8, 32, 32); exactly zero outside it."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        w = width
        self.stem = nn.Conv2d(SEEN, w, 3, padding=1)
        self.down32 = nn.Sequential(NormFreeBlock(w), NormFreeBlock(w))
        self.to16 = nn.Conv2d(w, 2 * w, 3, stride=2, padding=1)
        self.down16 = nn.Sequential(NormFreeBlock(2 * w), NormFreeBlock(2 * w))
        self.to8 = nn.Conv2d(2 * w, 2 * w, 3, stride=2, padding=1)
        self.at8 = nn.Sequential(NormFreeBlock(2 * w), NormFreeBlock(2 * w))
        self.from8 = nn.Conv2d(2 * w, 2 * w, 3, padding=1)
        self.up16 = NormFreeBlock(2 * w)
        self.from16 = nn.Conv2d(2 * w, w, 3, padding=1)
        self.up32 = nn.Sequential(NormFreeBlock(w), NormFreeBlock(w))
        self.head = nn.Conv2d(w, LATENT_CHANNELS, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def forward(self, latent: Tensor, regions: Tensor, mask: Tensor, opacity: Tensor) -> Tensor:
        """latent (N, 8, 32, 32); regions (N, 7 or more, 32, 32); mask, opacity (N, 1, 32, 32) in [0, 1]."""
        a = self.down32(self.stem(torch.cat([latent, regions[:, :TOLD], mask, opacity], 1)))
        b = self.down16(self.to16(a))
        c = self.at8(self.to8(b))
        b = self.up16(b + self.from8(upsample(c)))
        a = self.up32(a + self.from16(upsample(b)))
        return self.head(F.relu(a)) * mask  # type: ignore[no-any-return]
