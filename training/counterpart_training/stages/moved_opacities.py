"""Real opacities set into clear films: what an accepted erasure took away, in the lungs of another patient.

The clear film is what the picture was before, so the truth is known as for drawings; the opacity is a real one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import warp
from ..data.index import SIZE, Index, load_index
from ..data.statement import OPACITY
from ..findings import FINDINGS, ZONES
from ..networks.anatomist import region_maps
from ..networks.autoencoder import Autoencoder
from ..networks.reader import GRID
from ..precision import autocast
from .drawings import DRAWING_SHAPES, VISIBLE
from .erasures import Erasures, accepted_rows
from .latents import Guides, LatentCache, fill_views, vary

NO_FINDING = FINDINGS.index("no_finding")

LEAST_LUNG = 20
"""Cells of lung below which a side is not taken as found."""

SOFT = 0.5
"""Share of lung at which a cell counts as lung when the box of a lung is told."""


def is_clear(labels: tuple[int, ...]) -> bool:
    """Whether a film is known to show no opacity."""
    return labels[NO_FINDING] == 1 or labels[OPACITY] == 0


def lung_boxes(regions: Tensor) -> Tensor:
    """Left, top, right, bottom of each lung as shares of the picture, (N, 2, 4); all 0 where a lung is not found."""
    sides = torch.stack([regions[:, :3].sum(1), regions[:, 3 : len(ZONES)].sum(1)], 1) > SOFT
    out = torch.zeros(len(regions), 2, 4)
    for i, row in enumerate(sides):
        for side, lung in enumerate(row):
            if int(lung.sum()) >= LEAST_LUNG:
                y, x = torch.nonzero(lung, as_tuple=True)
                edges = [x.min(), y.min(), x.max() + 1, y.max() + 1]
                out[i, side] = torch.stack(edges).float() / GRID
    return out


def box_to_box(residual: Tensor, source: Tensor, target: Tensor) -> Tensor:
    """A picture (1, 1, H, W) moved and stretched so that what lies in the box `source` comes to lie in `target`."""
    s, t = source * 2 - 1, target * 2 - 1
    scale_x, scale_y = ((s[k + 2] - s[k]) / (t[k + 2] - t[k]) for k in (0, 1))
    theta = torch.zeros(1, 2, 3)
    theta[0, 0, 0], theta[0, 0, 2] = scale_x, s[0] - scale_x * t[0]
    theta[0, 1, 1], theta[0, 1, 2] = scale_y, s[1] - scale_y * t[1]
    return warp(residual, theta, fill="zeros")


@dataclass(frozen=True)
class Taken:
    """What erasures took away: pictures (N, 1, 256, 256) of the difference, and the boxes of the lungs (N, 2, 4)."""

    residual: Tensor
    boxes: Tensor

    def __len__(self) -> int:
        return len(self.residual)


@torch.no_grad()
def take(autoencoder: Autoencoder, e: Erasures) -> Taken:
    """What some erasures took away, inside their masks."""
    parts = []
    for k in range(0, len(e.before), 32):
        some = e.pick(torch.arange(k, min(k + 32, len(e.before))))
        with autocast():
            before, after = (autoencoder.decoder(z).float() for z in (some.before, some.after))
        mask = F.interpolate(F.avg_pool2d(some.mask, 3, 1, 1), (SIZE, SIZE), mode="bilinear", align_corners=False)
        parts.append(((before - after) * mask).half())
    return Taken(torch.cat(parts), lung_boxes(e.regions))


def set_in(before: Tensor, regions: Tensor, taken: Taken, config: dict[str, Any], generator: torch.Generator) -> Tensor:
    """Films (N, 1, 256, 256) with what was taken from others in their lungs; some lungs are left as they are."""
    boxes = lung_boxes(regions)
    sides = torch.stack([regions[:, :3].sum(1), regions[:, 3 : len(ZONES)].sum(1)], 1).clamp(0, 1)
    lung = F.interpolate(sides, (SIZE, SIZE), mode="bilinear", align_corners=False)
    out = before.clone()

    def chance() -> float:
        return float(torch.rand((), generator=generator))

    for i in range(len(before)):
        donor = int(torch.randint(len(taken), (1,), generator=generator))
        for side in (0, 1):
            source, target = taken.boxes[donor, side], boxes[i, side]
            if source.sum() == 0 or target.sum() == 0 or chance() < float(config["spared"]):
                continue
            moved = box_to_box(taken.residual[donor : donor + 1].float(), source, target)
            blur = int(chance() * 4)
            if blur:
                moved = F.avg_pool2d(moved, 2 * blur + 1, 1, blur)
            low, high = config["amount"]
            out[i] += (low + (high - low) * chance()) * moved[0] * lung[i, side]
    return out.clamp(-1, 1)


class MovedOpacities:
    """The cache of such pairs, array by array as that of drawings."""

    def __init__(self, folder: Path) -> None:
        """Raises FileNotFoundError that names the stage to run first."""
        if not (folder / "views.txt").exists():
            raise FileNotFoundError(f"{folder / 'views.txt'} is missing: run the moved-opacities stage first")
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in DRAWING_SHAPES}
        self.cache = LatentCache(arrays, np.load(folder / "rows.npy"), folder)

    def __len__(self) -> int:
        return len(self.cache.rows)


def clear_rows(index: Index) -> NDArray[np.int64]:
    """Films of the training split that are known to show no opacity."""
    return np.array([r for r in index.where("train") if is_clear(index.records[int(r)].labels)], dtype=np.int64)


def cache_moved_opacities(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Fills the cache view by view, each with other opacities; goes on where it stopped, within `minutes`."""
    index = load_index(cache)
    guides = Guides.load(folder.parent)
    erasures = Erasures.joined([Erasures.load(folder.parent / run) for run in config["pairs"]])
    patients = {index.records[r].patient for run in config["pairs"] for r in accepted_rows(folder.parent / run)}
    taken = take(guides.autoencoder, erasures)
    rows = clear_rows(index)
    rows = np.array([r for r in rows if index.records[int(r)].patient not in patients], dtype=np.int64)
    rows = np.random.default_rng(int(config["seed"])).permutation(rows)[: int(config["count"])]
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", rows)
    print(f"{len(taken)} opacities, {len(rows)} clear films", flush=True)

    def make(_view: int, picked: NDArray[np.int64], generator: torch.Generator) -> tuple[Tensor, ...]:
        before, _ = vary(index.images(picked), generator)
        first = guides.describe(before)
        nothing = torch.zeros(len(before), 1, GRID, GRID)
        after = set_in(before, region_maps(first[1], nothing), taken, config, generator)
        where = ((after - before).abs() > VISIBLE / 127.5).float()
        second = guides.describe(after)
        both = (value for pair in zip(first, second, strict=True) for value in pair)
        return (*both, F.adaptive_avg_pool2d(where, GRID))

    fill_views(folder, DRAWING_SHAPES, rows, config, minutes, make)
