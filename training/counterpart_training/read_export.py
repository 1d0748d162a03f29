"""What loaders of others make of a folder that `counterpart export` wrote: `python read_export.py FOLDER LOADER`.

Prints one JSON object. Ends with 3 where the loader is not installed, so that a test can say that it was skipped. Runs
by its path, without the rest of this package and without torch.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

NOT_INSTALLED = 3


def with_datasets(folder: Path) -> dict[str, Any]:
    """Hugging Face `datasets`: the folder by its card; each part of it also as pictures with a table."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    datasets = importlib.import_module("datasets")
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as cache:
        ways = {"card": datasets.load_dataset(str(folder), cache_dir=cache)}
        for table in sorted(folder.rglob("metadata.csv")):
            part = str(table.parent)
            ways[table.parent.name] = datasets.load_dataset("imagefolder", data_dir=part, cache_dir=cache)
        for way, loaded in ways.items():
            told[way] = {
                split: {
                    "rows": len(rows),
                    "images": [row["image"].size for row in rows],
                    "types": {column: str(kind) for column, kind in rows.features.items()},
                    "labels": [row["lung_opacity"] for row in rows],
                }
                for split, rows in loaded.items()
            }
    return told


def with_mlcroissant(folder: Path) -> dict[str, Any]:
    """MLCommons `mlcroissant`: the description is valid, and its records are read through it."""
    croissant = importlib.import_module("mlcroissant")
    dataset = croissant.Dataset(jsonld=str(folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    records = {
        record_set.uuid: [
            {str(key).split("/")[-1]: plain(value) for key, value in record.items()}
            for record in dataset.records(record_set.uuid)
        ]
        for record_set in dataset.metadata.record_sets
    }
    return {"errors": sorted(issues.errors), "warnings": sorted(issues.warnings), "records": records}


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "item"):
        return plain(value.item())
    return None if value != value else value  # not a number is not known


def with_pydicom(folder: Path) -> dict[str, Any]:
    """Every DICOM file: its pixels, and what says that it is synthetic."""
    pydicom = importlib.import_module("pydicom")
    told = {}
    for path in sorted(folder.rglob("*.dcm")):
        file = pydicom.dcmread(path)
        told[path.relative_to(folder).as_posix()] = {
            "shape": list(file.pixel_array.shape),
            "sum": int(file.pixel_array.sum()),
            "class": file.SOPClassUID.name,
            "description": str(file.get("DerivationDescription", "")),
        }
    return told


def with_highdicom(folder: Path) -> dict[str, Any]:
    """The same as an image of `highdicom`, which is stricter about attributes."""
    highdicom = importlib.import_module("highdicom")
    told = {}
    for path in sorted(folder.rglob("*.dcm")):
        image = highdicom.imread(path)
        told[path.relative_to(folder).as_posix()] = {"shape": list(image.get_frame(1).shape)}
    return told


def as_image_folder(folder: Path) -> dict[str, Any]:
    """The rule of torchvision's ImageFolder: folders are classes; each holds pictures at any depth, none is empty."""
    image = importlib.import_module("PIL.Image")
    endings = (".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp")
    told = {}
    for root in sorted(folder.rglob("imagefolder")):
        classes = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
        samples = {
            name: [path for path in sorted((root / name).rglob("*")) if path.name.lower().endswith(endings)]
            for name in classes
        }
        empty = [name for name, paths in samples.items() if not paths]
        if not classes or empty:
            raise FileNotFoundError(f"no picture for: {', '.join(empty) or root.as_posix()}")
        told[root.relative_to(folder).as_posix()] = {
            name: [image.open(path).convert("RGB").size for path in paths] for name, paths in samples.items()
        }
    return told


LOADERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "datasets": with_datasets,
    "mlcroissant": with_mlcroissant,
    "pydicom": with_pydicom,
    "highdicom": with_highdicom,
    "imagefolder": as_image_folder,
}


def main(folder: str, loader: str) -> int:
    package = "PIL" if loader == "imagefolder" else loader
    if importlib.util.find_spec(package) is None:
        return NOT_INSTALLED
    sys.stdout.write(json.dumps(LOADERS[loader](Path(folder))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
