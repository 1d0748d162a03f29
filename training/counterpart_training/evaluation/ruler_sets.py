"""Feature sets for the ruler: real images, and the same kind of images made worse step by step."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ..data.index import Index
from .degrade import IMAGE_LADDERS, nudge
from .errors import TooFewImages
from .features import SPACES, Described, Describer, Standardiser
from .frechet import Features
from .memorisation import thumbnail
from .ruler import MEMORISED, METRICS, Judgement, Ladder, collapse, judge_metric, mixture

THUMBNAIL = "thumbnail"
"""Space of the memorisation check that no network has a part in: 32x32 pixels, centred, unit length."""

MIXTURE = (0.1, 0.25, 0.5, 1.0)
COPIED = (0.1, 0.3, 0.6, 1.0)


@dataclass(frozen=True)
class RulerSets:
    """Described images: reference (train), test (val), each degraded set, other sources, nudged copies of reference."""

    reference: Described
    test: Described
    degraded: dict[str, list[Described]]
    others: dict[str, Described]
    copies: Described


def describe_with_thumbnails(describer: Describer, index: Index, rows: NDArray[np.int64]) -> Described:
    found = describer.of_rows(index, rows)
    small = [thumbnail(index.images(rows[i : i + 64])) for i in range(0, len(rows), 64)]
    return {**found, THUMBNAIL: torch.cat(small).numpy()}


def build_sets(
    describer: Describer,
    index: Index,
    reference: NDArray[np.int64],
    test: NDArray[np.int64],
    others: dict[str, NDArray[np.int64]],
    bank: Index | None = None,
    seed: int = 0,
) -> RulerSets:
    """Describes everything. reference (rows of `bank`, the same index if None) and test are of one source, so that no
    ladder mixes sources but its own."""
    bank = bank or index
    degraded: dict[str, list[Described]] = {}
    for name, (degrade, strengths) in IMAGE_LADDERS.items():
        degraded[name] = []
        for k, strength in enumerate(strengths):
            generator = torch.Generator().manual_seed(seed + k)
            degraded[name].append(
                describer.describe(
                    lambda a, b, d=degrade, s=strength, g=generator: d(index.images(test[a:b]), s, g),  # type: ignore[misc]
                    len(test),
                )
            )
            print(f"ruler: {name} {strength:g}", flush=True)
    picked = reference[: len(test) // 2]
    copied = describer.describe(lambda a, b: nudge(bank.images(picked[a:b]), 2), len(picked))
    copied[THUMBNAIL] = thumbnail(nudge(bank.images(picked), 2)).numpy()
    return RulerSets(
        describe_with_thumbnails(describer, bank, reference),
        describe_with_thumbnails(describer, index, test),
        degraded,
        {name: describer.of_rows(index, rows) for name, rows in others.items()},
        copied,
    )


def save_sets(path: Path, sets: RulerSets) -> None:
    """Writes the features, so that a change of a metric needs no network."""
    arrays: dict[str, NDArray[np.float32]] = {}
    for name, described in [("reference", sets.reference), ("test", sets.test), ("copies", sets.copies)]:
        arrays |= {f"{name}/{space}": x for space, x in described.items()}
    for name, steps in sets.degraded.items():
        for k, described in enumerate(steps):
            arrays |= {f"degraded/{name}/{k}/{space}": x for space, x in described.items()}
    for name, described in sets.others.items():
        arrays |= {f"others/{name}/{space}": x for space, x in described.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **arrays)  # type: ignore[arg-type]


def load_sets(path: Path) -> RulerSets:
    """What `save_sets` wrote."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}

    def under(prefix: str) -> Described:
        return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}

    degraded = {
        name: [under(f"degraded/{name}/{k}/") for k in range(len(strengths))]
        for name, (_, strengths) in IMAGE_LADDERS.items()
    }
    others = {
        name: under(f"others/{name}/") for name in sorted({k.split("/")[1] for k in arrays if k[:7] == "others/"})
    }
    return RulerSets(under("reference/"), under("test/"), degraded, others, under("copies/"))


def ladders_of(sets: RulerSets, space: str, standard: Standardiser) -> dict[str, Ladder]:
    """The ladders of one feature space, standardised by the reference."""
    test = standard(sets.test[space])
    out: dict[str, Ladder] = {}
    for name, (_, strengths) in IMAGE_LADDERS.items():
        out[name] = Ladder((0.0, *strengths), (test, *(standard(d[space]) for d in sets.degraded[name])))
    if sets.others:
        name = next(iter(sets.others))
        out["another source"] = mixture(test, standard(sets.others[name][space]), MIXTURE)
    out["fewer distinct images"] = collapse(test)
    return out


def copies_ladder(test: Features, copies: Features) -> Ladder:
    """[unseen; judged] sets in which a rising share of the judged half is a nudged training image."""
    middle = len(test) // 2
    steps = mixture(test[middle:], copies, COPIED)
    return Ladder(steps.strengths, tuple(np.concatenate([test[:middle], s]) for s in steps.sets))


def run_ruler(sets: RulerSets) -> dict[str, dict[str, Judgement]]:
    """Space -> metric -> judgement."""
    out: dict[str, dict[str, Judgement]] = {}
    for space in SPACES:
        standard = Standardiser.fit(sets.reference[space])
        real, ladders = standard(sets.reference[space]), ladders_of(sets, space, standard)
        out[space] = {name: judge_metric(metric, real, ladders) for name, metric in METRICS.items()}
        out[space]["memorised"] = judge_memorised(real, standard(sets.test[space]), standard(sets.copies[space]))
    real, test, copies = (d[THUMBNAIL].astype(np.float64) for d in (sets.reference, sets.test, sets.copies))
    out[THUMBNAIL] = {"memorised": judge_memorised(real, test, copies)}
    return out


def judge_memorised(real: Features, test: Features, copies: Features) -> Judgement:
    """Does the flagged share rise with the share of copies? Too few images to place the limit: does not count."""
    try:
        return judge_metric(MEMORISED, real, {"copied training images": copies_ladder(test, copies)}, draws=0)
    except TooFewImages as error:
        return Judgement({}, False, str(error))


def ruler_json(judgements: dict[str, dict[str, Judgement]]) -> dict[str, Any]:
    return {
        space: {
            metric: {
                "counts": j.counts,
                **({"reason": j.reason} if j.reason else {}),
                "ladders": {name: v.as_json() for name, v in j.verdicts.items()},
            }
            for metric, j in metrics.items()
        }
        for space, metrics in judgements.items()
    }
