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


def disguise(images: Tensor, generator: torch.Generator) -> Tensor:
    """Takes away what tells a source: resolution, noise, borders, corner marks, histogram. (N, 1, H, W) in [-1, 1].

    Each of five changes meets about a third of the images: blurred by resampling to a third to all of the size, noisy,
    framed in black, marked in a corner, histogram flattened in part.
    """
    n, _, height, width = images.shape
    out = images.clone()
    numbers = torch.rand(n, 12, generator=generator).tolist()
    for i, (soft, size, noisy, level, framed, edge, marked, corner, w, h, flat, share) in enumerate(numbers):
        x = out[i : i + 1]
        if flat < 0.3:
            x = x + share * (flattened(x) - x)
        if soft < 0.35:
            small = int(height * (0.33 + 0.6 * size)), int(width * (0.33 + 0.6 * size))
            x = F.interpolate(F.interpolate(x, size=small, mode="area"), size=(height, width), mode="bilinear")
        if noisy < 0.35:
            x = x + 0.06 * level * torch.randn(x.shape, generator=generator)
        if framed < 0.25:
            side, wide = int(edge * 4) % 4, 1 + int(edge * 997) % 18
            x = x.clone()
            strip = [x[:, :, :wide], x[:, :, -wide:], x[:, :, :, :wide], x[:, :, :, -wide:]][side]
            strip.fill_(-1.0)
        if marked < 0.3:
            a, b = 6 + int(h * 26), 6 + int(w * 34)
            top = 2 if corner < 0.75 else height - a - 2
            left = 2 if int(corner * 8) % 2 else width - b - 2
            x = x.clone()
            x[:, :, top : top + a, left : left + b] = 1.0 if int(corner * 16) % 2 else -1.0
        out[i] = x[0].clamp(-1, 1)
    return out


def flattened(image: Tensor) -> Tensor:
    """The image with its grey values in [-1, 1] spread evenly (histogram equalisation in 256 steps), shape kept."""
    steps = ((image + 1) * 127.5).round().clamp(0, 255).long()
    share = torch.bincount(steps.flatten(), minlength=256).cumsum(0).float() / steps.numel()
    return share[steps] * 2 - 1
