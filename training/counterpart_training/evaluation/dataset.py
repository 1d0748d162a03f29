"""Any folder with a manifest.csv, as an index whose images are read when asked for."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from ..data.index import SIZE, Index, Record, parse_row
from ..findings import SOURCES
from .errors import ColumnsMissing, EmptySplit, ImageUnreadable, ManifestMissing, RowUnreadable, UnknownSplit

NEEDED = ("path", "source", "split", "patient")
"""Columns without which nothing can be measured. All others may be absent: absent is 'not annotated'."""

OPTIONAL = ("native_w", "native_h", "age", "opacity_boxes", "lung_box", "nodule_detail", "brixia")


def read_grey(path: Path) -> NDArray[np.uint8]:
    """An image file as presentation grey (256, 256), squashed. 16-bit files keep their upper byte.

    Raises ImageUnreadable.
    """
    try:
        with Image.open(path) as image:
            deep = image.mode.startswith("I")
            pixels = np.asarray(image if deep else image.convert("L"))
            grey = Image.fromarray((pixels >> 8 if deep else pixels).clip(0, 255).astype(np.uint8))
            if grey.size != (SIZE, SIZE):
                grey = grey.resize((SIZE, SIZE), Image.Resampling.BICUBIC)
            return np.asarray(grey)
    except OSError as error:
        raise ImageUnreadable(path, str(error)) from error


@dataclass(frozen=True)
class FolderIndex(Index):
    """An index without packed pixels: images are decoded from the folder, batch by batch."""

    root: Path

    def images(self, rows: NDArray[np.int64]) -> torch.Tensor:
        """Presentation grey in [-1, 1], shape (len(rows), 1, 256, 256), float32. Raises ImageUnreadable."""
        grey = [read_grey(self.root / self.records[int(i)].path) for i in rows]
        pixels = np.stack(grey) if grey else np.zeros((0, SIZE, SIZE), np.uint8)
        return torch.from_numpy(pixels).float().div_(127.5).sub_(1).unsqueeze(1)

    @property
    def splits(self) -> set[str]:
        return {r.split for r in self.records}


def open_folder(root: Path) -> FolderIndex:
    """All rows of root/manifest.csv whose source the networks know.

    Raises ManifestMissing, ColumnsMissing, RowUnreadable.
    """
    path = root / "manifest.csv"
    if not path.is_file():
        raise ManifestMissing(root)
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [c for c in NEEDED if c not in (reader.fieldnames or [])]
        if missing:
            raise ColumnsMissing(path, missing, NEEDED)
        blank = dict.fromkeys(OPTIONAL, "")
        rows = [blank | {k: v or "" for k, v in row.items() if k} for row in reader]
    try:
        records = [parse_row(row) for row in rows if row["source"] in SOURCES]
    except ValueError as error:
        raise RowUnreadable(path, str(error)) from error
    return FolderIndex(records, np.zeros((0, SIZE, SIZE), np.uint8), root)


def rows_of(index: FolderIndex, split: str, low_resolution: bool = False) -> NDArray[np.int64]:
    """Row numbers of a split, without images that exist only at 64 pixels. Raises UnknownSplit, EmptySplit."""
    if split not in index.splits:
        raise UnknownSplit(split, index.splits)
    rows = index.where(split, low_resolution=low_resolution)
    if len(rows) == 0:
        raise EmptySplit(split, "all of its images are 64 pixels wide")
    return rows


def spread(rows: NDArray[np.int64], limit: int | None, seed: int = 0) -> NDArray[np.int64]:
    """At most `limit` of the rows, drawn without replacement, in their order."""
    if limit is None or len(rows) <= limit:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, limit, replace=False))


def write_folder(root: Path, images: torch.Tensor, records: Sequence[Record], findings: Sequence[str]) -> None:
    """Images (N, 1, 256, 256) in [-1, 1] as PNGs with a manifest that `open_folder` reads back."""
    (root / "images").mkdir(parents=True, exist_ok=True)
    header = [*NEEDED, "native_w", "native_h", "age", *findings]
    with (root / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for k, (x, r) in enumerate(zip(images, records, strict=True)):
            name = f"images/{k:05d}.png"
            grey = ((x[0].clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).numpy()
            Image.fromarray(grey).save(root / name)
            labels = ["" if v < 0 else str(v) for v in r.labels]
            age = "paediatric" if r.paediatric else ""
            writer.writerow([name, r.source, r.split, r.patient, *r.native_size, age, *labels])
