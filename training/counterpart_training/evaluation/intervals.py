"""Intervals: percentile bootstrap for means, half-sampling for figures of whole sets."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .frechet import Features

Interval = tuple[float, float]


def mean_interval(values: NDArray[np.float64], draws: int = 1000, level: float = 0.95, seed: int = 0) -> Interval:
    """Percentile bootstrap interval of the mean of values (n); NaN for none."""
    if len(values) == 0:
        return float("nan"), float("nan")
    pick = np.random.default_rng(seed).integers(0, len(values), (draws, len(values)))
    return bounds(values[pick].mean(1), level)


def bounds(values: NDArray[np.float64], level: float = 0.95) -> Interval:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def half_sample_interval(
    figure: Callable[[Features, Features], float],
    a: Features,
    b: Features,
    value: float,
    draws: int = 60,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Interval of figure(a, b) around `value`, from random halves of both sets.

    A half differs from the whole as the whole differs from the population: Var = s^2 (2/n - 1/n) = s^2 / n. Drawing
    without replacement matters here, because a copy is its own nearest neighbour and has zero kernel distance. Figures
    that are biased at small n shift in halves, so only the spread around the halves' own mean is used.
    """
    random = np.random.default_rng(seed)
    halves = np.array([figure(half(a, random), half(b, random)) for _ in range(draws)])
    low, high = bounds(halves - halves.mean(), level)
    return value + low, value + high


def half(x: Features, random: np.random.Generator) -> Features:
    return x[random.choice(len(x), (len(x) + 1) // 2, replace=False)]


def share_interval(hits: int, count: int, z: float = 1.96) -> Interval:
    """Wilson's interval of a share; unlike the normal one it is not empty at 0 and 1. NaN for no trials."""
    if count == 0:
        return float("nan"), float("nan")
    p, q = hits / count, z * z / count
    centre = (p + q / 2) / (1 + q)
    reach = z / (1 + q) * math.sqrt(p * (1 - p) / count + q / count / 4)
    return max(0.0, centre - reach), min(1.0, centre + reach)
