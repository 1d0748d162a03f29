"""`training drawn-edits`: findings drawn from words and taken away, where the truth is known.

Films with a finding drawn on them (`node bench/drawnFilms.mjs --split val`) beside the same films without. Drawing
starts from the film without, taking away from the film with; what should come out is the other one.
"""

import argparse
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import Index, load_index
from ..data.statement import FOCUS, KNOWN, OPACITY, focus_severity, image_statement, place, say, zone_severity
from ..export.manifest import read_json
from ..findings import FINDINGS, ZONES
from ..networks.anatomist import region_maps
from ..networks.blocks import channels_last
from ..networks.denoiser import Denoiser
from ..networks.reader import GRID
from ..precision import autocast
from ..sampling import Flow, World, composed, twin_flow
from ..stages.drawings import VISIBLE, Drawing, drawn_findings, image_of, placed_severities, read_drawings
from ..stages.latents import averaged, config_of, context_of
from .checkpoints import CheckpointNetworks, part
from .edits import BATCH, Sampler, feather
from .errors import DrawingsUnusable, NetworksMissing
from .flow_loss import by_group, compared, held_out, velocity_errors
from .groups import rarest_group
from .intervals import mean_interval
from .released import load_networks
from .report import configured_samplers
from .sheet import write_sheet

WAYS = ("draw", "remove")

COARSE = 4
"""Pixels over which a change is averaged before it is compared: the ribs that a decoder redraws are finer."""

OF_A_GROUP = 60
"""Real films of val of each group, by which forgetting is told."""

CHANGED = 0.3
"""Share of a cell that must have changed for the cell to be part of the mask, which reaches two cells further.

What is smaller than that has the cell that changed most.
"""


@dataclass(frozen=True)
class Pair:
    """Films without and with what was drawn, (N, 1, 256, 256), and the mask of an edit between them on both grids."""

    before: Tensor
    drawn: Tensor
    cells: Tensor
    pixels: Tensor


def pair_of(index: Index, drawings: list[Drawing]) -> Pair:
    """Films of some drawings."""
    before = index.images(np.array([d.film for d in drawings], dtype=np.int64))
    drawn = torch.stack([image_of(d.path) for d in drawings])
    where = F.adaptive_avg_pool2d(((drawn - before).abs() > VISIBLE / 127.5).float(), GRID)
    most = where.amax((2, 3), keepdim=True)
    changed = (where > CHANGED) | ((where == most) & (most > 0))
    cells = F.max_pool2d(changed.float(), 5, stride=1, padding=2)
    return Pair(before, drawn, cells, F.interpolate(cells, before.shape[-2:]))


def world_of(
    nets: CheckpointNetworks, x: Tensor, cells: Tensor, context: Tensor, placed: Tensor, scale: float
) -> World:
    """A film as read, with the severities (N, regions, findings) said of its places, -1 where nothing is."""
    with autocast():
        share, opacity = nets.share(x).float(), nets.opacity(x).float()
    nothing = torch.full((len(x), len(FINDINGS)), -1.0)
    tokens = image_statement(zone_severity(opacity, share[:, 1:7], scale), nothing)
    say(tokens, FOCUS, OPACITY, focus_severity(opacity, cells, scale))
    return World(place(tokens, placed), region_maps(share, cells), context)


def as_learnt(placed: Tensor, drawings: list[Drawing], learnt: Collection[str]) -> Tensor:
    """What a denoiser can be told that learnt where some findings are; others anywhere, and in their home region."""
    whole = torch.tensor([FINDINGS[d.finding] in learnt for d in drawings]).view(-1, 1, 1)
    return torch.where(whole | told_at_home(drawings), placed, -1.0)


def told_at_home(drawings: list[Drawing]) -> Tensor:
    """Cells of a statement (N, regions, findings) that an image-level label of the drawn finding fills."""
    labels = torch.full((len(drawings), len(FINDINGS)), -1)
    labels[torch.arange(len(drawings)), torch.tensor([d.finding for d in drawings])] = 1
    known = image_statement(torch.zeros(len(drawings), len(ZONES)), labels)[..., KNOWN:] > 0
    known[:, : len(ZONES), OPACITY] = False
    return known


@torch.no_grad()
def edited(
    nets: CheckpointNetworks,
    model: Denoiser,
    index: Index,
    drawings: list[Drawing],
    sampler: Sampler,
    way: str,
    seed: int,
    learnt: Collection[str],
) -> tuple[Pair, Tensor]:
    """Films of some drawings, and what the denoiser made of the film it started from, (N, 1, 256, 256)."""
    pair, n = pair_of(index, drawings), len(drawings)
    x = pair.before if way == "draw" else pair.drawn
    context = context_of([index.records[d.film] for d in drawings])
    has, has_not = (
        as_learnt(placed_severities(drawings, torch.full((n,), v)), drawings, learnt) for v in (True, False)
    )
    now, then = (has_not, has) if way == "draw" else (has, has_not)
    source, target = (world_of(nets, x, pair.cells, context, p, sampler.severity_scale) for p in (now, then))
    with autocast():
        z = nets.encode(x).float()
        e = twin_flow(
            model,
            z,
            pair.cells,
            source,
            target,
            Flow(
                steps=sampler.steps,
                guidance=sampler.guidance,
                start=sampler.start,
                generator=torch.Generator().manual_seed(seed),
                against=sampler.against,
            ),
        )
        y = composed(x, feather(pair.pixels), nets.decode(z).float(), nets.decode(e).float())
    return pair, y


def figures_of(asked: Tensor, got: Tensor) -> NDArray[np.float64]:
    """For each change (N, 1, 256, 256): likeness (cosine) to the one asked for, its amount along that, what is left.

    1, 1 and 0 for the very change; 0, 0 and 1 for none.
    """
    a, b = (F.avg_pool2d(v, COARSE).flatten(1).double() for v in (asked, got))
    along = (a * b).sum(1)
    size = a.square().sum(1)
    likeness = along / (size.sqrt() * b.square().sum(1).sqrt()).clamp(min=1e-6)
    return torch.stack([likeness, along / size, (b - a).square().sum(1).sqrt() / size.sqrt()], 1).numpy()


def denoiser_of(runs: Path, name: str) -> Denoiser:
    """The denoiser of a run."""
    model = Denoiser(int(config_of(runs, name)["width"]))
    model.load_state_dict(part(averaged(runs, name), "denoiser."))
    channels_last(model.eval().requires_grad_(False))
    return model


def forgotten(
    index: Index, runs: Path, models: dict[str, tuple[Denoiser, Collection[str]]], scale: float
) -> dict[str, Any]:
    """How well each denoiser still knows real films of val, group by group: velocity errors, beside the first's."""
    seen: dict[str, int] = {}
    rows = []
    for row in np.random.default_rng(0).permutation(index.where("val")):
        group = rarest_group(index.records[int(row)].labels)
        seen[group] = seen.get(group, 0) + 1
        if seen[group] <= OF_A_GROUP:
            rows.append(int(row))
    held = held_out(index, np.sort(np.array(rows, dtype=np.int64)), runs, scale)
    errors = {name: velocity_errors(model, held) for name, (model, _) in models.items()}
    first = next(iter(errors.values()))
    return {name: {"error": by_group(v, held), "against_first": compared(v, first, held)} for name, v in errors.items()}


def report_drawn_edits(args: argparse.Namespace, release: Path) -> None:
    """Judges the denoisers named, prints a table, writes JSON and, if asked, sheets.

    A denoiser is told places of the findings that it learnt from drawings; of others what it has learnt. Raises
    DrawingsUnusable, NetworksMissing.
    """
    index = load_index(args.runs / "cache")
    nets, _, what = load_networks(args.runs, args.models, release)
    try:
        drawings = read_drawings(args.drawings, index)
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise DrawingsUnusable(str(error)) from error
    seen: dict[int, int] = {}
    chosen: list[Drawing] = []
    for d in drawings:
        seen[d.finding] = seen.get(d.finding, 0) + 1
        if seen[d.finding] <= args.count:
            chosen.append(d)
    if not chosen:
        raise DrawingsUnusable(f"{args.drawings} and --count {args.count} leave no film")
    sampler = configured_samplers()["add"]
    results: dict[str, Any] = {}
    models: dict[str, tuple[Denoiser, Collection[str]]] = {}
    if nets.denoiser is not None:
        own = read_json((args.models or release) / "denoiser" / "config.json") if what.startswith("release") else None
        models[what] = nets.denoiser, drawn_findings(own or config_of(args.runs, "denoiser"))
    for name in args.denoisers:
        try:
            models[name] = denoiser_of(args.runs, name), drawn_findings(config_of(args.runs, name))
        except FileNotFoundError as error:
            raise NetworksMissing(f"{name}, {error}") from error
    for name, (model, learnt) in models.items():
        for way in WAYS:
            values, sheet = [], []
            for k in range(0, len(chosen), BATCH):
                some = chosen[k : k + BATCH]
                pair, y = edited(nets, model, index, some, sampler, way, 5_000 + k, learnt)
                asked = pair.drawn - pair.before
                start = pair.before if way == "draw" else pair.drawn
                values.append(figures_of(asked if way == "draw" else -asked, y - start))
                sheet += [[b, d, e] for b, d, e in zip(pair.before, pair.drawn, y, strict=True)]
            results.setdefault(name, {})[way] = told(chosen, np.concatenate(values))
            show(name, way, results[name][way])
            if args.sheets:
                args.sheets.mkdir(parents=True, exist_ok=True)
                write_sheet(args.sheets / f"{name.replace(' ', '-')}-{way}.png", sheet)
    results["real films"] = forgotten(index, args.runs, models, sampler.severity_scale)
    print(json.dumps(results["real films"], indent=1), flush=True)
    args.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def told(drawings: list[Drawing], values: NDArray[np.float64]) -> dict[str, Any]:
    """Means by finding and over all, with the interval of what is left."""
    names = np.array([FINDINGS[d.finding] for d in drawings])
    out: dict[str, Any] = {}
    for name in [*dict.fromkeys(names.tolist()), "all"]:
        here = values if name == "all" else values[names == name]
        likeness, amount, left = (round(float(v), 3) for v in here.mean(0))
        low, high = (round(v, 3) for v in mean_interval(here[:, 2]))
        out[name] = {"films": len(here), "likeness": likeness, "amount": amount, "left": left, "interval": [low, high]}
    return out


def show(name: str, way: str, figures: dict[str, Any]) -> None:
    """Prints a table."""
    print(f"{name}, {way}")
    for finding, v in figures.items():
        low, high = v["interval"]
        print(
            f"  {finding:20s} n {v['films']:3d}  likeness {v['likeness']:5.2f}  amount {v['amount']:5.2f}  "
            f"left {v['left']:.2f} [{low:.2f}, {high:.2f}]",
            flush=True,
        )
