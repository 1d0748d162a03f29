"""`training evaluate`: every part, in order, on one split of one folder."""

from collections.abc import Sequence
from typing import Any

from .distribution import diversity_section, fidelity_section
from .edit_parts import axiom_part, control_part, swap_part
from .features import SPACES, digest, fingerprint
from .figures import Section
from .ruler_part import recorded_judgements, ruler_part
from .sample_parts import make_samples, memorisation_part
from .task import Task, say
from .time_ladder import time_part

PARTS = ("ruler", "fidelity", "diversity", "axioms", "control", "swaps", "memorisation")
"""In this order; fidelity, diversity and memorisation share the samples."""

SHOWN = ("judge", "judge-scales", "bands")
"""Spaces of the fidelity tables; reader-scales is a cross-check in the ruler only."""


def evaluate(task: Task, parts: Sequence[str]) -> list[Section]:
    """Sections of the asked parts. Parts that need the denoiser say so where there is none."""
    out: list[Section] = []
    if "ruler" in parts:
        say("ruler")
        out += ruler_part(task)
    else:
        task.judgements = recorded_judgements(task.nets.judge)
    if task.ladder:
        out.append(time_part(task))
    sampled = [p for p in ("fidelity", "diversity", "memorisation") if p in parts]
    if task.nets.denoiser is None and not task.generated:
        return [*out, Section("samples", "Samples and edits", notes=["Not measured: there is no denoiser."])]
    samples = make_samples(task) if sampled else None
    if samples and "fidelity" in parts:
        for space in SHOWN:
            out.append(fidelity_section(samples.sets, space, task.judgements, f"Fidelity ({space}: {SPACES[space]})"))
    if samples and "diversity" in parts:
        out += [diversity_section(samples.sets, s, task.judgements) for s in ("judge", "judge-scales")]
    if task.nets.denoiser is not None and "axioms" in parts:
        out += axiom_part(task)
    if task.nets.denoiser is not None and "control" in parts:
        out.append(control_part(task))
    if task.nets.denoiser is not None and "swaps" in parts:
        out.append(swap_part(task))
    if samples and "memorisation" in parts:
        out.append(memorisation_part(task, samples))
    return out


def networks_json(task: Task, what: str) -> dict[str, Any]:
    judge = task.nets.judge
    assert judge is not None
    return {
        "from": what,
        "judge": digest(judge),
        "judge_fingerprint": fingerprint(judge),
        "denoiser": digest(task.nets.denoiser) if task.nets.denoiser else None,
    }
