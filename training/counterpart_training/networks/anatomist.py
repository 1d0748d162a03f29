"""Anatomist: the six lung zones and the heart, and whether this is a frontal chest radiograph at all."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import ZONES
from .blocks import ConvNorm, ResidualBlock, upsample

CLASSES = 1 + len(ZONES) + 1
"""Background, the six zones, mediastinum (heart)."""

SIDE = 64
"""Side of the region map: one cell is 4x4 pixels."""


class Anatomist(nn.Module):
    """U-shaped network. (N, 1, 256, 256) -> region logits (N, 8, 64, 64) and a frontal-chest logit (N, 1)."""

    def __init__(self, width: int = 24) -> None:
        super().__init__()
        w = width
        self.stem = ConvNorm(16, w)
        self.level64 = ResidualBlock(w)
        self.down32 = nn.Sequential(ConvNorm(w, 2 * w, stride=2), ResidualBlock(2 * w))
        self.down16 = nn.Sequential(ConvNorm(2 * w, 4 * w, stride=2), ResidualBlock(4 * w))
        self.down8 = nn.Sequential(ConvNorm(4 * w, 6 * w, stride=2), ResidualBlock(6 * w))
        self.up16 = ConvNorm(10 * w, 4 * w)
        self.up32 = ConvNorm(6 * w, 2 * w)
        self.up64 = ConvNorm(3 * w, w)
        self.regions = nn.Conv2d(w, CLASSES, 1)
        self.frontal = nn.Linear(6 * w, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        a = self.level64(self.stem(F.pixel_unshuffle(x, 4)))
        b = self.down32(a)
        c = self.down16(b)
        d = self.down8(c)
        h = self.up16(torch.cat([upsample(d), c], 1))
        h = self.up32(torch.cat([upsample(h), b], 1))
        h = self.up64(torch.cat([upsample(h), a], 1))
        return self.regions(h), self.frontal(d.mean((2, 3)))


def region_share(logits: Tensor) -> Tensor:
    """Share of every class in each latent cell, (N, 8, 32, 32), from region logits (N, 8, 64, 64)."""
    return F.avg_pool2d(logits.softmax(1), 2)


def region_maps(share: Tensor, focus: Tensor) -> Tensor:
    """Maps of the statement's REGIONS, (N, 10, 32, 32) in [0, 1], from shares (N, 8, 32, 32) and a mask (N, 1, 32, 32).

    Pleura is the rim of the lungs; focus is the painted mask, zero without one; 'anywhere' is one.
    """
    zones, mediastinum = share[:, 1:7], share[:, 7:8]
    lungs = zones.sum(1, keepdim=True).clamp(max=1)
    pleura = (F.max_pool2d(lungs, 3, stride=1, padding=1) - lungs).clamp(0, 1)
    return torch.cat([zones, mediastinum, pleura, focus, torch.ones_like(lungs)], 1)
