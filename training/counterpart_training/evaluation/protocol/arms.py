"""The arms: which images a classifier trains on, and how."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray

from ...findings import SOURCES
from ..dataset import FolderIndex, open_folder
from ..errors import ArmUnreadable, EmptySplit
from .classifier import SIDE, Pool

PLAIN = ("real", "balanced")


@dataclass(frozen=True)
class Arm:
    """balanced: class-balanced loss and resampling. folder: generated images that are added; None adds none."""

    name: str
    balanced: bool
    folder: Path | None


def parse_arm(text: str) -> Arm:
    """'real', 'balanced', 'NAME=FOLDER' (real and generated), 'balanced+NAME=FOLDER' (that, balanced).

    Raises ArmUnreadable.
    """
    if text in PLAIN:
        return Arm(text, text == "balanced", None)
    name, separator, folder = text.partition("=")
    if not separator or not name or not Path(folder).is_dir():
        raise ArmUnreadable(text, PLAIN)
    return Arm(name, name.startswith("balanced+"), Path(folder))


def labelled_rows(index: FolderIndex, sources: Collection[str] = SOURCES, sharp: bool = False) -> NDArray[np.int64]:
    """All rows of the sources with any annotated finding, of every split and resolution. Raises EmptySplit.

    sharp: only films of full resolution. Where films with a finding are seldom of few pixels, blur tells it.
    """
    rows = np.array(
        [
            i
            for i, r in enumerate(index.records)
            if r.source in sources and any(v >= 0 for v in r.labels) and not (sharp and r.low_resolution)
        ],
        dtype=np.int64,
    )
    if len(rows) == 0:
        raise EmptySplit("all", f"no row of {', '.join(sources)} has a label in any finding's column")
    return rows


def pool_of(index: FolderIndex, rows: Iterable[int]) -> Pool:
    """Images averaged down to 128 pixels, with their labels."""
    wanted = np.array(list(rows), dtype=np.int64)
    pixels = np.empty((len(wanted), SIDE, SIDE), np.uint8)
    for i in range(0, len(wanted), 128):
        small = F.adaptive_avg_pool2d(index.images(wanted[i : i + 128]), SIDE)[:, 0]
        pixels[i : i + 128] = ((small + 1) * 127.5).round().clamp(0, 255).numpy().astype(np.uint8)
    return Pool(pixels, index.labels(wanted).numpy().astype(np.int8))


@dataclass(frozen=True)
class Generated:
    """Generated images, and the patient each was made from (edits and sampled statements carry one)."""

    pool: Pool
    patients: list[str]

    def without(self, patients: set[str]) -> Pool:
        """Those that do not come from one of these patients: what a fold may train on."""
        keep = np.array([p not in patients for p in self.patients], dtype=bool)
        return Pool(self.pool.pixels[keep], self.pool.labels[keep])


def load_generated(folder: Path) -> Generated:
    """A folder of generated images with a manifest. Raises the errors of `open_folder`."""
    index = open_folder(folder)
    return Generated(pool_of(index, range(len(index.records))), [r.patient for r in index.records])
