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
from .intervals import half_sample_interval
from .kernel import kid
from .manifold import manifold_figures
from .memorisation import memorisation
from .ruler import Judgement

FEWEST = 10
"""No figure of a set with fewer images on either side."""

FID_FEWEST = 100
"""Fewer images on either side: FID's bias outweighs what it measures, KID is given alone."""

Judgements = Mapping[str, Mapping[str, Judgement]]


@dataclass(frozen=True)
class Sets:
    """Real and made images: features in every space, and records."""

    real: Described
    real_records: list[Record]
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
    section = Section(f"fidelity-{space}", title)
    section.figures = [
        fid_figure("FID, all", real, made, counts(judgements, space, "fid")),
        kid_figure("KID, all", real, made, counts(judgements, space, "kid")),
    ]
    if min(len(real), len(made)) >= FEWEST:
        values = manifold_figures(real, made)
        for name, value in values.items():
            low, high = half_sample_interval(part_of_manifold(name), real, made, value, draws=30)
            valid = counts(judgements, space, name)
            section.figures.append(Figure(f"{name}, all", value, len(made), low, high, counts=valid))
    of_real, of_made = parts_of(sets.real_records), parts_of(sets.made_records)
    for name, here in of_made.items():
        if here.any():
            a, b = real[of_real[name]], made[here]
            section.figures.append(kid_figure(f"KID, {name}", a, b, counts(judgements, space, "kid")))
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
    of_real, of_made = parts_of(sets.real_records), parts_of(sets.made_records)
    random = np.random.default_rng(0)
    for name, here in of_made.items():
        if not here.any():
            continue
        n = int(min(here.sum(), of_real[name].sum()))
        if n < FEWEST:
            section.figures.append(too_few(f"diversity, {name}", n, FEWEST))
            continue
        a = real[random.choice(np.flatnonzero(of_real[name]), n, replace=False)]
        b = made[random.choice(np.flatnonzero(here), n, replace=False)]
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
        spread = 1.96 * float(np.sqrt(max(found.share * (1 - found.share), 1e-9) / len(made[space])))
        section.figures.append(
            Figure(
                name,
                found.share,
                len(made[space]),
                max(0.0, found.share - spread),
                found.share + spread,
                note,
                counts(judgements, space, "memorised"),
            )
        )
    return section
