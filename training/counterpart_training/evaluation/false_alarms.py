"""What a reader calls on clear films, source by source: a joint figure hides that it reads the source."""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.index import Record
from ..data.reader_labels import AIRSPACE, reader_labels
from ..findings import FINDINGS
from .intervals import bounds
from .ranking import auroc

Scores = NDArray[np.float64]
LEAST = 8
"""Fewer films of a kind give no figure."""


@dataclass(frozen=True)
class WithinSource:
    """One finding in one source; None where too few films tell it."""

    source: str
    clear: int
    """Films known to be without the finding."""
    alarms: float | None
    """Share of them that are called."""
    unlabelled: int
    """Films without opacity on which this finding is not annotated: nearly all of them are without it."""
    called: float | None
    positives: int
    sensitivity: float | None
    auroc: float | None
    auroc_interval: tuple[float, float] | None


def unlabelled_clear(records: list[Record]) -> NDArray[np.bool_]:
    """Films known to be without opacity whose other findings nobody annotated (SIIM's negatives, JSRT's)."""
    opacity = FINDINGS.index("lung_opacity")
    labels = np.array([reader_labels(r) for r in records])
    jsrt = np.array([r.source == "jsrt" for r in records])
    return np.asarray((labels[:, opacity] == 0) | jsrt, dtype=bool)


def within_sources(finding: str, probability: Scores, records: list[Record], threshold: float) -> list[WithinSource]:
    """One row a source that has films of either kind. probability (N) as calibrated; threshold as shipped."""
    k = FINDINGS.index(finding)
    labels = np.array([reader_labels(r)[k] for r in records])
    without = unlabelled_clear(records) & (labels < 0) if finding not in AIRSPACE else np.zeros(len(records), bool)
    sources = np.array([r.source for r in records])
    called = probability >= threshold
    rows = []
    for source in sorted(set(sources)):
        here = sources == source
        clear, positive, blank = here & (labels == 0), here & (labels == 1), here & without
        if not clear.any() and not positive.any() and not blank.any():
            continue
        both = min(int(clear.sum()), int(positive.sum())) >= LEAST
        rows.append(
            WithinSource(
                source=str(source),
                clear=int(clear.sum()),
                alarms=share(called, clear),
                unlabelled=int(blank.sum()),
                called=share(called, blank),
                positives=int(positive.sum()),
                sensitivity=share(called, positive),
                auroc=auroc(probability[clear | positive], labels[clear | positive] == 1) if both else None,
                auroc_interval=auroc_interval(probability[positive], probability[clear]) if both else None,
            )
        )
    return rows


def share(called: NDArray[np.bool_], which: NDArray[np.bool_]) -> float | None:
    return float(called[which].mean()) if int(which.sum()) >= LEAST else None


def auroc_interval(positive: Scores, negative: Scores, draws: int = 400, seed: int = 0) -> tuple[float, float]:
    """Percentile bootstrap over films, positives and negatives drawn apart."""
    generator = np.random.default_rng(seed)
    truth = np.arange(len(positive) + len(negative)) < len(positive)

    def drawn() -> Scores:
        return np.concatenate([generator.choice(s, len(s)) for s in (positive, negative)])

    return bounds(np.array([auroc(drawn(), truth) for _ in range(draws)]))


def held_threshold(finding: str, probability: Scores, records: list[Record], limit: float) -> float:
    """The least threshold at which no source has more than `limit` false alarms on its clear films.

    Films without opacity whose other findings nobody annotated count as clear, at twice the limit: a few do have them.
    """
    k = FINDINGS.index(finding)
    labels = np.array([reader_labels(r)[k] for r in records])
    sources = np.array([r.source for r in records])
    blank = unlabelled_clear(records) & (labels < 0) if finding not in AIRSPACE else np.zeros(len(records), bool)
    least = 0.0
    for source in set(sources):
        for which, most in ((labels == 0, limit), (blank, 2 * limit)):
            scores = np.sort(probability[(sources == source) & which])
            if len(scores) >= LEAST:
                kept = scores[len(scores) - 1 - int(most * len(scores))]
                least = max(least, float(np.nextafter(kept, 1.0)))
    return least


def as_rows(rows: list[WithinSource]) -> list[dict[str, object]]:
    return [{k: round(v, 3) if isinstance(v, float) else v for k, v in asdict(row).items()} for row in rows]
