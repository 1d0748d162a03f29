"""neighbours.safetensors beside the second reader: its features of the training images, few and rounded.

From them the browser tells how near an edited image comes to a training image. What they can give back of a patient is
weighed in docs/decisions/087-nearest-training-image.md: no names, no labels, no order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor

from ..data.index import Index, load_index
from ..evaluation.memorisation import MINIMUM, QUANTILES, nearest
from ..networks.blocks import channels_last
from ..networks.reader import SecondReader
from .errors import NeighboursTooLarge
from .manifest import file_entry

FILE = "neighbours.safetensors"

DIMENSIONS = 54
"""Whitened principal components that are kept, an even number: fewer tell copies less well, more exceed the LIMIT."""

LEVELS = 7
"""Steps to either side of 0 that a component is rounded to: half a byte."""

REACH = 3.0
"""Standard deviations at the last step."""

LIMIT = 400_000
"""Bytes that the file may have."""

SEED = 20
"""Of the order of the vectors, so that a place in the list says nothing."""

Points = NDArray[np.float32]


@dataclass(frozen=True)
class Neighbours:
    """A training image is at (levels (n, k) - 8) x scale (k), other features (m, d) at (x - mean) @ projection.

    `vectors` (n, k / 2) holds two levels a byte, the first in the lower half.
    """

    mean: NDArray[np.float32]
    projection: NDArray[np.float32]
    scale: NDArray[np.float32]
    vectors: NDArray[np.uint8]

    @staticmethod
    def fit(features: Points, dimensions: int = DIMENSIONS) -> "Neighbours":
        """Whitened principal components of the training images' features (n, d), rounded to 4 bits, in random order."""
        mean = features.mean(0, dtype=np.float64)
        centred = features - mean
        variance, axes = np.linalg.eigh(centred.T @ centred / len(features))
        kept = np.argsort(variance)[::-1][:dimensions]
        # A direction without any spread tells nothing, and must not be divided by.
        spread = np.sqrt(np.maximum(variance[kept], 1e-6 * variance.max()))
        projection = axes[:, kept] / spread
        scale = np.full(len(kept), REACH / LEVELS, np.float32)
        steps = np.round(centred @ projection / scale).clip(-LEVELS, LEVELS) + LEVELS + 1
        levels = np.random.default_rng(SEED).permutation(steps.astype(np.uint8))
        vectors = levels[:, 0::2] | levels[:, 1::2] << 4
        return Neighbours(mean.astype(np.float32), projection.astype(np.float32), scale, vectors)

    @staticmethod
    def read(path: Path) -> "Neighbours":
        return Neighbours(**load_file(path))

    def write(self, path: Path) -> None:
        """Raises NeighboursTooLarge above 400 kB."""
        arrays = {
            name: np.ascontiguousarray(getattr(self, name)) for name in ("mean", "projection", "scale", "vectors")
        }
        save_file(arrays, path)
        if (size := path.stat().st_size) > LIMIT:
            raise NeighboursTooLarge(size, LIMIT)

    def nearest(self, features: Points) -> NDArray[np.float64]:
        """Distance (m) of features (m, d) to the nearest training image."""
        places = (features.astype(np.float64) - self.mean) @ self.projection.astype(np.float64)
        return nearest(places, self.places())

    def places(self) -> NDArray[np.float64]:
        """Where the training images are, (n, k)."""
        levels = np.stack([self.vectors & 15, self.vectors >> 4], 2).reshape(len(self.vectors), -1)
        return (levels.astype(np.float64) - LEVELS - 1) * self.scale


@torch.no_grad()
def features_of(judge: SecondReader, images: Callable[[int, int], Tensor], count: int, batch: int = 32) -> Points:
    """Features (count, 6 width), float32 as in the browser, of images that `images(start, stop)` gives."""
    channels_last(judge.eval())
    parts = []
    for start in range(0, count, batch):
        x = images(start, min(start + batch, count)).contiguous(memory_format=torch.channels_last)
        parts.append(judge.described(x)[2].float())
    return torch.cat(parts).numpy()


def packed_index(runs: Path) -> Index | None:
    """The index, where its pixels were packed before; an export packs none."""
    return load_index(runs / "cache") if any((runs / "cache").glob("pixels-*.npy")) else None


def write_neighbours(folder: Path, judge: SecondReader, index: Index, golden: Tensor) -> dict[str, Any] | None:
    """Writes the file into `folder`; returns its entry in the manifest.

    The entry: hash, number of images, distances of unseen ones, and that of the features `golden` (1, d), for tests of
    who reads the file. None, and no file, where there are too few training or validation images to place a limit by.
    """
    training, unseen = index.where("train"), index.where("val")
    if min(len(training), len(unseen)) < MINIMUM:
        return None
    bank = Neighbours.fit(features_of(judge, lambda a, b: index.images(training[a:b]), len(training)))
    bank.write(folder / FILE)
    distances = bank.nearest(features_of(judge, lambda a, b: index.images(unseen[a:b]), len(unseen)))
    quantiles = [[share, round(float(np.quantile(distances, share)), 4)] for share in QUANTILES]
    own = round(float(bank.nearest(golden.float().numpy())[0]), 5)
    return {**file_entry(folder / FILE), "images": len(training), "unseen": quantiles, "golden": own}
