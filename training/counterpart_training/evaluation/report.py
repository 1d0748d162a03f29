"""`training edits`: prints what evaluation/edits.py measures."""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ..data.index import load_index
from ..export.manifest import file_entry
from ..export.networks import ExportedNetworks
from ..precision import has_bfloat16_units
from .checkpoints import CheckpointNetworks
from .edits import Case, Networks, Sampler, evaluate_edits
from .sheet import outlined, write_sheet

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


def configured_samplers() -> dict[str, Sampler]:
    """Sampler of each edit kind, from configs/sampling.json; the browser gets the same values through the manifest.

    Severity has the scale that the denoiser was trained with.
    """
    values: dict[str, dict[str, Any]] = json.loads((CONFIGS / "sampling.json").read_text(encoding="utf-8"))
    return {kind: Sampler(**v) for kind, v in values.items()}


def report_edits(args: argparse.Namespace, cache: Path) -> None:
    """Runs the evaluation and prints a table; options override the configured samplers."""
    index = load_index(cache)
    nets: Networks = ExportedNetworks(args.models) if args.models else CheckpointNetworks(args.runs)
    changes = {
        k: getattr(args, k)
        for k in ("guidance", "start", "averages", "shift", "against")
        if getattr(args, k) is not None
    }
    if args.steps is not None:
        changes["steps"] = int(args.steps)
    if args.sampler:
        changes["name"] = args.sampler
    samplers = {kind: replace(s, **changes) for kind, s in configured_samplers().items()}
    count = {"erase": 0, "add": 0}
    pictures: dict[str, list[Tensor]] = {}

    def keep(kind: str, cases: list[Case], before: Tensor, after: Tensor) -> None:
        pictures.setdefault(kind, []).append(after.float())
        if not args.sheets:
            return
        rows = [[outlined(x, c.mask[None]), x, y, (y - x)] for c, x, y in zip(cases, before, after, strict=True)][:8]
        write_sheet(args.sheets / f"{kind}-{count[kind]:02d}.png", rows)
        count[kind] += 1

    begin = time.time()
    each: dict[str, list[float]] = {}
    with torch.autocast("cpu", torch.bfloat16, enabled=args.fast and has_bfloat16_units()):
        made = load_file(args.judge) if args.judge else None
        figures = evaluate_edits(nets, index, index.where("val", source="siim"), samplers, args.limit, keep, each, made)
    if args.pictures:
        save_file({kind: torch.cat(parts) for kind, parts in pictures.items()}, args.pictures)
    for name, value in figures.items():
        print(f"{name:32} {value:9.4f}")
    print(f"{(time.time() - begin):.0f} s; samplers {samplers}")
    if args.json:
        measured = (
            {"weights": file_entry(args.models / "denoiser" / "weights.safetensors")["sha256"]} if args.models else {}
        )
        args.json.write_text(json.dumps({**figures, **measured, "each": each}, indent=2) + "\n", encoding="utf-8")
