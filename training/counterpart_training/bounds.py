"""Bounds on guidance: an erased lung gets no darker than a clear one would be, an opacity no whiter than one would be.

Guidance multiplies the asked difference, and where the model already answers fully that overshoots: black holes, white
rims, swirls. What is bounded is the mean grey of a latent cell, which is nearly linear in its channels. Twin of
src/counterfactual/bounds.ts.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

RIDGE = 1e-3
"""Added to the normal equations' diagonal, relative to the number of cells."""

SMOOTH = 5
"""Side in cells of the window in which the expected grey is averaged."""


@dataclass(frozen=True)
class Grey:
    """Grey of a cell as a linear function of its latent, one an image: weight (N, 8, 1, 1), bias (N, 1, 1, 1)."""

    weight: Tensor
    bias: Tensor

    @staticmethod
    def fit(z: Tensor, x: Tensor) -> "Grey":
        """Least squares of the cells' mean grey in images x (N, 1, 256, 256) on latents z (N, 8, 32, 32)."""
        n, c, h, w = z.shape
        grey = F.adaptive_avg_pool2d(x, (h, w)).flatten(1)[:, :, None].double()
        known = torch.cat([z, torch.ones_like(z[:, :1])], 1).flatten(2).transpose(1, 2).double()
        normal = known.transpose(1, 2) @ known + RIDGE * h * w * torch.eye(c + 1, dtype=torch.float64)
        solved = torch.linalg.solve(normal, known.transpose(1, 2) @ grey).float()
        return Grey(solved[:, :c].view(n, c, 1, 1), solved[:, c:].view(n, 1, 1, 1))

    def __call__(self, z: Tensor) -> Tensor:
        """Grey (N, 1, 32, 32) of latents."""
        return (z * self.weight).sum(1, keepdim=True) + self.bias


def smoothed(grey: Tensor, mask: Tensor) -> Tensor:
    """Mean over the cells of the mask in a window around each cell; (N, 1, 32, 32) each."""
    total = F.avg_pool2d(grey * mask, SMOOTH, 1, SMOOTH // 2)
    return total / F.avg_pool2d(mask, SMOOTH, 1, SMOOTH // 2).clamp(min=1e-6)


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest grey (N, 1, 32, 32) to which guidance may take a cell."""

    grey: Grey
    low: Tensor
    high: Tensor

    @staticmethod
    def around(grey: Grey, there: Tensor, now: Tensor, asked: Tensor, overshoot: float, undershoot: float) -> "Bounds":
        """From `undershoot` the wrong way from the grey that is `now`, to `overshoot` past what is expected `there`.

        asked (N, 1, 1, 1): below 0 where opacity is lowered, which darkens; above 0 where it is raised; at 0 there are
        no bounds. What is raised is never held below what it was.
        """
        free = torch.full_like(now, torch.inf)
        low = torch.where(asked < 0, there - overshoot, now - undershoot)
        high = torch.where(asked < 0, now + undershoot, there.maximum(now) + overshoot)
        return Bounds(grey, torch.where(asked == 0, -free, low), torch.where(asked == 0, free, high))

    def held(self, told: Tensor, guided: Tensor) -> Tensor:
        """`guided` drawn back toward `told` (N, 8, 32, 32 each) in the cells that leave the bounds.

        What the model says without guidance is always allowed.
        """
        plain, pushed = self.grey(told), self.grey(guided)
        low, high = torch.minimum(self.low, plain), torch.maximum(self.high, plain)
        wanted = pushed.clamp(low, high)
        reach = pushed - plain
        share = torch.where(wanted == pushed, torch.ones_like(reach), (wanted - plain) / reach)
        return told + share * (guided - told)
