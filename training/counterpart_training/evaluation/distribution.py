"""Fidelity, diversity and memorisation of made images against real ones, overall, by group and by class."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.index import Record
from ..findings import FINDINGS
from .diversity import mean_pairwise_distance, vendi
from .errors import TooFewImages
from .features import Described, Standardiser
from .figures import Figure, Section, too_few
from .frechet import Features, fid
from .groups import GROUPS, carries
from .intervals import half_sample_interval, share_interval
from .kernel import kid
from .manifold import manifold_figures
from .memorisation import memorisation
from .ruler import Judgement

FEWEST = 10
"""No figure of a set with fewer images on either side."""

FID_FEWEST = 100
"""Fewer images on either side: FID's bias outweighs what it measures, KID is given alone."""

RARE = 50
"""A class with fewer images in the split is compared with training images too."""

Judgements = Mapping[str, Mapping[str, Judgement]]


@dataclass(frozen=True)
class Sets:
    """Real and made images: features in every space, and records.

    The first `of_split` real images are the split's; training images of rare classes may follow.
    """

    real: Described
    real_records: list[Record]
    of_split: int
    made: Described
    made_records: list[Record]


def counts(judgements: Judgements, space: str, metric: str) -> bool:
    """Whether the ruler lets a metric count in a space; what was not put to it does not."""
    judgement = judgements.get(space, {}).get(metric)
    return judgement is not None and judgement.counts


def parts_of(records: list[Record]) -> dict[str, NDArray[np.bool_]]:
    """Membership (n) of every group, then of every class, that any record carries."""
    out: dict[str, NDArray[np.bool_]] = {}
    for name, members in [*GROUPS.items(), *((f, (f,)) for f in FINDINGS)]:
        out[name] = np.array([carries(r.labels, members) for r in records], dtype=bool)
    return out


def same_sources(real: list[str], made: list[str], seed: int = 0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of both sides whose sources come in the same proportions: a set must not differ by its sources alone.

    Made images of a source without real ones are left out; as many real images are kept as the proportions allow.
    """
    random = np.random.default_rng(seed)
    of_real, of_made = np.array(real), np.array(made)
    keep = np.flatnonzero(np.isin(of_made, of_real))
    names, count = np.unique(of_made[keep], return_counts=True)
    if len(names) == 0:
        return np.array([], dtype=np.int64), keep
    factor = min(float((of_real == s).sum()) / n for s, n in zip(names, count, strict=True))
    out = []
    for s, n in zip(names, count, strict=True):
        rows = np.flatnonzero(of_real == s)
        out.append(random.choice(rows, min(len(rows), max(1, int(n * factor))), replace=False))
    return np.sort(np.concatenate(out)), keep


def reference_of(
    sets: Sets, name: str | None, here: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], str]:
    """Real rows that a group or class (None: all) is compared with, made rows, and a note.

    Real images of the split; where it has fewer than RARE of the class, training images too. Sources in equal parts.
    """
    split = np.arange(len(sets.real_records)) < sets.of_split
    carrying = np.ones(len(split), dtype=bool) if name is None else parts_of(sets.real_records)[name]
    rows, note = np.flatnonzero(carrying & split), ""
    if name is not None and len(rows) < RARE:
        rows, note = np.flatnonzero(carrying), "real side includes training images"
    made_rows = np.flatnonzero(here)
    real_at, made_at = same_sources(
        [sets.real_records[i].source for i in rows], [sets.made_records[i].source for i in made_rows]
    )
    return rows[real_at], made_rows[made_at], note


def kid_figure(name: str, real: Features, made: Features, valid: bool, note: str = "") -> Figure:
    if min(len(real), len(made)) < FEWEST:
        return too_few(name, min(len(real), len(made)), FEWEST)
    value = kid(real, made)
    low, high = half_sample_interval(kid, real, made, value)
    note = "; ".join(filter(None, [f"{len(real)} real", note]))
    return Figure(name, value, len(made), low, high, note, valid)


def fid_figure(name: str, real: Features, made: Features, valid: bool) -> Figure:
    fewest = min(len(real), len(made))
    if fewest < FID_FEWEST:
        return too_few(name, fewest, FID_FEWEST)
    value = fid(real, made)
    low, high = half_sample_interval(fid, real, made, value, draws=30)
    note = f"{len(real)} real, {real.shape[1]} dimensions"
    if fewest < 10 * real.shape[1]:
        note += "; biased upward, compare at equal n only"
    return Figure(name, value, len(made), low, high, note, valid)


def part_of_manifold(name: str) -> Callable[[Features, Features], float]:
    return lambda real, made: manifold_figures(real, made)[name]


def fidelity_section(sets: Sets, space: str, judgements: Judgements, title: str) -> Section:
    """FID and KID of all, groups and classes, and the manifold figures of all, in one space.

    The real side is standardised by itself, so that figures of one reference can be set beside each other.
    """
    standard = Standardiser.fit(sets.real[space])
    real, made = standard(sets.real[space]), standard(sets.made[space])
    at, made_at, note = reference_of(sets, None, np.ones(len(made), dtype=bool))
    a, b = real[at], made[made_at]
    section = Section(f"fidelity-{space}", title)
    section.figures = [
        fid_figure("FID, all", a, b, counts(judgements, space, "fid")),
        kid_figure("KID, all", a, b, counts(judgements, space, "kid"), note),
    ]
    if min(len(a), len(b)) >= FEWEST:
        values = manifold_figures(a, b)
        for name, value in values.items():
            low, high = half_sample_interval(part_of_manifold(name), a, b, value, draws=30)
            valid = counts(judgements, space, name)
            section.figures.append(Figure(f"{name}, all", value, len(b), low, high, counts=valid))
    for name, here in parts_of(sets.made_records).items():
        if here.any():
            at, made_at, note = reference_of(sets, name, here)
            a, b = real[at], made[made_at]
            section.figures.append(kid_figure(f"KID, {name}", a, b, counts(judgements, space, "kid"), note))
            if name in GROUPS:
                section.figures.append(fid_figure(f"FID, {name}", a, b, counts(judgements, space, "fid")))
    return section


def diversity_section(sets: Sets, space: str, judgements: Judgements) -> Section:
    """Vendi score and mean pairwise distance of each group and class, made over real at equal n.

    Both grow with n, so the larger side is cut to the smaller one's number.
    """
    standard = Standardiser.fit(sets.real[space])
    real, made = standard(sets.real[space]), standard(sets.made[space])
    section = Section(f"diversity-{space}", f"Diversity ({space})")
    random = np.random.default_rng(0)
    for name, here in parts_of(sets.made_records).items():
        if not here.any():
            continue
        at, made_at, _ = reference_of(sets, name, here)
        n = min(len(at), len(made_at))
        if n < FEWEST:
            section.figures.append(too_few(f"diversity, {name}", n, FEWEST))
            continue
        a, b = real[random.choice(at, n, replace=False)], made[random.choice(made_at, n, replace=False)]
        for metric, label, of in (
            ("vendi", "Vendi score", vendi),
            ("pairwise", "mean pairwise distance", mean_pairwise_distance),
        ):
            section.figures.append(
                Figure(
                    f"{label}, {name}",
                    of(b),
                    n,
                    note=f"real images: {of(a):.4g}",
                    counts=counts(judgements, space, metric),
                )
            )
    return section


def memorisation_section(
    made: Mapping[str, Features],
    unseen: Mapping[str, Features],
    training: Mapping[str, Features],
    judgements: Judgements,
) -> Section:
    """Share of samples nearer to a training image than 99 % of unseen real images are, in every space that is given."""
    section = Section("memorisation", "Memorisation")
    for space in made:
        name = f"samples nearer to training than 1 % of unseen images ({space})"
        try:
            found = memorisation(made[space], unseen[space], training[space])
        except TooFewImages as error:
            section.figures.append(Figure(name, None, len(made[space]), note=str(error)))
            continue
        note = (
            f"0.01 by chance; {len(training[space])} training images; median distance {found.median:.3g}, "
            f"unseen {found.unseen_median:.3g}"
        )
        low, high = share_interval(int(found.flagged.sum()), len(found.flagged))
        valid = counts(judgements, space, "memorised")
        section.figures.append(Figure(name, found.share, len(made[space]), low, high, note, valid))
    return section
