"""Pairs that share anatomy exactly: training images with opacity boxes, and the same with the opacity erased."""

import json
import time
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.index import SIZE, load_index
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.edits import batch_of, chunks, edit, erase_cases, opacity_inside
from ..evaluation.report import configured_samplers
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast


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
        """Raises FileNotFoundError that names the stage to run first."""
        if not (folder / "opacity.npy").exists():
            raise FileNotFoundError(f"{folder / 'opacity.npy'} is missing: run the erasures stage first")
        arrays = (np.load(folder / f"{field.name}.npy") for field in fields(Erasures))
        return Erasures(*(torch.from_numpy(x.astype(np.float32)) for x in arrays))

    def pick(self, rows: Tensor) -> "Erasures":
        """Some of them (N)."""
        return Erasures(*(getattr(self, field.name)[rows] for field in fields(self)))

    def split(self, one_of: int) -> tuple["Erasures", "Erasures"]:
        """The first of so many, and the rest; none of one patient's films is in both, as each film was erased once."""
        first = -(-len(self.before) // one_of)
        rows = torch.arange(len(self.before))
        return self.pick(rows[:first]), self.pick(rows[first:])


def accepted(before: Tensor, after: Tensor, least: float) -> Tensor:
    """Which erasures (N) are good enough to learn from: opacity inside the mask fell by at least the share `least`."""
    return (after <= (1 - least) * before) & (before > 0)


@torch.no_grad()
def make_erasures(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Erases opacities of training images within `minutes`: an array file for each field of Erasures, and log.json.

    Accepted by the first reader: the second must stay a stranger to everything that is trained.
    """
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent, judge=False)
    cases = erase_cases(index, index.where("train", source="siim"))
    order = np.random.default_rng(int(config["seed"])).permutation(len(cases))[: int(config["count"])]
    sampler = replace(configured_samplers()["erase"], steps=int(config["steps"]))
    kept: dict[str, list[Tensor]] = {field.name: [] for field in fields(Erasures)}
    log: list[dict[str, Any]] = []
    for k, some in enumerate(chunks([cases[i] for i in order])):
        if time.time() - begin > minutes * 60:
            break
        x, masks, records = batch_of(index, some)
        with autocast():
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
