"""Fréchet distance of two feature sets (FID, Heusel et al., arXiv 1706.08500)."""

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float64]
"""Feature vectors, (images, dimensions)."""


def moments(x: Features) -> tuple[Features, Features]:
    """Mean (d) and covariance (d, d) with n - 1. Raises ValueError for fewer than two rows."""
    if len(x) < 2:
        raise ValueError(f"a covariance needs two images, not {len(x)}")
    return x.mean(0), np.atleast_2d(np.cov(x, rowvar=False))


def square_root(matrix: Features) -> Features:
    """Symmetric square root of a positive semi-definite matrix; rounding below zero is cut."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(values.clip(0))) @ vectors.T)


def frechet_of_moments(mean_a: Features, cov_a: Features, mean_b: Features, cov_b: Features) -> float:
    """|m_a - m_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)), by the eigenvalues of C_a^(1/2) C_b C_a^(1/2)."""
    root = square_root(cov_a)
    cross = np.sqrt(np.linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    value = np.square(mean_a - mean_b).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross
    return float(max(0.0, value))


def fid(real: Features, made: Features) -> float:
    """Fréchet distance of features (n, d) and (m, d). Biased upward when n or m is not far above d: report both.

    Few images: tr (C_a C_b)^(1/2) is the nuclear norm of A B^T with C_a = A^T A, C_b = B^T B: no d x d matrix.
    """
    n, m, d = len(real), len(made), real.shape[1]
    if max(n, m) >= d:
        return frechet_of_moments(*moments(real), *moments(made))
    if min(n, m) < 2:
        raise ValueError(f"a covariance needs two images, not {min(n, m)}")
    a, b = (real - real.mean(0)) / np.sqrt(n - 1), (made - made.mean(0)) / np.sqrt(m - 1)
    cross = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    value = np.square(real.mean(0) - made.mean(0)).sum() + np.square(a).sum() + np.square(b).sum() - 2 * cross
    return float(max(0.0, value))
