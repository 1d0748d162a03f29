"""The ruler as a part of an evaluation: which sets it is made of, and what it says."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..networks.reader import SecondReader
from .dataset import FolderIndex, spread
from .degrade import IMAGE_LADDERS
from .features import digest, fingerprint, same_judge
from .figures import Figure, Section
from .ruler import Judgement
from .ruler_sets import build_sets, load_sets, ruler_json, run_ruler, save_sets
from .task import Task, say

MEASURED = Path(__file__).resolve().parents[2] / "results" / "ruler.json"
"""The ruler as it was last run for the record."""

TITLE = "The ruler: does each metric rank known degradations?"

FEWEST = 32
"""Fewer images on either side rank nothing."""


def recorded_judgements(judge: SecondReader | None, path: Path = MEASURED) -> dict[str, dict[str, Judgement]]:
    """What the recorded ruler lets count, where it was run with this very judge; nothing else counts then."""
    if not path.is_file() or judge is None:
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    recorded = content.get("networks", {}).get("judge_fingerprint", [])
    if not same_judge(recorded, fingerprint(judge)):
        return {}
    found: dict[str, dict[str, Any]] = content["sections"]["ruler"]["detail"]
    return {
        space: {m: Judgement({}, bool(j["counts"]), str(j.get("reason", ""))) for m, j in metrics.items()}
        for space, metrics in found.items()
    }


def most_common_source(index: FolderIndex, rows: NDArray[np.int64]) -> str:
    names, count = np.unique([index.records[int(i)].source for i in rows], return_counts=True)
    return str(names[count.argmax()])


def ruler_part(task: Task) -> list[Section]:
    """The ruler on the split's largest source; the rest of the run asks it what counts."""
    rows, bank = task.rows, task.bank
    source = most_common_source(task.index, rows)
    test = spread(task.index.where(task.split, source=source), task.limit)
    np.random.default_rng(1).shuffle(test)
    reference = bank.where("train", source=source)
    if bank is task.index:
        reference = np.setdiff1d(reference, test)
    if min(len(test), len(reference)) < FEWEST:
        why = f"{len(test)} images of {source} in {task.split} and {len(reference)} in training; needs {FEWEST} of each"
        task.judgements = recorded_judgements(task.nets.judge)
        instead = "the recorded run with the same judge decides" if task.judgements else "so nothing counts"
        note = f"Not run, {instead}: {why}. Training images elsewhere: --training."
        return [Section("ruler", TITLE, notes=[note])]
    reference = spread(reference, max(8 * len(test) // 5, 64))
    np.random.default_rng(2).shuffle(reference)
    warn_if_mixed(task)
    others = {
        s: spread(task.index.where(task.split, source=s), len(test))
        for s in sorted({r.source for r in task.index.records})
        if s != source and len(task.index.where(task.split, source=s)) >= len(test) // 2
    }
    paths = [task.index.records[int(i)].path for rows in (test, *others.values()) for i in rows]
    paths += [bank.records[int(i)].path for i in reference]
    strengths = [[name, *steps] for name, (_, steps) in IMAGE_LADDERS.items()]
    roots = [str(task.index.root.resolve()), str(bank.root.resolve())]
    key = hashlib.sha256(json.dumps([roots, paths, strengths]).encode()).hexdigest()[:12]
    stored = task.cache / f"ruler-{digest(task.describer.judge, task.describer.reader)}-{key}.npz"
    if not stored.exists() or task.describer.exact:
        save_sets(stored, build_sets(task.describer, task.index, reference, test, others, bank))
    task.judgements = run_ruler(load_sets(stored))
    section = Section("ruler", TITLE)
    section.notes.append(
        f"{len(test)} images of {source} ({task.split}) against {len(reference)} of training. "
        "A step counts as wrong when it goes back by more than its 95 % interval."
    )
    for space, metrics in task.judgements.items():
        for metric, judgement in metrics.items():
            passed = sum(v.right for v in judgement.verdicts.values())
            note = judgement.reason or "ranks rightly: " + ", ".join(judgement.verdicts)
            name = f"{metric} ({space}): ladders ranked rightly, of {len(judgement.verdicts)}"
            section.figures.append(Figure(name, float(passed), len(test), note=note, counts=judgement.counts))
    section.detail = ruler_json(task.judgements)
    return [section]


def warn_if_mixed(task: Task) -> None:
    """Says so where a patient is in training and in the split: such images are nearer than unseen ones may be."""
    training = {r.patient for r in task.bank.records if r.split == "train"}
    shared = training & {task.index.records[int(i)].patient for i in task.rows}
    if shared:
        say(f"warning: {len(shared)} patients are in training and in this split")
