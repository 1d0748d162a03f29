"""The ruler: does a metric rank known degradations rightly? One that does not, does not count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .diversity import mean_pairwise_distance, vendi
from .figures import rounded
from .frechet import Features, fid
from .intervals import half
from .kernel import kid
from .manifold import manifold_figures
from .memorisation import memorisation
from .ranking import spearman

QUALITY = ("blur", "shuffled patches", "wrong contrast", "noise", "another source")
COLLAPSE = ("fewer distinct images",)
COPIES = ("copied training images",)
TIME = "training time"
"""Ladders. The last one's steps are checkpoints, most training first; fidelity must fall with less training."""


@dataclass(frozen=True)
class Metric:
    """A figure of made images against real ones. `worse`: +1 where more is worse. `ladders`: what it must rank."""

    compute: Callable[[Features, Features], float]
    worse: int
    ladders: tuple[str, ...]


def manifold(part: str) -> Callable[[Features, Features], float]:
    return lambda real, made: manifold_figures(real, made)[part]


METRICS: dict[str, Metric] = {
    "fid": Metric(fid, 1, (*QUALITY, *COLLAPSE, TIME)),
    "kid": Metric(kid, 1, (*QUALITY, TIME)),
    "precision": Metric(manifold("precision"), -1, (*QUALITY, TIME)),
    "density": Metric(manifold("density"), -1, (*QUALITY, TIME)),
    "recall": Metric(manifold("recall"), -1, COLLAPSE),
    "coverage": Metric(manifold("coverage"), -1, (*QUALITY, *COLLAPSE, TIME)),
    "vendi": Metric(lambda _, made: vendi(made), -1, COLLAPSE),
    "pairwise": Metric(lambda _, made: mean_pairwise_distance(made), -1, COLLAPSE),
}


def copied_share(training: Features, made: Features) -> float:
    """Share flagged when the first half of `made` is unseen real images and the second half is judged."""
    middle = len(made) // 2
    return memorisation(made[middle:], made[:middle], training).share


MEMORISED = Metric(copied_share, 1, COPIES)
"""Its made set is [unseen real images; images to judge], see `copied_share`."""


@dataclass(frozen=True)
class Verdict:
    """Values at rising strength (first: clean), their rank correlation with it, and whether the ranking is right.

    unresolved: steps that the number of images cannot tell from standing still.
    """

    strengths: tuple[float, ...]
    values: tuple[float, ...]
    spearman: float
    unresolved: int
    right: bool
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {
            "strengths": list(self.strengths),
            "values": [rounded(v) for v in self.values],
            "spearman": rounded(self.spearman),
            "unresolved": self.unresolved,
            "right": self.right,
            **({"reason": self.reason} if self.reason else {}),
        }


def rank(
    strengths: Sequence[float], values: Sequence[float], worse: int, halves: NDArray[np.float64] | None = None
) -> Verdict:
    """Right where no step goes the wrong way and the last value is worse than the first.

    halves (draws, strengths): the same figure of random halves, paired over strengths. With it a step is wrong, and the
    last value worse, only beyond the 95 % interval of their difference; without it any difference counts.
    spearman is of strength and badness.
    """
    bad = worse * np.asarray(values, dtype=np.float64)
    steps, rise = np.diff(bad), float(bad[-1] - bad[0])
    noise, rise_noise = np.zeros(len(steps)), 0.0
    if halves is not None:
        noise = 1.96 * np.diff(halves, axis=1).std(0)
        rise_noise = 1.96 * float((halves[:, -1] - halves[:, 0]).std())
    reason = ""
    if (steps < -noise).any():
        k = int(np.argmin(steps + noise))
        reason = (
            f"better at strength {strengths[k + 1]:g} ({values[k + 1]:.4g}) than at {strengths[k]:g} ({values[k]:.4g})"
        )
    elif not rise > rise_noise:
        reason = "does not react"
    correlation = spearman(np.asarray(strengths, dtype=np.float64), bad)
    unresolved = int((np.abs(steps) <= noise).sum())
    return Verdict(tuple(strengths), tuple(map(float, values)), correlation, unresolved, not reason, reason)


@dataclass(frozen=True)
class Ladder:
    """Feature sets of the same images at rising strength; the first is clean (strength 0)."""

    strengths: tuple[float, ...]
    sets: tuple[Features, ...]


@dataclass(frozen=True)
class Judgement:
    """What the ruler says of one metric in one feature space."""

    verdicts: dict[str, Verdict]
    counts: bool
    reason: str


def paired_halves(metric: Metric, real: Features, ladder: Ladder, draws: int, seed: int) -> NDArray[np.float64]:
    """The metric of random halves of both sides, (draws, strengths); within a draw the same images at each strength."""
    random = np.random.default_rng(seed)
    out = np.empty((draws, len(ladder.sets)))
    for i in range(draws):
        some = half(real, random)
        pick = random.permutation(len(ladder.sets[0]))[: (len(ladder.sets[0]) + 1) // 2]
        out[i] = [metric.compute(some, made[pick]) for made in ladder.sets]
    return out


def judge_metric(
    metric: Metric, real: Features, ladders: Mapping[str, Ladder], draws: int = 20, seed: int = 0
) -> Judgement:
    """Runs a metric up every ladder that is given and that it must rank; without any it does not count."""
    verdicts: dict[str, Verdict] = {}
    for name, ladder in ladders.items():
        if name in metric.ladders:
            values = [metric.compute(real, made) for made in ladder.sets]
            halves = paired_halves(metric, real, ladder, draws, seed) if draws else None
            verdicts[name] = rank(ladder.strengths, values, metric.worse, halves)
    wrong = [f"{name}: {v.reason}" for name, v in verdicts.items() if not v.right]
    if not verdicts:
        wrong = ["no ladder was measured"]
    return Judgement(verdicts, not wrong, "; ".join(wrong))


def collapse(made: Features, strengths: Sequence[float] = (0.5, 0.875, 0.97)) -> Ladder:
    """A set that loses its variety: a share (strength) of its images replaced by repeats of the others."""
    sets = [made]
    for strength in strengths:
        distinct = max(1, round((1 - strength) * len(made)))
        sets.append(made[np.arange(len(made)) % distinct])
    return Ladder((0.0, *strengths), tuple(sets))


def mixture(made: Features, other: Features, strengths: Sequence[float]) -> Ladder:
    """A set in which the last share (strength) of the images is replaced by the first of another set.

    Strengths that the other set is too small for are left out.
    """
    n = len(made)
    usable = [s for s in strengths if round(s * n) <= len(other)]
    sets = [np.concatenate([made[: n - round(s * n)], other[: round(s * n)]]) for s in usable]
    return Ladder((0.0, *usable), (made, *sets))
