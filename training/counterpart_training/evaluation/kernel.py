"""Kernel distance of two feature sets (KID, Binkowski et al., arXiv 1801.01401): unbiased, so fit for small sets."""

import numpy as np

from .frechet import Features


def polynomial_kernel(x: Features, y: Features) -> Features:
    """(x y^T / d + 1)^3 for rows of x (n, d) and y (m, d): (n, m)."""
    return np.asarray((x @ y.T / x.shape[1] + 1.0) ** 3)


def unbiased_mmd(xx: Features, yy: Features, xy: Features) -> float:
    """Unbiased squared maximum mean discrepancy from kernel matrices; may be below zero for equal distributions.

    Raises ValueError where a set has fewer than two images.
    """
    n, m = len(xx), len(yy)
    if min(n, m) < 2:
        raise ValueError(f"the kernel distance needs two images a side, not {n} and {m}")
    within_x = (xx.sum() - np.trace(xx)) / (n * (n - 1))
    within_y = (yy.sum() - np.trace(yy)) / (m * (m - 1))
    return float(within_x + within_y - 2 * xy.mean())


def kid(real: Features, made: Features) -> float:
    """Unbiased kernel distance of features (n, d) and (m, d). Its expectation does not depend on n and m."""
    return unbiased_mmd(polynomial_kernel(real, real), polynomial_kernel(made, made), polynomial_kernel(real, made))
