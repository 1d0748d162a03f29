"""Latents of radiographs into which a zone of another was set, to learn opacity that lies alone from."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import warp
from ..data.index import Index, load_index
from ..data.transplant import Transplants
from ..findings import FINDINGS
from ..networks.reader import GRID
from .latents import SHAPES, Guides, LatentCache, Shapes, fill_views, open_cache, vary

MOVED_SHAPES: Shapes = SHAPES | {"lesion": (1, GRID, GRID), "labels": (len(FINDINGS),)}
"""What a latent cache holds, and where opacity lies and which findings are known after a zone was moved."""


def open_moved_zones(folder: Path) -> LatentCache:
    """The cache of moved zones as far as it is filled. Raises FileNotFoundError that names the stage to run first."""
    if not (folder / "views.txt").exists():
        raise FileNotFoundError(f"{folder / 'views.txt'} is missing: run the moved-zones stage first")
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in MOVED_SHAPES}
    return LatentCache(arrays, np.load(folder / "rows.npy"), folder)


class MovedZones:
    """Batches of radiographs with one zone each taken from another, and what is to be seen there afterwards.

    What opacity the moved zone shows is read where it comes from, among its own lungs: the reader knows it there best.
    Of the opaque zones only the half gives that is read as most opaque: hardly visible ones have boxes, too.
    """

    def __init__(self, index: Index, latents: LatentCache, into_clear: float, into_opaque: float) -> None:
        """`latents`: of the training images, view 0 plain. Shares of moves that are opaque: into images without and
        with boxes of their own."""
        self.index, self.into_clear, self.into_opaque = index, into_clear, into_opaque
        item = [i for i, row in enumerate(latents.rows) if index.records[int(row)].opacity_boxes is not None]
        self.rows = latents.rows[item]
        plain, items = torch.zeros(len(item), dtype=torch.long), torch.tensor(item)
        self.transplants = Transplants(index, self.rows, latents.read("share", plain, items))
        read = latents.read("opacity", plain, items)[:, 0]
        self.read = {int(row): opacity for row, opacity in zip(self.rows, read, strict=True)}
        self.transplants.opaque = [self.most_opaque(z, some) for z, some in enumerate(self.transplants.opaque)]

    def most_opaque(self, zone: int, rows: list[int]) -> list[int]:
        """The half of some rows that is read as most opaque in a zone."""
        cells = {row: torch.from_numpy(self.transplants.lungs[row].zones[zone]) for row in rows}
        return sorted(rows, key=lambda row: -float(self.read[row][cells[row]].mean()))[: -(-len(rows) // 2)]

    def batch(self, rows: NDArray[np.int64], generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Images (N, 1, 256, 256); opacity to be read where a zone was moved, else -1, and where boxes lie
        (N, 1, 32, 32); labels (N, findings), -1 where the move made them unknown."""
        x, labels = self.index.images(rows), self.index.labels(rows)
        told, lesion = torch.full((len(rows), 1, GRID, GRID), -1.0), torch.zeros(len(rows), 1, GRID, GRID)
        for i, row in enumerate(rows.tolist()):
            lesion[i, 0] = self.transplants.lungs[row].boxes
            often = self.into_opaque if lesion[i, 0].any() else self.into_clear
            opaque = float(torch.rand((), generator=generator)) < often
            zone = self.transplants.choose_zone(row, generator)
            if zone is None:
                continue
            moved = self.transplants.set_in(x[i], lesion[i, 0], row, zone, opaque, generator)
            if moved is not None:
                self.transplants.relabel(labels[i], row, zone, opaque)
                told[i, 0] = torch.where(torch.from_numpy(moved.cells), moved.bring(self.read[moved.donor]), told[i, 0])
        return x, told, lesion, labels


def cache_moved_zones(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Fills the cache view by view, each with other zones moved; goes on where it stopped, within `minutes`."""
    index = load_index(cache)
    guides = Guides.load(folder.parent)
    shares = float(config["into_clear"]), float(config["into_opaque"])
    moved = MovedZones(index, open_cache(folder.parent / "latents", index), *shares)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", moved.rows)

    def make(view: int, rows: NDArray[np.int64], generator: torch.Generator) -> tuple[Tensor, ...]:
        x, told, lesion, labels = moved.batch(rows, generator)
        x, theta = vary(x, generator)
        latent, share, opacity, features = guides.describe(x)
        where = warp((told >= 0).float(), theta, fill="zeros")
        told = warp(told.clamp(min=0), theta, fill="zeros")
        opacity = (1 - where) * opacity + told
        return latent, share, opacity, features, theta, warp(lesion, theta, fill="zeros"), labels

    fill_views(folder, MOVED_SHAPES, moved.rows, config, minutes, make)
