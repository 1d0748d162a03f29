"""Data index: the manifest as typed records, and every usable image packed in one memory-mapped array."""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from ..findings import FINDINGS, FURTHER_SOURCES, SOURCES

Box = tuple[float, float, float, float]

SIZE = 256
"""Side in pixels of the square all networks see."""


def data_root() -> Path:
    """Folder with manifest.csv: COUNTERPART_DATA, or ../shared/data beside the checkout."""
    given = os.environ.get("COUNTERPART_DATA")
    root = Path(given) if given else Path(__file__).resolve().parents[3].parent / "shared" / "data"
    if not (root / "manifest.csv").is_file():
        raise FileNotFoundError(
            f"No manifest.csv in {root}. Set COUNTERPART_DATA to the folder that holds manifest.csv and images/."
        )
    return root


@dataclass(frozen=True)
class Record:
    """One radiograph of the manifest. Labels: 1, 0, or -1 where the source does not annotate the finding."""

    path: str
    source: str
    split: str
    patient: str
    native_size: tuple[int, int]
    paediatric: bool
    labels: tuple[int, ...]
    opacity_boxes: tuple[Box, ...] | None
    lung_box: Box | None
    brixia: tuple[float, ...] | None
    nodule: tuple[float, float, float] | None
    low_resolution: bool
    covid19: int = -1

    @property
    def source_index(self) -> int:
        return SOURCES.index(FURTHER_SOURCES.get(self.source, self.source))


def _label(row: dict[str, str], finding: str) -> int:
    text = row.get(finding, "")
    return int(text) if text in ("0", "1") else -1


def _boxes(text: str) -> tuple[Box, ...] | None:
    if not text:
        return None
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in json.loads(text))


def _brixia(text: str) -> tuple[float, ...] | None:
    if not text:
        return None
    readers = list(json.loads(text).values())
    return tuple(float(np.mean(zone)) for zone in zip(*readers, strict=True))


def _nodule(row: dict[str, str]) -> tuple[float, float, float] | None:
    """Centre (fractions) and diameter as a fraction of the native width; JSRT pixels are 0.175 mm."""
    if not row["nodule_detail"]:
        return None
    detail = json.loads(row["nodule_detail"])
    if "x" not in detail or "size_mm" not in detail:
        return None
    return float(detail["x"]), float(detail["y"]), float(detail["size_mm"]) / (2048 * 0.175)


KNOWN = frozenset((*SOURCES, *FURTHER_SOURCES))


def parse_row(row: dict[str, str]) -> Record:
    """One manifest row as a record. Raises ValueError naming the image where a column cannot be read."""
    try:
        lung = json.loads(row["lung_box"]) if row["lung_box"] else None
        return Record(
            path=row["path"],
            source=row["source"],
            split=row["split"],
            patient=row["patient"],
            native_size=(int(float(row["native_w"] or SIZE)), int(float(row["native_h"] or SIZE))),
            paediatric=row["age"] == "paediatric",
            labels=tuple(_label(row, f) for f in FINDINGS),
            opacity_boxes=_boxes(row["opacity_boxes"]),
            lung_box=tuple(float(v) for v in lung) if lung else None,  # type: ignore[arg-type]
            brixia=_brixia(row["brixia"]),
            nodule=_nodule(row),
            low_resolution="64/" in row["path"],
            covid19=_label(row, "covid19"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ValueError(f"manifest row for {row.get('path', '?')}: {error}") from error


def read_manifest(root: Path) -> list[Record]:
    """All rows but the unlabelled 64-pixel ones (mednist), which no stage of this release uses."""
    with open(root / "manifest.csv", newline="", encoding="utf-8") as file:
        return [parse_row(row) for row in csv.DictReader(file) if row["source"] in KNOWN]


@dataclass(frozen=True)
class Index:
    """Records and their pixels, row by row: uint8 presentation values, shape (N, 256, 256)."""

    records: list[Record]
    pixels: NDArray[np.uint8]

    def where(self, split: str, *, low_resolution: bool = False, source: str | None = None) -> NDArray[np.int64]:
        """Row numbers of one split; the 64-pixel images only when asked for."""
        return np.array(
            [
                i
                for i, r in enumerate(self.records)
                if r.split == split
                and (low_resolution or not r.low_resolution)
                and (source is None or r.source == source)
            ],
            dtype=np.int64,
        )

    def images(self, rows: NDArray[np.int64]) -> torch.Tensor:
        """Presentation grey in [-1, 1], shape (len(rows), 1, 256, 256), float32."""
        return torch.from_numpy(self.pixels[rows]).float().div_(127.5).sub_(1).unsqueeze(1)

    def labels(self, rows: NDArray[np.int64]) -> torch.Tensor:
        """Shape (len(rows), findings): 1, 0, or -1 for not annotated."""
        return torch.tensor([self.records[int(i)].labels for i in rows], dtype=torch.float32)


def load_index(cache: Path, root: Path | None = None) -> Index:
    """The index, packing the images into `cache` the first time (about 0.9 GB)."""
    root = root or data_root()
    records = read_manifest(root)
    packed = cache / f"pixels-{len(records)}.npy"
    if not packed.exists():
        cache.mkdir(parents=True, exist_ok=True)
        partial = packed.with_suffix(".partial.npy")
        out = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=(len(records), SIZE, SIZE))
        for i, record in enumerate(records):
            with Image.open(root / record.path) as image:
                grey = image.convert("L")
            out[i] = np.asarray(
                grey if grey.size == (SIZE, SIZE) else grey.resize((SIZE, SIZE), Image.Resampling.BICUBIC)
            )
        out.flush()
        partial.rename(packed)
    return Index(records, np.load(packed, mmap_mode="r"))
