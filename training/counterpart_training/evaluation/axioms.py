"""Axioms of counterfactuals as figures an image: pure functions of what was before and what is after.

Composition, reversibility and effectiveness after Monteiro et al. (arXiv 2303.01274), minimality as in Melistas et al.
(arXiv 2403.20287) with the latent divergence of Sanchez and Tsaftaris (arXiv 2202.10166).
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def mean_change(x: Tensor, y: Tensor, mask: Tensor | None = None) -> Tensor:
    """Mean |y - x| (N) of images (N, 1, H, W) as a share of the grey range, inside a mask if given."""
    change = (y - x).abs() / 2
    if mask is None:
        return change.mean((1, 2, 3))
    return (change * mask).sum((1, 2, 3)) / mask.sum((1, 2, 3)).clamp(min=1e-6)


def composition(x: Tensor, null_edited: Tensor) -> Tensor:
    """Largest change (N) that an edit makes which asks for nothing, in units of the grey range; 0 is exact."""
    return (null_edited - x).abs().amax((1, 2, 3)) / 2


def localisation(x: Tensor, y: Tensor, mask: Tensor) -> Tensor:
    """Share (N) of all change |y - x| that lies inside the mask (N, 1, H, W); NaN where nothing changed."""
    change = (y - x).abs()
    return (change * mask).sum((1, 2, 3)) / change.sum((1, 2, 3))


def judged_localisation(before: Tensor, after: Tensor, mask: Tensor) -> Tensor:
    """As `localisation`, of the judge's opacity probability: logits (N, 1, 32, 32), mask on the same grid in [0, 1].

    The composite keeps the pixels outside the mask; what the judge then sees outside is context, so this one can fail.
    """
    return localisation(before.sigmoid(), after.sigmoid(), mask)


def outside_change(x: Tensor, y: Tensor, mask: Tensor) -> Tensor:
    """Largest change (N) where the feathered mask (N, 1, H, W) is 0, in units of the grey range."""
    return ((y - x).abs() * (mask == 0)).amax((1, 2, 3)) / 2


def preservation(before: Tensor, after: Tensor, rest: list[int]) -> Tensor:
    """Mean |change| (N) of the probabilities (N, findings) of the findings `rest`, which were not asked about."""
    return (after - before)[:, rest].abs().mean(1)


def dice(a: Tensor, b: Tensor) -> Tensor:
    """Dice (N) of binary maps (N, H, W); 1 where both are empty."""
    total = a.sum((1, 2)) + b.sum((1, 2))
    both = 2 * (a * b).sum((1, 2))
    return torch.where(total > 0, both / total.clamp(min=1), torch.ones_like(total))


def anatomy_dice(before: Tensor, after: Tensor) -> tuple[Tensor, Tensor]:
    """Dice of lungs and of the mediastinum (N each) between region shares (N, 8, H, W) before and after."""

    def lungs(share: Tensor) -> Tensor:
        return (share[:, 1:7].sum(1) > 0.5).float()

    def heart(share: Tensor) -> Tensor:
        return (share[:, 7] > 0.5).float()

    return dice(lungs(before), lungs(after)), dice(heart(before), heart(after))


def crossed(
    before: NDArray[np.float64], after: NDArray[np.float64], threshold: float, add: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether scores (n) passed the threshold the asked way, and whether they could: began on the other side."""
    able = before < threshold if add else before >= threshold
    there = after >= threshold if add else after < threshold
    return able & there, able


def latent_divergence(
    own: NDArray[np.float64], to_target: NDArray[np.float64], to_source: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Counterfactual latent divergence (n), 0 best, 1 worst: log(1/2 exp P(T <= own) + 1/2 exp P(S >= own)).

    own (n): distance of each image to its counterfactual; to_target (n, m), to_source (n, k): its distances to real
    images of the asked and of its own class. Low: nearer than other images of the asked class, yet further than images
    of its own class are.
    """
    far = (to_target <= own[:, None]).mean(1)
    unmoved = (to_source >= own[:, None]).mean(1)
    return np.asarray(np.log(0.5 * np.exp(far) + 0.5 * np.exp(unmoved)))
