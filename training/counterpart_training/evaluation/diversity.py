"""How different images of one set are: Vendi score (Friedman, Dieng, arXiv 2210.02410) and mean pairwise distance."""

import numpy as np

from .frechet import Features
from .manifold import distances


def vendi(x: Features) -> float:
    """Effective number of distinct images in features (n, d): exp of the entropy of the eigenvalues of K / n.

    K: cosine similarity. 1 where all are alike, n where all are orthogonal. Raises ValueError for no image.
    """
    if len(x) == 0:
        raise ValueError("the Vendi score needs an image")
    unit = x / np.linalg.norm(x, axis=1, keepdims=True).clip(1e-12)
    gram = unit @ unit.T if len(x) <= x.shape[1] else unit.T @ unit
    values = np.linalg.eigvalsh(gram / len(x))
    values = values[values > 1e-12]
    return float(np.exp(-(values * np.log(values)).sum()))


def mean_pairwise_distance(x: Features) -> float:
    """Mean Euclidean distance of different rows of (n, d). Raises ValueError for fewer than two."""
    n = len(x)
    if n < 2:
        raise ValueError("a distance needs two images")
    return float(distances(x, x)[~np.eye(n, dtype=bool)].mean())
