"""The protocol's classifier: small, trained from scratch each time, and no part of any generation."""

import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ...data.augment import jitter_contrast, random_affine, warp
from ...findings import FINDINGS
from ...networks.blocks import ConvNorm, ResidualBlock, channels_last
from ...precision import autocast

SIDE = 128
"""Images are averaged down to this side: the 64-pixel sources are then less far from the others."""

BATCH = 32

WIDTH = 32
"""Channels of the first level; 16 trains three times as fast."""


class Classifier(nn.Module):
    """(N, 1, 128, 128) grey in [-1, 1] -> finding logits (N, 16)."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        w = width
        self.body = nn.Sequential(
            nn.PixelUnshuffle(4),
            ConvNorm(16, w),
            ResidualBlock(w),
            ConvNorm(w, 2 * w, stride=2),
            ResidualBlock(2 * w),
            ConvNorm(2 * w, 4 * w, stride=2),
            ResidualBlock(4 * w),
        )
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(4 * w, len(FINDINGS))

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.drop(self.body(x).mean((2, 3))))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Pool:
    """Training images: uint8 (N, 128, 128), labels (N, 16) of 1, 0, -1 (unknown)."""

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int8]

    def batch(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        x = torch.from_numpy(self.pixels[rows]).float().div_(127.5).sub_(1).unsqueeze(1)
        return x, torch.from_numpy(self.labels[rows]).float()


def joined(a: Pool, b: Pool) -> Pool:
    return Pool(np.concatenate([a.pixels, b.pixels]), np.concatenate([a.labels, b.labels]))


def repeat_factors(labels: NDArray[np.int8], share: float = 0.05) -> NDArray[np.float64]:
    """How often each image (n) is drawn, relative to 1 (repeat-factor sampling, Gupta et al., arXiv 1908.03195).

    The largest sqrt(share / frequency) over the findings that the image carries, at least 1.
    """
    frequency = (labels == 1).sum(0) / max(1, len(labels))
    factor = np.sqrt(share / np.maximum(frequency, 1e-9)).clip(min=1)
    return np.asarray(np.where(labels == 1, factor, 1.0).max(1))


def class_weights(labels: NDArray[np.int8], beta: float = 0.999) -> tuple[Tensor, Tensor]:
    """Weights of positives and negatives (16 each) by effective number (1 - beta) / (1 - beta^n), Cui et al., arXiv

    1901.05555; scaled so that the weights of a finding average to 1 over its annotated images.
    """
    positives, negatives = (labels == 1).sum(0).astype(np.float64), (labels == 0).sum(0).astype(np.float64)
    raw = [(1 - beta) / (1 - beta ** np.maximum(n, 1)) for n in (positives, negatives)]
    mean = (raw[0] * positives + raw[1] * negatives) / np.maximum(positives + negatives, 1)
    up, down = (torch.from_numpy(w / np.maximum(mean, 1e-12)).float() for w in raw)
    return up, down


def train_classifier(
    pool: Pool, steps: int, seed: int, balanced: bool, minutes: float | None = None, width: int = WIDTH
) -> tuple[Classifier, int]:
    """Trains for `steps`, or for `minutes` where given; returns the classifier and the steps made.

    balanced: class-balanced loss and resampling; else plain masked cross-entropy on images drawn evenly.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = Classifier(width)
    channels_last(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    odds = torch.from_numpy(repeat_factors(pool.labels) if balanced else np.ones(len(pool.labels)))
    up, down = class_weights(pool.labels) if balanced else (torch.ones(len(FINDINGS)), torch.ones(len(FINDINGS)))
    begin, step = time.time(), 0
    while True:
        spent = (time.time() - begin) / 60 / minutes if minutes is not None else step / steps
        if spent >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 20) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * spent)))
        x, y = pool.batch(torch.multinomial(odds, BATCH, replacement=True, generator=generator).numpy())
        x = jitter_contrast(warp(x, random_affine(BATCH, generator)), generator)
        with autocast():
            logits = model(x.contiguous(memory_format=torch.channels_last)).float()
        weight = torch.where(y > 0.5, up, down) * (y >= 0)
        loss = F.binary_cross_entropy_with_logits(logits, y.clamp(min=0), weight=weight, reduction="sum")
        loss = torch.as_tensor(loss / (y >= 0).sum().clamp(min=1))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        step += 1
    return model.eval(), step


@torch.no_grad()
def scores_of(model: Classifier, pool: Pool, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Logits (len(rows), 16) without augmentation."""
    parts = [model(pool.batch(rows[i : i + 128])[0]) for i in range(0, len(rows), 128)]
    return torch.cat(parts).double().numpy()
