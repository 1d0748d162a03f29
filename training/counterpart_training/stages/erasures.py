"""Pairs that share anatomy exactly: training images with opacity boxes, and the same with the opacity erased."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..data.index import load_index
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.edits import batch_of, chunks, edit, erase_cases, opacity_inside
from ..evaluation.report import configured_samplers
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast


def accepted(before: Tensor, after: Tensor, least: float) -> Tensor:
    """Which erasures (N) are good enough to learn from: opacity inside the mask fell by at least the share `least`."""
    return (after <= (1 - least) * before) & (before > 0)


@torch.no_grad()
def make_erasures(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Erases opacities of training images within `minutes`: before.npy, after.npy (latents), regions.npy, log.json.

    Accepted by the first reader: the second must stay a stranger to everything that is trained.
    """
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent, judge=False)
    cases = erase_cases(index, index.where("train", source="siim"))
    order = np.random.default_rng(int(config["seed"])).permutation(len(cases))[: int(config["count"])]
    sampler = configured_samplers()["erase"]
    kept: dict[str, list[Tensor]] = {"before": [], "after": [], "regions": []}
    log: list[dict[str, Any]] = []
    for k, some in enumerate(chunks([cases[i] for i in order])):
        if time.time() - begin > minutes * 60:
            break
        x, masks, records = batch_of(index, some)
        with autocast():
            y = edit(nets, x, masks, 0.0, records, sampler, seed=20_000 + k).float()
            was, now = (opacity_inside(nets.opacity(v).float(), masks) for v in (x, y))
            good = accepted(was, now, float(config["least_fall"]))
            nothing = torch.zeros(len(x), 1, GRID, GRID)
            parts = {"before": nets.encode(x), "after": nets.encode(y), "regions": region_maps(nets.share(x), nothing)}
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
