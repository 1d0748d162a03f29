"""Are samples copies of training images? Nearest-neighbour distances against those of unseen real images.

After Carlini et al. (arXiv 2301.13188) and, for radiographs, Dar et al. (arXiv 2402.01054).
"""

from dataclasses import dataclass

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from .errors import TooFewImages
from .frechet import Features
from .manifold import distances

QUANTILE = 0.01
"""An image nearer to training than this share of unseen real images is flagged."""

QUANTILES = (0.001, 0.005, QUANTILE, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
"""Shares of unseen real images whose distances are told with a release."""

MINIMUM = 50
"""Fewer unseen images than this place no 1 % limit."""


@dataclass(frozen=True)
class Memorisation:
    """share of samples flagged; `limit` distance; medians of nearest distances of samples and of unseen real images."""

    share: float
    limit: float
    median: float
    unseen_median: float
    flagged: NDArray[np.bool_]


def thumbnail(x: Tensor, side: int = 32) -> Tensor:
    """Images (N, 1, H, W) as centred unit vectors (N, side^2): distance^2 = 2 (1 - correlation)."""
    flat = F.adaptive_avg_pool2d(x, side).flatten(1)
    return F.normalize(flat - flat.mean(1, keepdim=True), dim=1)


def nearest(x: Features, bank: Features, chunk: int = 256) -> NDArray[np.float64]:
    """Distance (n) of each row of x (n, d) to the nearest row of the bank (m, d)."""
    return np.concatenate([distances(x[i : i + chunk], bank).min(1) for i in range(0, len(x), chunk)])


def memorisation(made: Features, unseen: Features, training: Features, quantile: float = QUANTILE) -> Memorisation:
    """Judges samples (n, d) against unseen real images (m, d) and training images (k, d) of one feature space.

    Raises TooFewImages for fewer than 50 unseen images: they set the limit.
    """
    if len(unseen) < MINIMUM:
        raise TooFewImages("The limit of nearest distances rests on unseen real images", len(unseen), MINIMUM)
    real = nearest(unseen, training)
    limit = float(np.quantile(real, quantile))
    found = nearest(made, training)
    flagged = found < limit
    return Memorisation(float(flagged.mean()), limit, float(np.median(found)), float(np.median(real)), flagged)
