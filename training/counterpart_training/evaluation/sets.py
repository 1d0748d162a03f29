"""`training sets`: are generated images like those of patients that they were not made from, and as different?

A rare class has too few images in a validation split to compare with. Here every annotated image is compared with in
turn: in each of several folds of patients, images made from the fold's own patients are left out, and all sides are
cut to the same number, since FID and the Vendi score depend on it. Real images of the other patients are one side,
too: what they reach is the most that could be asked.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .dataset import FolderIndex, open_folder
from .distribution import Judgements, counts, parts_of
from .diversity import mean_pairwise_distance, vendi
from .errors import ArmUnreadable, TooFewImages
from .features import Describer, Standardiser
from .figures import Figure, Section, as_table, too_few
from .frechet import Features, fid
from .groups import GROUPS
from .intervals import bounds, half
from .kernel import kid
from .memorisation import nearest
from .protocol.arms import labelled_rows, parse_arm
from .protocol.folds import patient_folds
from .released import load_networks
from .ruler_part import recorded_judgements
from .task import say

REAL = "real, other patients"
"""The side that nothing generated is expected to beat."""

LEAST_SIDE = 256
"""Images of a smaller native side are left out: they are blurred, and the networks are asked for sharp ones."""

FEWEST = 10
"""A fold in which any side of a group has fewer images gives no figure of it."""

DRAWS = 60

COMPARED: tuple[str, ...] = ("judge-scales", "bands")
"""Feature spaces: the judge's, which guides nothing, and one without a network."""

Figured = Callable[[Features, Features], float]

METRICS: dict[str, tuple[str, Figured]] = {
    "FID": ("fid", fid),
    "KID": ("kid", kid),
    "Vendi score": ("vendi", lambda _, made: vendi(made)),
    "mean pairwise distance": ("pairwise", lambda _, made: mean_pairwise_distance(made)),
    "distance to the nearest real image": ("", lambda known, made: float(np.median(nearest(made, known)))),
}
"""Title -> the ruler's name of it, and the figure. The last one's first set is of the patients that could be used."""

NEAREST = "distance to the nearest real image"


@dataclass(frozen=True)
class Side:
    """Images that are compared: features (n, d), their patients, which of them carry the group (n)."""

    features: Features
    patients: list[str]
    carrying: NDArray[np.bool_]


@dataclass(frozen=True)
class Fold:
    """Held-out carriers (k, d), as many images (n, d) of each arm, and all real images of the other patients (m, d)."""

    held: Features
    arms: dict[str, Features]
    others: Features

    def halved(self, random: np.random.Generator) -> "Fold":
        return Fold(half(self.held, random), {n: half(x, random) for n, x in self.arms.items()}, self.others)

    def figure(self, metric: str, arm: str) -> float:
        """One figure; of REAL, the nearest image is looked for from the held-out ones."""
        if metric == NEAREST:
            return METRICS[metric][1](self.others, self.held if arm == REAL else self.arms[arm])
        return METRICS[metric][1](self.held, self.arms[arm])


def folds_of(real: Side, arms: Mapping[str, Side], fold: NDArray[np.int64], seed: int = 0) -> list[Fold]:
    """Folds whose every side has FEWEST images of the group. fold (n): number of each real image's fold."""
    random = np.random.default_rng(seed)
    out = []
    for number in np.unique(fold):
        inside = fold == number
        gone = {p for p, f in zip(real.patients, inside, strict=True) if f}
        sides = {REAL: real.features[real.carrying & ~inside]}
        for name, side in arms.items():
            kept = side.carrying & np.array([p not in gone for p in side.patients], dtype=bool)
            sides[name] = side.features[kept]
        held = real.features[real.carrying & inside]
        n = min(len(x) for x in sides.values())
        if min(n, len(held)) >= FEWEST:
            cut = {k: x[random.choice(len(x), n, replace=False)] for k, x in sides.items()}
            out.append(Fold(held, cut, real.features[~inside]))
    return out


def figures_of(folds: list[Fold], group: str, space: str, judgements: Judgements) -> list[Figure]:
    """Means over folds of every arm, and relative to the first generated one; intervals from random halves."""
    if not folds:
        return [too_few(f"{group}: images a fold", 0, FEWEST)]
    names = list(folds[0].arms)
    random = np.random.default_rng(1)
    halves = [[fold.halved(random) for fold in folds] for _ in range(DRAWS)]
    out = []
    for title, (key, _) in METRICS.items():
        valid = not key or counts(judgements, space, key)

        def mean(sets: list[Fold], arm: str, title: str = title) -> float:
            return float(np.mean([fold.figure(title, arm) for fold in sets]))

        value = {arm: mean(folds, arm) for arm in names}
        drawn = {arm: np.array([mean(sets, arm) for sets in halves]) for arm in names}
        n = sum(len(fold.arms[REAL]) for fold in folds)
        for arm in names:
            low, high = bounds(value[arm] + drawn[arm] - drawn[arm].mean())
            out.append(Figure(f"{group}: {title}, {arm}", value[arm], n, low, high, "", valid))
        base = names[1] if len(names) > 1 else REAL
        for arm in names[2:]:
            ratio, spread = value[arm] / value[base] - 1, drawn[arm] / drawn[base] - 1
            low, high = bounds(ratio + spread - spread.mean())
            out.append(Figure(f"{group}: {title}, {arm} relative to {base}", ratio, n, low, high, "", valid))
    return out


def sharp(index: FolderIndex, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of images that are not enlarged ones. Raises TooFewImages for none."""
    kept = np.array([i for i in rows if min(index.records[int(i)].native_size) >= LEAST_SIDE], dtype=np.int64)
    if len(kept) == 0:
        raise TooFewImages(f"{index.root}: sets need images of {LEAST_SIDE} pixels a side or more", 0, FEWEST)
    return kept


def generated_folders(arms: list[str]) -> dict[str, FolderIndex]:
    """Folders by name, the baseline first. Raises ArmUnreadable for what names none, and `open_folder`'s errors."""
    out = {}
    for text in arms:
        arm = parse_arm(text)
        if arm.folder is None:
            raise ArmUnreadable(text, ())
        out[arm.name] = open_folder(arm.folder)
    return out


def report_sets(args: argparse.Namespace, release: Path) -> None:
    """Describes all sides, prints the table, writes JSON and Markdown. Without checkpoints `release` is the judge's."""
    from .commands import write_report

    index = open_folder(args.data)
    folders = generated_folders(args.arms)
    nets, _, what = load_networks(args.runs, args.models, release)
    assert nets.judge is not None
    describer = Describer(nets.judge, nets.guides.reader)
    rows = sharp(index, labelled_rows(index, args.sources))
    records = [index.records[int(i)] for i in rows]
    patients = [r.patient for r in records]
    fold = patient_folds(patients, np.stack(list(parts_of(records).values()), 1), args.folds, seed=0)
    say(f"{len(rows)} real images, {args.folds} folds")
    real = describer.cached(index, rows, args.runs / "cache")
    kept = {name: sharp(folder, np.arange(len(folder.records))) for name, folder in folders.items()}
    made = {name: describer.of_rows(folder, kept[name]) for name, folder in folders.items()}
    made_records = {name: [folder.records[int(i)] for i in kept[name]] for name, folder in folders.items()}
    judgements = recorded_judgements(nets.judge)
    sections = []
    for space in COMPARED:
        standard = Standardiser.fit(real[space])
        section = Section(f"sets-{space}", f"Generated images beside unseen patients ({space})")
        for group in GROUPS:
            sides = {
                name: Side(standard(made[name][space]), [r.patient for r in of], parts_of(of)[group])
                for name, of in made_records.items()
            }
            if not all(side.carrying.any() for side in sides.values()):
                continue
            whole = Side(standard(real[space]), patients, parts_of(records)[group])
            section.figures += figures_of(folds_of(whole, sides, fold), group, space, judgements)
        section.notes.append("n: images of each side, over all folds. Intervals: random halves of every side.")
        sections.append(section)
    print(as_table(sections))
    lead = [
        f"{len(rows)} annotated images of {', '.join(args.sources)} at full resolution, {args.folds} folds by patient; "
        f"networks: {what}. Images made from a patient of a fold are left out of it. "
        "A generator trained on images of the held-out fold has still seen them.",
        "All sides of a fold have equally many images. Figures that the ruler rejects are marked *does not count*.",
    ]
    about = {"images": len(rows), "folds": args.folds, "sources": list(args.sources), "arms": list(folders)}
    write_report(args, about, sections, "Generated images beside unseen patients", lead)
