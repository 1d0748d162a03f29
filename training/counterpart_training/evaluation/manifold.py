"""Precision, recall (Kynkäänniemi et al., arXiv 1904.06991), density, coverage (Naeem et al., arXiv 2002.09797)."""

import numpy as np
from numpy.typing import NDArray

from .frechet import Features

NEIGHBOURS = 5
"""k of the balls, as in Naeem et al."""


def distances(x: Features, y: Features) -> Features:
    """Euclidean distances of rows of x (n, d) and y (m, d): (n, m)."""
    square = np.square(x).sum(1)[:, None] + np.square(y).sum(1)[None, :] - 2 * x @ y.T
    return np.asarray(np.sqrt(square.clip(0)))


def radii(x: Features, k: int = NEIGHBOURS) -> NDArray[np.float64]:
    """Distance (n) of each row to its k-th nearest other row. Raises ValueError for k or fewer others."""
    if len(x) <= k:
        raise ValueError(f"balls of {k} neighbours need more than {k} images, not {len(x)}")
    d = distances(x, x)
    np.fill_diagonal(d, np.inf)
    return np.asarray(np.partition(d, k - 1, axis=1)[:, k - 1])


def manifold_figures(real: Features, made: Features, k: int = NEIGHBOURS) -> dict[str, float]:
    """precision: share of made images inside any real ball; recall: share of real images inside any made ball;
    density: real balls around a made image over k (may exceed 1); coverage: share of real balls that hold a made image.
    """
    across = distances(real, made)
    inside = across <= radii(real, k)[:, None]
    return {
        "precision": float(inside.any(0).mean()),
        "recall": float((across <= radii(made, k)[None, :]).any(1).mean()),
        "density": float(inside.sum(0).mean() / k),
        "coverage": float(inside.any(1).mean()),
    }
