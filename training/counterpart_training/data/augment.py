"""Augmentation of image batches together with maps on the same grid. Never a left-right flip: the heart has a side."""

import torch
import torch.nn.functional as F
from torch import Tensor


def random_affine(
    count: int, generator: torch.Generator, rotate: float = 8.0, scale: float = 0.12, shift: float = 0.07
) -> Tensor:
    """`count` matrices (count, 2, 3) for affine_grid. rotate: degrees; scale, shift: fractions of the side."""

    def uniform(amount: float) -> Tensor:
        return (torch.rand(count, generator=generator) * 2 - 1) * amount

    angle = uniform(rotate) * torch.pi / 180
    sx, sy = 1 + uniform(scale), 1 + uniform(scale)
    return torch.stack(
        [
            torch.stack([torch.cos(angle) * sx, -torch.sin(angle) * sy, uniform(shift) * 2], 1),
            torch.stack([torch.sin(angle) * sx, torch.cos(angle) * sy, uniform(shift) * 2], 1),
        ],
        1,
    )


def warp(images: Tensor, theta: Tensor, fill: str = "border") -> Tensor:
    """Images or maps (N, C, H, W) resampled by `theta` (N, 2, 3), bilinear."""
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode=fill, align_corners=False)


def jitter_contrast(images: Tensor, generator: torch.Generator, amount: float = 0.25) -> Tensor:
    """Random gamma, contrast and brightness on grey in [-1, 1]."""
    n = images.shape[0]

    def uniform(low: float, high: float) -> Tensor:
        return (torch.rand(n, 1, 1, 1, generator=generator) * (high - low)) + low

    unit = (images + 1) / 2
    unit = unit.clamp(1e-4, 1) ** torch.exp(uniform(-amount, amount))
    return ((unit * 2 - 1) * uniform(1 - amount, 1 + amount) + uniform(-amount, amount) / 2).clamp(-1, 1)


def boxes_to_map(boxes: tuple[tuple[float, float, float, float], ...], size: int) -> Tensor:
    """Share of each cell that boxes cover, shape (size, size), values in [0, 1]. Boxes as fractions x0, y0, x1, y1."""
    edges = torch.arange(size + 1, dtype=torch.float32) / size
    out = torch.zeros(size, size)
    for x0, y0, x1, y1 in boxes:
        wx = (torch.minimum(edges[1:], torch.tensor(x1)) - torch.maximum(edges[:-1], torch.tensor(x0))).clamp(min=0)
        wy = (torch.minimum(edges[1:], torch.tensor(y1)) - torch.maximum(edges[:-1], torch.tensor(y0))).clamp(min=0)
        out = torch.maximum(out, (wy[:, None] * wx[None, :] * size * size).clamp(max=1))
    return out
