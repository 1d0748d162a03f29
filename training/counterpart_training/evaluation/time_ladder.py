"""The ruler's ladder of training time: checkpoints of one denoiser, whose samples get better the longer it trained.

FID in a weak reader's features once preferred 9 minutes of training to 70; a metric that does so here does not count.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from .checkpoints import CheckpointNetworks
from .distribution import Sets, reference_of
from .errors import LadderUnreadable
from .features import SPACES, Described, Standardiser
from .figures import Figure, Section
from .generation import plan, sample_like, sampled_records
from .ruler import METRICS, TIME, Judgement, Ladder, judge_metric
from .task import Task, say


def minutes_of(runs: Path, names: tuple[str, ...]) -> list[tuple[float, str]]:
    """(minutes, run) with the longest trained first: by record.json, or a running one's checkpoint.

    Raises LadderUnreadable.
    """
    found = []
    for name in names:
        record, checkpoint = runs / name / "record.json", runs / name / "checkpoint.pt"
        if not checkpoint.is_file():
            raise LadderUnreadable(f"{checkpoint} is missing")
        if record.is_file():
            minutes = float(json.loads(record.read_text(encoding="utf-8"))["minutes"])
        else:
            minutes = float(torch.load(checkpoint, weights_only=True, mmap=True).get("spent", 0)) / 60
        found.append((minutes, name))
    found.sort(reverse=True)
    if len({m for m, _ in found}) < 2:
        raise LadderUnreadable("fewer than two different training times")
    return found


def judge_time(
    real: Described, sets: list[Described], minutes: list[float], before: dict[str, dict[str, Judgement]]
) -> dict[str, dict[str, Judgement]]:
    """The judgements with the verdict on training time added; sets: samples, the longest trained first."""
    out = {space: dict(metrics) for space, metrics in before.items()}
    for space in SPACES:
        standard = Standardiser.fit(real[space])
        strengths = tuple(minutes[0] - m for m in minutes)
        ladder = {TIME: Ladder(strengths, tuple(standard(s[space]) for s in sets))}
        for name, metric in METRICS.items():
            if TIME not in metric.ladders:
                continue
            found = judge_metric(metric, standard(real[space]), ladder)
            old = out.get(space, {}).get(name, Judgement({}, True, ""))
            reason = "; ".join(filter(None, [old.reason, found.reason]))
            joined = Judgement({**old.verdicts, **found.verdicts}, old.counts and found.counts, reason)
            out.setdefault(space, {})[name] = joined
    return out


def time_part(task: Task) -> Section:
    """Samples the same statements from each run of --ladder; changes what counts in the rest of the evaluation."""
    assert task.runs is not None
    ranked = minutes_of(task.runs, task.ladder)
    train = task.bank.where("train")
    rows = plan(task.bank, train if len(train) else task.rows, min(task.samples, task.limit or task.samples))
    records = [replace(r, split="generated") for r in sampled_records(task.bank, rows)]
    made: list[Described] = []
    for minutes, name in ranked:
        say(f"ladder: {name}, {minutes:g} minutes")
        nets = CheckpointNetworks(task.runs, denoiser=name)
        images = sample_like(nets, task.bank, rows, task.samplers["add"].severity_scale)
        made.append(task.describer.describe(lambda a, b, x=images: x[a:b], len(images)))  # type: ignore[misc]
    real = task.describer.cached(task.index, task.rows, task.cache)
    kept = Sets(real, [task.index.records[int(i)] for i in task.rows], len(task.rows), made[0], records)
    at, made_at, _ = reference_of(kept, None, np.ones(len(rows), dtype=bool))
    real = {space: x[at] for space, x in real.items()}
    made = [{space: x[made_at] for space, x in s.items()} for s in made]
    task.judgements = judge_time(real, made, [m for m, _ in ranked], task.judgements)
    section = Section("ruler-time", "The ruler: does each metric rank training time?")
    section.notes.append("Runs, longest first: " + ", ".join(f"{name} {m:g} min" for m, name in ranked) + ".")
    for space, metrics in task.judgements.items():
        for metric, judgement in metrics.items():
            if verdict := judgement.verdicts.get(TIME):
                note = verdict.reason or "ranks rightly: " + ", ".join(f"{v:.4g}" for v in verdict.values)
                name = f"{metric} ({space}): Spearman with missing training"
                section.figures.append(Figure(name, verdict.spearman, len(made_at), note=note, counts=verdict.right))
    return section
