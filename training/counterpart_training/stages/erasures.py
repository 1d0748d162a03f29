"""Pairs that share anatomy exactly: training images with opacity, and the same with the opacity erased.

Of boxes that were drawn by hand, or of the whole lungs as the first reader sees them: the latter is how a swap makes
the healthy twin of its donor, and needs no boxes, so every source can take part.
"""

import json
import time
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import SIZE, Index, load_index
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.edits import BATCH, Case, Networks, batch_of, chunks, edit, erase_cases, opacity_inside
from ..evaluation.report import configured_samplers
from ..evaluation.swaps import LUNG, swap
from ..findings import ZONES
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast

OPAQUE = 0.3
"""Opacity from which a cell of the lungs is to be erased: the first reader's operating point."""

LEAST_CELLS = 10
"""Films with fewer cells to erase are left out."""


@dataclass(frozen=True)
class Erasures:
    """Latents of training images and of their erasures, region maps, the opacity read before, the share of the mask.

    (N, C, 32, 32) each.
    """

    before: Tensor
    after: Tensor
    regions: Tensor
    opacity: Tensor
    mask: Tensor

    @staticmethod
    def load(folder: Path) -> "Erasures":
        """Of one run. Raises FileNotFoundError that names the stage to run first."""
        if not (folder / "opacity.npy").exists():
            command = f"training erasures --config configs/{folder.name}.json"
            raise FileNotFoundError(f"{folder / 'opacity.npy'} is missing: run `{command}` first")
        arrays = (np.load(folder / f"{field.name}.npy") for field in fields(Erasures))
        return Erasures(*(torch.from_numpy(x.astype(np.float32)) for x in arrays))

    def pick(self, rows: Tensor) -> "Erasures":
        """Some of them (N)."""
        return Erasures(*(getattr(self, field.name)[rows] for field in fields(self)))

    @staticmethod
    def joined(parts: "list[Erasures]") -> "Erasures":
        """Those of several runs."""
        return Erasures(*(torch.cat([getattr(part, field.name) for part in parts]) for field in fields(Erasures)))

    def split(self, one_of: int) -> tuple["Erasures", "Erasures"]:
        """The first of so many, and the rest; none of one patient's films is in both, as each film was erased once."""
        first = -(-len(self.before) // one_of)
        rows = torch.arange(len(self.before))
        return self.pick(rows[:first]), self.pick(rows[first:])


def accepted(before: Tensor, after: Tensor, least: float) -> Tensor:
    """Which erasures (N) are good enough to learn from: opacity inside the mask fell by at least the share `least`."""
    return (after <= (1 - least) * before) & (before > 0)


def lung_cases(nets: Networks, index: Index, rows: NDArray[np.int64]) -> list[Case]:
    """Films in which the first reader sees opacity in the lungs, each with a mask of where."""
    cases = []
    for some in np.array_split(rows, -(-len(rows) // BATCH)):
        x = index.images(some)
        with autocast():
            lungs = nets.share(x).float()[:, 1 : 1 + len(ZONES)].sum(1, keepdim=True) > LUNG
            opaque = ((nets.opacity(x).float() >= OPAQUE) & lungs).float()
        masks = F.interpolate(opaque, (SIZE, SIZE))[:, 0]
        there = opaque.sum((1, 2, 3)) >= LEAST_CELLS
        cases += [Case(int(row), mask) for row, mask, kept in zip(some, masks, there.tolist(), strict=True) if kept]
    return cases


def erased_before(folder: Path) -> set[int]:
    """Rows that an earlier run has."""
    return {entry["row"] for entry in json.loads((folder / "log.json").read_text(encoding="utf-8"))}


def accepted_rows(folder: Path) -> list[int]:
    """Rows of the index whose erasures a run kept, in the order of its arrays."""
    log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    return [entry["row"] for entry in log if entry["accepted"]]


@torch.no_grad()
def make_erasures(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Erases opacities of training images within `minutes`: an array file for each field of Erasures, and log.json.

    Accepted by the first reader: the second must stay a stranger to everything that is trained. `area` is "boxes" or
    "lungs"; films of the run `but` are left out. `from_twin`: from the healthy twin in one pass.
    """
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent, judge=False)
    rows = np.concatenate([index.where("train", source=source) for source in config["sources"]])
    if "but" in config:
        rows = np.setdiff1d(rows, list(erased_before(folder.parent / config["but"])))
    whole = config["area"] == "lungs"
    rows = np.random.default_rng(int(config["seed"])).permutation(rows)
    cases = lung_cases(nets, index, rows) if whole else erase_cases(index, rows)
    cases = cases[: int(config["count"])]
    print(f"{len(cases)} films", flush=True)
    # The healthy twin learns from erasures of the film itself first, and then from those that it helped to make.
    start = "erase" if config.get("from_twin") else "remove"
    sampler = replace(configured_samplers()[start], steps=int(config["steps"]))
    kept: dict[str, list[Tensor]] = {field.name: [] for field in fields(Erasures)}
    log: list[dict[str, Any]] = []
    for k, some in enumerate(chunks(cases)):
        if time.time() - begin > minutes * 60:
            break
        x, masks, records = batch_of(index, some)
        with autocast():
            if whole:
                y = swap(nets, x, torch.zeros(len(x), len(ZONES)), records, sampler, seed=20_000 + k).float()
            else:
                y = edit(nets, x, masks, 0.0, records, sampler, seed=20_000 + k).float()
            seen = nets.opacity(x).float()
            was, now = (opacity_inside(v, masks) for v in (seen, nets.opacity(y).float()))
            good = accepted(was, now, float(config["least_fall"]))
            nothing = torch.zeros(len(x), 1, GRID, GRID)
            parts = {
                "before": nets.encode(x),
                "after": nets.encode(y),
                "regions": region_maps(nets.share(x), nothing),
                "opacity": seen,
                "mask": F.avg_pool2d(masks, SIZE // GRID),
            }
        for name, value in parts.items():
            kept[name].append(value[good].float().half())
        log += [
            {"row": c.row, "before": round(b, 4), "after": round(a, 4), "accepted": bool(g)}
            for c, b, a, g in zip(some, was.tolist(), now.tolist(), good.tolist(), strict=True)
        ]
        print(f"{len(log)} erased, {sum(e['accepted'] for e in log)} accepted", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in kept.items():
        np.save(folder / f"{name}.npy", torch.cat(values).numpy())
    (folder / "log.json").write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
