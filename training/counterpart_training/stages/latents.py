"""Latent cache: for several augmented views of every image, what the denoiser trains on."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import jitter_contrast, random_affine, warp
from ..data.index import Index, Record, load_index
from ..networks.anatomist import Anatomist, region_share
from ..networks.autoencoder import Autoencoder
from ..networks.blocks import channels_last
from ..networks.reader import Reader
from ..precision import autocast

FEATURES = 256
"""Channels of the reader's coarse features (8x8 cells) that the denoiser's middle is aligned with."""


def averaged(runs: Path, name: str) -> dict[str, Tensor]:
    """Averaged weights of a run, or those of the release that `training restore` brought back.

    Raises FileNotFoundError that names the stage to run first.
    """
    path, released = runs / name / "checkpoint.pt", runs / name / "initial.pt"
    weights: dict[str, Tensor]
    if path.exists():
        weights = torch.load(path, weights_only=True, mmap=True)["average"]
    elif released.exists():
        weights = torch.load(released, weights_only=True, mmap=True)
    else:
        raise FileNotFoundError(
            f"{path} is missing: train the {name} stage first, or bring the release back with `training restore`"
        )
    return weights


def config_of(runs: Path, name: str) -> dict[str, Any]:
    """Configuration of a run, as its stage wrote it."""
    config: dict[str, Any] = json.loads((runs / name / "config.json").read_text(encoding="utf-8"))
    return config


def load_anatomist(runs: Path) -> Anatomist:
    """The trained anatomist, frozen."""
    anatomist = Anatomist(int(config_of(runs, "anatomist")["width"]))
    anatomist.load_state_dict(averaged(runs, "anatomist"))
    channels_last(anatomist.eval().requires_grad_(False))
    return anatomist


@dataclass(frozen=True)
class Guides:
    """The frozen networks that prepare the denoiser's world; the second reader is not among them."""

    autoencoder: Autoencoder
    anatomist: Anatomist
    reader: Reader

    @staticmethod
    def load(runs: Path) -> "Guides":
        autoencoder = Autoencoder(int(config_of(runs, "autoencoder")["width"]))
        autoencoder.load_state_dict(averaged(runs, "autoencoder"))
        anatomist = load_anatomist(runs)
        reader = Reader(int(config_of(runs, "reader")["width"]))
        reader.load_state_dict(averaged(runs, "reader"))
        for module in (autoencoder, reader):
            channels_last(module.eval().requires_grad_(False))
        return Guides(autoencoder, anatomist, reader)

    @torch.no_grad()
    def describe(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Latent and region shares (N, 8, 32, 32), opacity probability (N, 1, 32, 32), features (N, 256, 8, 8)."""
        x = images.contiguous(memory_format=torch.channels_last)
        with autocast():
            latent = self.autoencoder.encoder(x)
            regions, _ = self.anatomist(x)
            _, fine, mid, features = self.reader.features(x)
            _, dense = self.reader.judge(fine, mid, features)
        return latent.float(), region_share(regions.float()), dense.float().sigmoid(), features.float()


SHAPES: dict[str, tuple[int, ...]] = {
    "latent": (8, 32, 32),
    "share": (8, 32, 32),
    "opacity": (1, 32, 32),
    "features": (FEATURES, 8, 8),
    "theta": (2, 3),
}


@dataclass(frozen=True)
class LatentCache:
    """Memory-mapped float16 arrays, (views, images, ...) each; view 0 is the image as it is, theta what warped it."""

    arrays: dict[str, NDArray[np.float16]]
    rows: NDArray[np.int64]
    folder: Path

    @property
    def views(self) -> int:
        """Views that are whole; the cache may still be growing while the denoiser trains."""
        return int((self.folder / "views.txt").read_text())

    def read(self, name: str, view: Tensor, item: Tensor) -> Tensor:
        """Float32 rows of one array for (view, item) pairs."""
        return torch.from_numpy(self.arrays[name][view.numpy(), item.numpy()].astype(np.float32))


def open_cache(folder: Path, index: Index) -> LatentCache:
    """The cache as far as it is filled."""
    rows = index.where("train")
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in SHAPES}
    return LatentCache(arrays, rows, folder)


Shapes = dict[str, tuple[int, ...]]

MakeView = Callable[[int, NDArray[np.int64], torch.Generator], tuple[Tensor, ...]]
"""(view, rows of the index, generator) -> one tensor for each array of a cache."""


def fill_views(
    folder: Path, shapes: Shapes, rows: NDArray[np.int64], config: dict[str, Any], minutes: float, make: MakeView
) -> None:
    """Fills a cache view by view; goes on where it stopped, and stops after `minutes` once one view is whole."""
    begin = time.time()
    views = int(config["views"])
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "views.txt"
    first = int(done.read_text()) if done.exists() else 0
    arrays = {
        name: np.lib.format.open_memmap(
            folder / f"{name}.npy", mode="r+" if first else "w+", dtype=np.float16, shape=(views, len(rows), *shape)
        )
        for name, shape in shapes.items()
    }
    for view in range(first, views):
        generator = torch.Generator().manual_seed(int(config["seed"]) + view)
        for start in range(0, len(rows), 32):
            if view > 0 and time.time() - begin > minutes * 60:
                print(f"stopped inside view {view}: {view} are whole", flush=True)
                return
            pick = rows[start : start + 32]
            for name, value in zip(shapes, make(view, pick, generator), strict=True):
                arrays[name][view, start : start + len(pick)] = value.numpy().astype(np.float16)
            if start % 1024 == 0:
                print(f"view {view}: {start}/{len(rows)} {(time.time() - begin) / 60:.1f} min", flush=True)
        for array in arrays.values():
            array.flush()
        partial = done.with_suffix(".partial")
        partial.write_text(str(view + 1))
        partial.rename(done)


def vary(x: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Images (N, 1, 256, 256) a little turned, scaled, shifted, of other contrast; and what warped them, (N, 2, 3)."""
    theta = random_affine(len(x), generator, rotate=5, scale=0.08, shift=0.05)
    return jitter_contrast(warp(x, theta), generator, 0.12), theta


def cache_latents(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Fills the cache view by view (the first plain, others augmented); goes on where it stopped, within `minutes`."""
    index = load_index(cache)
    guides = Guides.load(folder.parent)

    def make(view: int, rows: NDArray[np.int64], generator: torch.Generator) -> tuple[Tensor, ...]:
        x, theta = index.images(rows), torch.eye(2, 3).repeat(len(rows), 1, 1)
        if view:
            x, theta = vary(x, generator)
        return (*guides.describe(x), theta)

    fill_views(folder, SHAPES, index.where("train"), config, minutes, make)


def context_of(records: list[Record]) -> Tensor:
    """Context rows (N, 8) of records: source one-hot, age group, log2(long side / 1024), ln(aspect)."""
    out = torch.zeros(len(records), 8)
    for i, r in enumerate(records):
        w, h = r.native_size
        out[i, r.source_index] = 1
        out[i, 5] = 1 if r.paediatric else -1
        out[i, 6] = float(np.log2(max(w, h) / 1024))
        out[i, 7] = float(np.log(w / h))
    return out
