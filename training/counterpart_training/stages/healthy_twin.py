"""Healthy twin in one pass, learnt where the film without opacity is known.

1. *drawn*: opacities drawn on films (`drawings`), back to the film before;
2. *moved*: real opacities set into clear films (`moved-opacities`), back to the clear film;
3. *erased*: the sampler's accepted erasures of real films, in means over 4 x 4 cells alone: their ribs are its own;
4. *clear*: the clear films themselves, left as they are.

The mask is what changed, a lung, or both lungs: the twin is asked wherever a user may paint.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.index import load_index
from ..findings import FINDINGS, ZONES
from ..networks.anatomist import region_maps
from ..networks.healthy_twin import HealthyTwin, soft_cells
from ..precision import autocast
from .drawings import Drawings
from .erasures import Erasures
from .latents import LatentCache
from .loop import Metrics, Run
from .moved_opacities import MovedOpacities
from .muon import muon_for

HELD = 16
"""One pair of so many is kept back."""

COARSE = 4
"""Cells over which the coarse error is averaged."""

CHANGED = 0.3
"""Share of a cell that must have changed for the cell to be part of the mask."""

KINDS = ("drawn", "moved", "erased", "clear")


class Pairs:
    """Films with an opacity and as they were before: (latent, twin, regions, mask of what changed, opacity)."""

    def __init__(self, cache: LatentCache, items: Sequence[int]) -> None:
        self.cache, self.items = cache, torch.tensor(items)
        first = -(-len(items) // HELD)
        order = torch.randperm(len(items), generator=torch.Generator().manual_seed(0))
        self.held, self.learnt = self.items[order[:first]], self.items[order[first:]]

    def read(self, view: Tensor, item: Tensor, clear: bool = False) -> tuple[Tensor, ...]:
        """Some pairs, each of (N, C, 32, 32); `clear`: the film before as both halves."""
        which = "before" if clear else "drawn"
        film = self.cache.read(f"latent_{which}", view, item)
        twin = self.cache.read("latent_before", view, item)
        opacity = self.cache.read(f"opacity_{which}", view, item)
        regions = region_maps(self.cache.read(f"share_{which}", view, item), torch.zeros_like(opacity))
        where = (self.cache.read("where", view, item) > CHANGED).float()
        return film, twin, regions, F.max_pool2d(where, 5, stride=1, padding=2), opacity

    def batch(self, count: int, clear: bool, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Pairs that are learnt from, of any view."""
        item = self.learnt[torch.randint(len(self.learnt), (count,), generator=generator)]
        view = torch.randint(self.cache.views, (count,), generator=generator)
        return self.read(view, item, clear)


def masks_of(changed: Tensor, regions: Tensor, generator: torch.Generator) -> Tensor:
    """A mask for each film (N, 1, 32, 32): what changed, or the lungs with it, or one of them; soft at its edge."""
    lungs = [regions[:, :3].sum(1, keepdim=True), regions[:, 3 : len(ZONES)].sum(1, keepdim=True)]
    near = [F.max_pool2d((lung > 0.3).float(), 3, stride=1, padding=1) for lung in lungs]
    choice = torch.randint(4, (len(changed),), generator=generator).view(-1, 1, 1, 1)
    side = torch.where(choice == 2, near[0], near[1])
    mask = torch.where(choice == 0, changed, torch.where(choice == 1, torch.maximum(near[0], near[1]), side))
    return soft_cells(mask)


def twin_loss(model: HealthyTwin, kind: str, batch: tuple[Tensor, ...], mask: Tensor) -> tuple[Tensor, Tensor]:
    """Error cell by cell and over means of cells, inside the mask."""
    film, twin, regions, _, opacity = batch
    with autocast():
        got = model(film, regions, mask, opacity)
    wrong = got.float() - (twin - film) * mask
    coarse = F.avg_pool2d(wrong, COARSE).square().mean()
    return (torch.zeros(()) if kind == "erased" else wrong.abs().mean()), coarse


def train_healthy_twin(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the healthy twin; config keys as in configs/healthy-twin.json."""
    index, runs = load_index(cache), folder.parent
    wanted = {FINDINGS.index(finding) for finding in config["drawn_findings"]}
    drawn: list[Pairs] = []
    for name in config["drawings"]:
        drawings = Drawings(runs / name, index)
        drawn.append(Pairs(drawings.cache, [i for i, d in enumerate(drawings.drawings) if d.finding in wanted]))
    moved = [Pairs(m.cache, range(len(m))) for m in (MovedOpacities(runs / name) for name in config["moved"])]
    erased = Erasures.joined([Erasures.load(runs / run) for run in config["erasures"]])
    model = HealthyTwin(int(config["width"]))
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem", "head"))
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    counts: dict[str, int] = config["batch"]

    def some_of(kind: str, generator: torch.Generator) -> tuple[Tensor, ...]:
        count = counts[kind]
        if kind == "erased":
            e = erased.pick(torch.randint(len(erased.before), (count,), generator=generator))
            return e.before, e.after, e.regions, (e.mask > CHANGED).float(), e.opacity
        pools = drawn if kind == "drawn" else moved
        which = pools[int(torch.randint(len(pools), (1,), generator=generator))]
        return which.batch(count, kind == "clear", generator)

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        loss = torch.zeros(())
        told: Metrics = {}
        for kind in KINDS:
            if counts[kind] == 0:
                continue
            batch = some_of(kind, generator)
            mask = masks_of(batch[3], batch[2], generator)
            if kind == "erased":
                mask = batch[3]
            fine, coarse = twin_loss(model, kind, batch, mask)
            weight = counts[kind] / sum(counts.values())
            loss = loss + weight * (fine + float(config["coarse"]) * coarse)
            told |= {kind: fine.item(), f"{kind}_coarse": coarse.item()}
        return loss, told

    @torch.no_grad()
    def evaluate(module: torch.nn.Module) -> Metrics:
        out = {}
        for kind, pairs in (("drawn", drawn[0]), ("moved", moved[0])):
            film, twin, regions, changed, opacity = pairs.read(torch.zeros_like(pairs.held), pairs.held)
            more = (twin - film) * changed
            got = module(film, regions, changed, opacity)
            for name, pool in (("left", 1), ("left_coarse", COARSE)):
                wrong, whole = (F.avg_pool2d(v, pool).flatten(1).norm(dim=1) for v in (got - more, more))
                out[f"{kind}_{name}"] = float((wrong / whole.clamp(min=0.1)).median())
            still = module(
                twin, regions, changed, pairs.cache.read("opacity_before", torch.zeros_like(pairs.held), pairs.held)
            )
            out[f"{kind}_clear_moved"] = float(still.norm() / more.norm())
        return out

    return run.train(batch_loss, sum(counts.values()), evaluate, evaluate_every_minutes=3)
