"""Ranking figures."""

import numpy as np
from numpy.typing import NDArray


def average_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])


def auroc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve, ties counted half; NaN where one class is missing."""
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    ranks = average_ranks(scores)
    return float((ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Spearman's rank correlation with ties averaged; NaN where either is constant or has fewer than two values."""
    if len(a) < 2:
        return float("nan")
    x, y = average_ranks(a), average_ranks(b)
    x, y = x - x.mean(), y - y.mean()
    norm = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / norm if norm > 0 else float("nan")


def average_precision(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Mean over positives of the precision at their rank (no interpolation, ties taken together); NaN without one."""
    total = int(positive.sum())
    if total == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    recall = np.append(0, hits[last]) / total
    return float((np.diff(recall) * hits[last] / (last + 1)).sum())


def top_calls(scores: NDArray[np.float64], positive: NDArray[np.bool_], prevalence: float) -> tuple[int, int]:
    """How many of the called images are positive, and how many are called: the highest-scored share `prevalence`, at

    least one. A threshold that needs no label of this set.
    """
    called = max(1, round(prevalence * len(scores)))
    return int(positive[np.argsort(-scores, kind="stable")[:called]].sum()), called


def prevalence_f1(scores: NDArray[np.float64], positive: NDArray[np.bool_], prevalence: float) -> float:
    """F1 of `top_calls`. NaN without a positive."""
    total = int(positive.sum())
    right, called = top_calls(scores, positive, prevalence)
    return 2 * right / (called + total) if total else float("nan")
