"""Drawn findings as the denoiser learns them: each film with what was drawn on it, and the same film without.

`node bench/drawnFilms.mjs` draws; this stage describes both films of each pair in the same views.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from ..data.augment import warp
from ..data.index import Index, Record, load_index
from ..data.statement import ANYWHERE, FOCUS, HOMES
from ..findings import FINDINGS, REGIONS
from ..networks.reader import GRID
from .latents import SHAPES, Guides, LatentCache, Shapes, fill_views, vary

DRAWN = tuple(f for f in FINDINGS if f not in ("lung_opacity", "pneumonia", "no_finding"))
"""Findings that `node bench/drawnFilms.mjs` draws."""

PAIR = ("before", "drawn")
"""What a pair holds, in the order of its arrays."""

DRAWING_SHAPES: Shapes = {f"{name}_{which}": SHAPES[name] for name in SHAPES if name != "theta" for which in PAIR} | {
    "where": (1, GRID, GRID)
}
"""Both films of a pair, described; `where`: the share of a cell in which the drawing changed the film visibly."""

VISIBLE = 4
"""Grey levels of 256 from which a change counts as visible."""


def drawn_findings(config: dict[str, Any]) -> tuple[str, ...]:
    """Findings that a denoiser's configuration learns from drawings: none, those of `drawn_findings`, or all.

    Raises ValueError for one that is not drawn.
    """
    if not config.get("drawings"):
        return ()
    named = tuple(config.get("drawn_findings", DRAWN))
    unknown = [finding for finding in named if finding not in DRAWN]
    if unknown or not named:
        raise ValueError(f"drawn_findings names {', '.join(unknown) or 'none'}: name some of {', '.join(DRAWN)}")
    return named


@dataclass(frozen=True)
class Drawing:
    """One row of drawings.csv: a finding, its regions and severity (0, 3], and the row of the film in the index."""

    path: Path
    film: int
    finding: int
    regions: tuple[int, ...]
    severity: float


def read_drawings(folder: Path, index: Index) -> list[Drawing]:
    """Drawings of a folder. Raises FileNotFoundError that names the command to run first, ValueError for a film or
    place that is not known."""
    table = folder / "drawings.csv"
    if not table.exists():
        raise FileNotFoundError(f"{table} is missing: run `node bench/drawnFilms.mjs --out {folder}` first")
    films = {record.path: row for row, record in enumerate(index.records)}
    out: list[Drawing] = []
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["film"] not in films:
                raise ValueError(f"{table}: the film {row['film']} is not in the index: draw on films of this manifest")
            regions = tuple(REGIONS.index(place) for place in row["places"].split())
            finding = FINDINGS.index(row["finding"])
            out.append(Drawing(folder / row["path"], films[row["film"]], finding, regions, float(row["severity"])))
    return out


def cache_drawings(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Fills the cache of pairs view by view (the first plain); goes on where it stopped, within `minutes`."""
    index = load_index(cache)
    guides = Guides.load(folder.parent)
    drawings = read_drawings(folder / "films", index)

    def make(view: int, picked: NDArray[np.int64], generator: torch.Generator) -> tuple[Tensor, ...]:
        chosen = [drawings[int(i)] for i in picked]
        before = index.images(np.array([d.film for d in chosen], dtype=np.int64))
        drawn = torch.stack([image_of(d.path) for d in chosen])
        where = ((drawn - before).abs() > VISIBLE / 127.5).float()
        both = torch.cat([before, drawn])
        if view:
            # The same view of both: whatever else differs between them would be taken for the finding.
            state = generator.get_state()
            first, theta = vary(before, generator)
            generator.set_state(state)
            second, _ = vary(drawn, generator)
            both, where = torch.cat([first, second]), warp(where, theta, fill="zeros")
        described = [value.chunk(2) for value in guides.describe(both)]
        return (*(half for value in described for half in value), F.adaptive_avg_pool2d(where, GRID))

    fill_views(folder, DRAWING_SHAPES, np.arange(len(drawings)), config, minutes, make)


def image_of(path: Path) -> Tensor:
    """A picture of 256 x 256 as the networks see it, (1, 256, 256) in [-1, 1]."""
    grey = np.asarray(Image.open(path).convert("L"), dtype=np.float32)
    return torch.from_numpy(grey / 127.5 - 1)[None]


class Drawings:
    """The cache of pairs, and what is to be said of each."""

    def __init__(self, folder: Path, index: Index) -> None:
        """Raises FileNotFoundError that names the stage to run first."""
        if not (folder / "views.txt").exists():
            raise FileNotFoundError(f"{folder / 'views.txt'} is missing: run the drawings stage first")
        self.drawings = read_drawings(folder / "films", index)
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in DRAWING_SHAPES}
        self.cache = LatentCache(arrays, np.arange(len(self.drawings)), folder)
        self.records: list[Record] = [index.records[d.film] for d in self.drawings]
        self.labels = index.labels(np.array([d.film for d in self.drawings], dtype=np.int64))
        self.findings = [FINDINGS[d.finding] for d in self.drawings]

    def __len__(self) -> int:
        return len(self.drawings)

    def severities(self, item: Tensor, drawn: Tensor) -> Tensor:
        """What is known of each finding by place, see `placed_severities`."""
        return placed_severities([self.drawings[i] for i in item.tolist()], drawn)


def placed_severities(drawings: list[Drawing], drawn: Tensor) -> Tensor:
    """What is known of each finding by place, (N, regions, findings) in [0, 3], -1 where nothing is.

    A drawing says where its finding is and that it is nowhere else; a film before it (`drawn` is false), that it is
    nowhere.
    """
    out = torch.full((len(drawings), len(REGIONS), len(FINDINGS)), -1.0)
    for n, (d, has) in enumerate(zip(drawings, drawn.tolist(), strict=True)):
        out[n, :, d.finding] = 0
        if not has:
            continue
        home = HOMES.get(FINDINGS[d.finding])
        # What lies under a mask depends on the mask, which is drawn later.
        present = [*d.regions, ANYWHERE, FOCUS, *([REGIONS.index(home)] if home else [])]
        out[n, present, d.finding] = d.severity
    return out
