"""`training protocol`: cross-validated classifiers of every arm, and what sets the arms apart."""

import argparse
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...findings import FINDINGS, SOURCES
from ..dataset import FolderIndex, open_folder, spread
from ..errors import ArmUnknown
from ..figures import Figure, Section, as_table
from ..intervals import bounds
from ..task import say
from .arms import Arm, Generated, labelled_rows, load_generated, parse_arm, pool_of
from .classifier import WIDTH, Pool, joined, scores_of, train_classifier
from .folds import patient_folds, scarce_rows
from .kept import KeptScores
from .scores import ALL, METRICS, Truth, all_scores, measurable, patient_draws

DRAWS = 100
"""Bootstrap samples of patients."""


@dataclass(frozen=True)
class Scarcity:
    """Findings (columns) of which classifiers see so many real images only: a long tail whose truth is known."""

    columns: list[int]
    count: int

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Each of the findings by itself, and all of them."""
        names = [FINDINGS[column] for column in self.columns]
        return {**{f"few {name}": (name,) for name in names}, "few": tuple(names)}


@dataclass(frozen=True)
class Trial:
    """The labelled images of the protocol; `truth` holds folds by patient."""

    pool: Pool
    patients: list[str]
    truth: Truth
    folds: int
    scarcity: Scarcity | None = None

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Groups of findings that figures are given of."""
        return {**ALL, **(self.scarcity.groups if self.scarcity else {})}

    def learnt(self, fold: int, seed: int) -> Pool:
        """What is learnt from when a fold is held out; the same for every arm."""
        rows = np.flatnonzero(self.truth.fold != fold)
        labels = self.pool.labels[rows]
        if self.scarcity:
            random = np.random.default_rng([seed, fold])
            few, labels = scarce_rows(labels, self.scarcity.columns, self.scarcity.count, random)
            rows = rows[few]
        return Pool(self.pool.pixels[rows], labels)


def prepare(
    index: FolderIndex,
    folds: int,
    limit: int | None,
    sources: Collection[str] = SOURCES,
    seed: int = 0,
    scarcity: Scarcity | None = None,
    sharp: bool = False,
    abnormal: bool = False,
) -> Trial:
    """Every labelled image of the sources and every split, in `folds` folds by patient. Raises EmptySplit.

    abnormal: findings are told among images that carry some finding, not from clear ones; all are learnt from.
    """
    rows = spread(labelled_rows(index, sources, sharp), limit)
    records = [index.records[int(i)] for i in rows]
    pool = pool_of(index, rows)
    patients = [f"{r.source}/{r.patient}" for r in records]
    fold = patient_folds(patients, pool.labels == 1, folds, seed)
    source = np.array([SOURCES.index(r.source) for r in records], dtype=np.int64)
    told = among_abnormal(pool.labels) if abnormal else pool.labels
    return Trial(pool, [r.patient for r in records], Truth(told, source, fold), folds, scarcity)


def among_abnormal(labels: NDArray[np.int8]) -> NDArray[np.int8]:
    """Labels (n, 16) in which images without finding say nothing of any other: whoever looks ill is told from them."""
    out = labels.copy()
    column = FINDINGS.index("no_finding")
    rest = np.arange(labels.shape[1]) != column
    out[np.ix_(labels[:, column] == 1, rest)] = -1
    return out


def out_of_fold(
    trial: Trial, arm: Arm, generated: Generated | None, seed: int, steps: int, width: int = WIDTH
) -> tuple[NDArray[np.float64], int]:
    """Scores (n, 16) of every image by the classifier that saw neither it nor its patient; generated images used."""
    scores = np.zeros((len(trial.patients), trial.pool.labels.shape[1]))
    used = 0
    for fold in range(trial.folds):
        held = trial.truth.fold == fold
        train = trial.learnt(fold, seed)
        if generated:
            added = generated.without({p for p, h in zip(trial.patients, held, strict=True) if h})
            used += len(added.labels)
            train = joined(train, added)
        model, _ = train_classifier(train, steps, seed * 100 + fold, arm.balanced, width=width)
        scores[held] = scores_of(model, trial.pool, np.flatnonzero(held))
    return scores, used


def steps_for(trial: Trial, minutes: float, width: int = WIDTH) -> int:
    """Steps that fit into `minutes` on this machine, timed once so that all arms make the same number."""
    probe = min(minutes, 0.2)
    _, done = train_classifier(trial.pool, 0, 0, False, minutes=probe, width=width)
    return max(1, round(done * minutes / probe))


def run_protocol(
    trial: Trial, arms: list[Arm], seeds: list[int], steps: int, width: int = WIDTH, kept: KeptScores | None = None
) -> dict[str, list[NDArray[np.float64]]]:
    """Arm -> out-of-fold scores of each seed; those that an earlier, interrupted run `kept` are not made again."""
    out: dict[str, list[NDArray[np.float64]]] = {}
    for arm in arms:
        generated = load_generated(arm.folder) if arm.folder else None
        out[arm.name] = []
        for seed in seeds:
            before = kept.read(trial.pool, arm, generated, seed, steps, width) if kept else None
            if before is not None:
                say(f"{arm.name}, seed {seed}: kept from before")
                out[arm.name].append(before)
                continue
            scores, used = out_of_fold(trial, arm, generated, seed, steps, width)
            if kept:
                kept.write(scores, trial.pool, arm, generated, seed, steps, width)
            say(
                f"{arm.name}, seed {seed}"
                + (f": {used / trial.folds:.0f} generated images a fold" if generated else "")
            )
            out[arm.name].append(scores)
    return out


def summarise(
    trial: Trial,
    scores: dict[str, list[NDArray[np.float64]]],
    against: Collection[str] | None = None,
    draws: int = DRAWS,
) -> list[Section]:
    """A section a metric: each arm's group means, and differences with intervals over patients.

    against: the arms that others are compared with; default the first. Two of these are compared once.
    """
    findings, groups = measurable(trial.truth), trial.groups
    whole = {
        name: [all_scores(s, trial.truth, findings, trial.groups) for s in seeds] for name, seeds in scores.items()
    }
    drawn: dict[str, list[dict[str, dict[str, float]]]] = {name: [] for name in scores}
    for rows in patient_draws(trial.patients, draws, seed=0):
        truth = trial.truth.take(rows)
        for name, seeds in scores.items():
            tables = [all_scores(s[rows], truth, findings, groups) for s in seeds]
            drawn[name].append({m: {g: mean([t[m][g] for t in tables]) for g in groups} for m in METRICS})
    order = list(scores)
    bases = [name for name in order if name in (against or order[:1])]
    sections = []
    for metric in METRICS:
        section = Section(f"use-{metric}", f"Use in training a classifier: macro {metric.upper()}")
        for group, names in groups.items():
            members = [k for k in findings if FINDINGS[k] in names]
            for name, tables in whole.items():
                values = [t[metric][group] for t in tables]
                section.figures.append(
                    figure(
                        f"{group}: {name}", mean(values), [d[metric][group] for d in drawn[name]], len(members), values
                    )
                )
                for base in bases:
                    if name == base or (name in bases and order.index(name) < order.index(base)):
                        continue
                    least = mean([t[metric][group] for t in whole[base]])
                    apart = [a[metric][group] - b[metric][group] for a, b in zip(drawn[name], drawn[base], strict=True)]
                    section.figures.append(
                        figure(f"{group}: {name} - {base}", mean(values) - least, apart, len(members), [])
                    )
        section.detail = {
            name: {g: [t[metric][g] if np.isfinite(t[metric][g]) else None for t in tables] for g in tables[0][metric]}
            for name, tables in whole.items()
        }
        sections.append(section)
    return sections


def mean(values: list[float]) -> float:
    return float(np.mean(values))


def figure(name: str, value: float, draws: list[float], members: int, seeds: list[float]) -> Figure:
    """n is the number of findings in the mean; the note gives the seeds' range.

    Only the spread of the draws is used: copies of a patient raise AP and F1, which would shift the interval.
    """
    if not members or not np.isfinite(value):
        return Figure(name, None, members, note="too few: no finding of the group has 5 positives")
    known = np.array([d for d in draws if np.isfinite(d)])
    low, high = bounds(value + known - known.mean()) if len(known) else (None, None)
    note = f"seeds {min(seeds):.3f} to {max(seeds):.3f}" if len(seeds) > 1 else ""
    return Figure(name, value, members, low, high, note)


def report_protocol(args: argparse.Namespace) -> None:
    """Runs the protocol, prints the table, writes JSON and Markdown."""
    from ..commands import write_report

    arms = [parse_arm(a) for a in args.arms]
    for name in args.against or ():
        if name not in {a.name for a in arms}:
            raise ArmUnknown(name, [a.name for a in arms])
    index = open_folder(args.data)
    scarcity = None
    if args.few is not None:
        scarcity = Scarcity([FINDINGS.index(name) for name in args.few_of], args.few)
    kinds = {"sharp": args.sharp, "abnormal": args.abnormal}
    trial = prepare(index, args.folds, args.limit, args.sources, scarcity=scarcity, **kinds)
    steps = args.steps or steps_for(trial, args.minutes_each, args.width)
    say(f"{len(trial.patients)} images, {args.folds} folds, {len(args.seeds)} seeds, {steps} steps each")
    few = f"{args.few} of {', '.join(args.few_of)}" if scarcity else ""
    kept = KeptScores(args.keep, trial.truth.fold, few) if args.keep else None
    sections = summarise(trial, run_protocol(trial, arms, args.seeds, steps, args.width, kept), args.against)
    for section in sections:
        section.notes.append("n: findings in the mean. Intervals: patients drawn again; differences are paired.")
    print(as_table(sections))
    about = {
        "images": len(trial.patients),
        "sources": list(args.sources),
        "folds": args.folds,
        "seeds": args.seeds,
        "steps": steps,
        "width": args.width,
        "few": few or None,
        **kinds,
        "arms": {a.name: {"balanced": a.balanced, "generated": bool(a.folder)} for a in arms},
    }
    lead = [
        f"{len(trial.patients)} labelled images of {', '.join(args.sources)}, {args.folds} folds by patient, "
        f"seeds {args.seeds}, {steps} steps of 32 images for every classifier, of width {args.width}. "
        "Figures compare images of one source only.",
        *([f"Classifiers see {few} only; other images that carry one of these are not learnt from."] if few else []),
        "Generated images made from a patient of the held-out fold are left out of that fold's training. A generator "
        "trained on images of the held-out fold has still seen them: only one trained without is unbiased.",
    ]
    write_report(args, about, sections, "Use of generated images in training", lead)
