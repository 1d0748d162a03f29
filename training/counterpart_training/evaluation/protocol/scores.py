"""AUROC, AP and F1 of out-of-fold scores, within sources, by finding and by group."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...findings import FINDINGS
from ..groups import GROUPS
from ..ranking import auroc, average_precision, top_calls

METRICS = ("auroc", "ap", "f1")
FEWEST = 5
"""A finding with fewer positives in all is left out of its group's mean."""

Table = dict[str, dict[str, float]]
"""metric -> finding or group -> value."""


@dataclass(frozen=True)
class Truth:
    """labels (n, 16) of 1, 0, -1; source and fold (n): figures compare only within both."""

    labels: NDArray[np.int8]
    source: NDArray[np.int64]
    fold: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> "Truth":
        return Truth(self.labels[rows], self.source[rows], self.fold[rows])


def finding_scores(scores: NDArray[np.float64], truth: Truth, k: int) -> dict[str, float]:
    """Figures of one finding. auroc, ap: mean over (source, fold) cells that have both classes, weighted by positives;

    f1: of calls pooled over cells, as many called in each as the other folds' prevalence says.
    Comparing across sources would reward knowing the source, and across folds the scale of another classifier.
    """
    label, known = truth.labels[:, k], truth.labels[:, k] >= 0
    area, precision, weight = 0.0, 0.0, 0
    right, called, total = 0, 0, 0
    for source in np.unique(truth.source[known]):
        of_source = known & (truth.source == source)
        if not (label[of_source] == 1).any() or not (label[of_source] == 0).any():
            continue
        for fold in np.unique(truth.fold[of_source]):
            here = of_source & (truth.fold == fold)
            other = of_source & (truth.fold != fold)
            positive = label[here] == 1
            prevalence = float((label[other] == 1).mean()) if other.any() else float(positive.mean())
            hits, calls = top_calls(scores[here, k], positive, prevalence)
            right, called, total = right + hits, called + calls, total + int(positive.sum())
            if positive.any() and not positive.all():
                n = int(positive.sum())
                area += n * auroc(scores[here, k], positive)
                precision += n * average_precision(scores[here, k], positive)
                weight += n
    missing = float("nan")
    return {
        "auroc": area / weight if weight else missing,
        "ap": precision / weight if weight else missing,
        "f1": 2 * right / (called + total) if total else missing,
    }


ALL: dict[str, tuple[str, ...]] = {**GROUPS, "all": tuple(FINDINGS)}
"""Groups of findings of which macro means are given."""


def all_scores(
    scores: NDArray[np.float64], truth: Truth, findings: list[int], groups: Mapping[str, tuple[str, ...]] = ALL
) -> Table:
    """Figures of the given findings (indices) and macro means of the groups."""
    each = {FINDINGS[k]: finding_scores(scores, truth, k) for k in findings}
    out: Table = {}
    for metric in METRICS:
        values = {name: row[metric] for name, row in each.items()}
        for group, members in groups.items():
            known = [each[m][metric] for m in members if m in each and np.isfinite(each[m][metric])]
            values[group] = float(np.mean(known)) if known else float("nan")
        out[metric] = values
    return out


def measurable(truth: Truth) -> list[int]:
    """Findings with at least FEWEST positives within sources that have both classes."""
    out = []
    for k in range(len(FINDINGS)):
        positives = 0
        for source in np.unique(truth.source):
            label = truth.labels[truth.source == source, k]
            if (label == 0).any():
                positives += int((label == 1).sum())
        if positives >= FEWEST:
            out.append(k)
    return out


def patient_draws(patients: list[str], draws: int, seed: int) -> list[NDArray[np.int64]]:
    """Bootstrap samples of image rows in which whole patients are drawn with replacement."""
    names, member = np.unique(np.array(patients), return_inverse=True)
    order = np.argsort(member, kind="stable")
    starts = np.searchsorted(member[order], np.arange(len(names) + 1))
    random = np.random.default_rng(seed)
    out = []
    for _ in range(draws):
        pick = random.integers(0, len(names), len(names))
        out.append(np.concatenate([order[starts[p] : starts[p + 1]] for p in pick]))
    return out
