"""A tiny synthetic data set with a manifest: pictures drawn from a seed, no radiograph among them."""

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from counterpart_training.evaluation.dataset import NEEDED
from counterpart_training.findings import FINDINGS

COLUMNS = [*NEEDED, "native_w", "native_h", "age", "opacity_boxes", *FINDINGS]


def picture(random: np.random.Generator, spot: bool, large: bool) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Two dark ellipses on grey; `spot`: a bright disc in one; `large`: a bright middle."""
    y, x = np.mgrid[0:256, 0:256] / 256
    image = np.full((256, 256), 0.6)
    for centre in (0.3, 0.7):
        image[((x - centre) / 0.16) ** 2 + ((y - 0.5) / 0.35) ** 2 < 1] = 0.25
    if spot:
        image[(x - 0.3) ** 2 + (y - random.uniform(0.35, 0.65)) ** 2 < 0.01] = 0.9
    if large:
        image[((x - 0.5) / 0.2) ** 2 + ((y - 0.65) / 0.2) ** 2 < 1] = 0.95
    return ((image + random.normal(0, 0.03, image.shape)).clip(0, 1) * 255).astype(np.uint8)


def write_data(root: Path, train: int, val: int, seed: int = 0, split_name: str = "val") -> Path:
    """Images of the sources siim (boxes) and nih (labels), two of a patient; a third shows an effusion ('spot') or a
    mass ('large')."""
    random = np.random.default_rng(seed)
    (root / "images").mkdir(parents=True, exist_ok=True)
    with (root / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for i in range(train + val):
            spot, large = i % 3 == 0, i % 5 == 0
            name = f"images/{i:04d}.png"
            Image.fromarray(picture(random, spot, large)).save(root / name)
            row = dict.fromkeys(COLUMNS, "")
            row |= {"path": name, "split": "train" if i < train else split_name, "patient": f"p{seed}-{i // 2}"}
            row |= {"native_w": "1000", "native_h": "900"}
            if i % 4 == 3:
                row |= {"source": "siim", "lung_opacity": str(int(spot))}
                row["opacity_boxes"] = "[[0.2,0.3,0.4,0.7]]" if spot else "[]"
            else:
                row |= {"source": "nih", "effusion": str(int(spot)), "mass": str(int(large))}
                row["no_finding"] = str(int(not spot and not large))
            writer.writerow(row)
    return root
