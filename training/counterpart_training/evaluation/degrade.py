"""Degradations of known strength, for the ruler: images (N, 1, 256, 256) in [-1, 1] made worse on purpose."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

Degradation = Callable[[Tensor, float, torch.Generator], Tensor]


def blur(x: Tensor, sigma: float, generator: torch.Generator | None = None) -> Tensor:
    """Gaussian blur with a standard deviation of `sigma` pixels; 0 changes nothing."""
    del generator
    if sigma <= 0:
        return x.clone()
    reach = max(1, round(3 * sigma))
    line = torch.exp(-torch.arange(-reach, reach + 1).float().square() / (2 * sigma**2))
    line = line / line.sum()
    y = F.conv2d(F.pad(x, (reach, reach, 0, 0), mode="replicate"), line.view(1, 1, 1, -1))
    return F.conv2d(F.pad(y, (0, 0, reach, reach), mode="replicate"), line.view(1, 1, -1, 1))


def shuffle_patches(x: Tensor, share: float, generator: torch.Generator, cells: int = 8) -> Tensor:
    """A share (0 to 1) of the cells x cells patches of each image change places among themselves."""
    n, c, h, w = x.shape
    size_y, size_x = h // cells, w // cells
    tiles = x.view(n, c, cells, size_y, cells, size_x).permute(0, 2, 4, 1, 3, 5).reshape(n, cells * cells, -1)
    moved = round(share * cells * cells)
    out = tiles.clone()
    for i in range(n):
        chosen = torch.randperm(cells * cells, generator=generator)[:moved]
        out[i, chosen] = tiles[i, chosen.roll(1)]
    return out.view(n, cells, cells, c, size_y, size_x).permute(0, 3, 1, 4, 2, 5).reshape(n, c, h, w)


def flatten_contrast(x: Tensor, amount: float, generator: torch.Generator | None = None) -> Tensor:
    """Contrast about mid-grey times 1 - amount; 1 is uniform grey."""
    del generator
    return x * (1 - amount)


def add_noise(x: Tensor, sigma: float, generator: torch.Generator) -> Tensor:
    """White noise with standard deviation `sigma` of grey in [-1, 1], clipped."""
    return (x + sigma * torch.randn(x.shape, generator=generator)).clamp(-1, 1)


def nudge(x: Tensor, pixels: int, generator: torch.Generator | None = None) -> Tensor:
    """Every image shifted right by `pixels`: what a copied training image may look like."""
    del generator
    return F.pad(x, (pixels, 0, 0, 0), mode="replicate")[..., : x.shape[-1]]


IMAGE_LADDERS: dict[str, tuple[Degradation, tuple[float, ...]]] = {
    "blur": (blur, (0.7, 1.5, 3.0, 6.0)),
    "shuffled patches": (shuffle_patches, (0.05, 0.15, 0.4, 1.0)),
    "wrong contrast": (flatten_contrast, (0.15, 0.3, 0.5, 0.7)),
    "noise": (add_noise, (0.03, 0.08, 0.16, 0.32)),
}
"""Name -> degradation and its rising strengths (pixels; share; share; grey units of a range of 2)."""
