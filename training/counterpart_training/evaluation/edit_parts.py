"""Edits as parts of an evaluation: the axioms, control by words, and swaps."""

from pathlib import Path

import numpy as np
from torch import Tensor

from .audit import Keep, audit_edits
from .audit_report import axiom_section, divergences
from .control import control_section, run_control
from .dataset import spread
from .edits import Case, add_cases, erase_cases, operating_point
from .figures import Section
from .sheet import outlined, write_sheet
from .swaps import run_swaps, swap_section
from .task import Task, say

CONTROLLED = 64
"""At most so many images are asked for every grade: six edits each."""

SWAPPED = 96
"""At most so many images receive the opacity of another."""


def axiom_part(task: Task) -> list[Section]:
    """Erase and add on the split's annotated images, judged at the shipped operating point (or this split's own)."""
    rows = task.index.where(task.split)
    erase = erase_cases(task.index, rows)
    if not erase:
        return [
            Section("axioms", "Counterfactual axioms", notes=["Not measured: no image of the split has opacity_boxes."])
        ]
    add = add_cases(task.index, rows)
    threshold, shipped = local_threshold(task, erase, add)
    features = {
        kind: task.describer.of_rows(task.index, np.array([c.row for c in spread_cases(cases, 64)], dtype=np.int64))
        for kind, cases in (("erase", erase), ("add", add))
        if cases
    }
    out = []
    for kind, cases, target in (("erase", erase, "add"), ("add", add, "erase")):
        if not cases:
            continue
        picked = spread_cases(cases, task.limit)
        say(f"axioms: {len(picked)} edits ({kind})")
        audit = audit_edits(task.nets, task.index, picked, kind, task.samplers, None, keeper(task.sheets))
        divergence = np.array([])
        if target in features:
            divergence = divergences(task.describer, audit, features[target]["judge"], features[kind]["judge"], "judge")
        section = axiom_section(audit, threshold, divergence)
        section.notes.append(
            f"Judge's threshold {threshold:.4g}, " + ("as calibrated." if shipped else "placed on these images.")
        )
        out.append(section)
    return out


def local_threshold(task: Task, erase: list[Case], add: list[Case]) -> tuple[float, bool]:
    """The judge's operating point inside a mask, and whether it is the calibrated one; else placed on these cases."""
    shipped = task.calibration.get("operatingPoint", {}).get("second-reader-local")
    if shipped is not None:
        return float(shipped), True
    return operating_point(task.nets, task.index, erase, add)[0], False


def spread_cases(cases: list[Case], limit: int | None) -> list[Case]:
    return [cases[int(i)] for i in spread(np.arange(len(cases)), limit)]


def keeper(folder: Path | None) -> Keep | None:
    """Writes a contact sheet of every batch of edits: outlined, before, after, difference."""
    count = {"erase": 0, "add": 0}

    def keep(kind: str, cases: list[Case], before: Tensor, after: Tensor) -> None:
        assert folder is not None
        rows = [[outlined(x, c.mask[None]), x, y, y - x] for c, x, y in zip(cases, before, after, strict=True)][:8]
        write_sheet(folder / f"{kind}-{count[kind]:02d}.png", rows)
        count[kind] += 1

    return keep if folder else None


def control_part(task: Task) -> Section:
    """Grades and zones asked of images without opacity where the split says which they are, else of any."""
    negatives = [i for i in task.rows if task.index.records[int(i)].opacity_boxes == ()]
    rows = spread(np.array(negatives or task.rows, dtype=np.int64), min(task.limit or CONTROLLED, CONTROLLED))
    say(f"control: {len(rows)} images")
    return control_section(run_control(task.nets, task.index, rows, task.samplers["grade"]))


def swap_part(task: Task) -> Section:
    """Images of the split whose boxes are annotated, each with the opacity of another of them."""
    rows = task.index.where(task.split)
    known = np.array([i for i in rows if task.index.records[int(i)].opacity_boxes is not None], dtype=np.int64)
    erase, add = erase_cases(task.index, rows), add_cases(task.index, rows)
    if len(known) < 2 or not erase or not add:
        return Section("swaps", "Swaps", notes=["Not measured: too few images of the split have opacity_boxes."])
    known = spread(known, min(task.limit or SWAPPED, SWAPPED))
    say(f"swaps: {len(known)} images")
    swaps = run_swaps(task.nets, task.index, known, task.samplers["add"])
    return swap_section(swaps, local_threshold(task, erase, add)[0])
