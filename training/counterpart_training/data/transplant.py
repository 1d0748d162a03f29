"""Opacities where they seldom are: a piece of one patient's lung set into another's, for the readers to learn from.

In the data opacity of an upper zone comes with opacity below it, so a reader learns the place and not the look, and
does not see it alone. Here a piece of an opacity (by its box) is set somewhere in clear lungs, after copy-paste
augmentation (Ghiasi et al., arXiv 2012.07177); as often a piece of clear lung is, in the same way, so that a seam is no
sign of disease. Only real pixels are used: a judge that had seen generated ones would know their maker.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..findings import FINDINGS
from ..networks.reader import GRID
from .augment import boxes_to_map
from .index import SIZE, Index

OPACITY, NO_FINDING = FINDINGS.index("lung_opacity"), FINDINGS.index("no_finding")
CELL = SIZE // GRID
UPPER = (0, 3)
"""The upper zones among the six."""
LUNG = 0.5
"""Share of a zone in a cell from which the cell belongs to it."""
FEWEST = 8
"""Cells of the smallest piece."""
BRIGHTER = 0.1
"""How much brighter than what it covers a piece of opacity is at least, of grey in [-1, 1]."""
TRIES = 8


@dataclass(frozen=True)
class Lung:
    """What is known of an image: the zone of every cell (32, 32; -1 outside), grey levels that stand for its exposure,
    and the cells under its opacity boxes."""

    zone: NDArray[np.int8]
    dark: float
    bright: float
    opaque: NDArray[np.bool_]

    def usable(self, opaque: bool) -> NDArray[np.bool_]:
        """Cells of the lungs that a piece may hold: those under boxes, or all."""
        inside: NDArray[np.bool_] = self.zone >= 0
        return inside & self.opaque if opaque else inside

    def side(self, row: int, column: int) -> int:
        """0 for the patient's right lung, 1 for the left, -1 outside."""
        zone = int(self.zone[row, column])
        return -1 if zone < 0 else zone // 3


@dataclass(frozen=True)
class Piece:
    """Cells around the `centre` of a donor, up to `reach` (rows, columns) from it."""

    donor: int
    centre: tuple[int, int]
    reach: tuple[int, int]


def lung_of(pixels: NDArray[np.uint8], share: Tensor, opaque: NDArray[np.bool_]) -> Lung:
    """The lung of pixels (256, 256) from region shares (8, 32, 32)."""
    zones = share[1:7]
    zone = np.where(zones.amax(0).numpy() > LUNG, zones.argmax(0).numpy(), -1).astype(np.int8)
    inside = np.kron(zone >= 0, np.ones((CELL, CELL), dtype=bool))
    grey = pixels.astype(np.float32) / 127.5 - 1
    dark = float(np.percentile(grey[inside], 10)) if inside.any() else -1.0
    return Lung(zone, dark, float(np.percentile(grey, 90)), opaque)


class Transplants:
    """Donors and recipients, where boxes are known; `rows` (N) of the index, `share` (N, 8, 32, 32)."""

    def __init__(self, index: Index, rows: NDArray[np.int64], share: Tensor) -> None:
        self.index = index
        self.lungs: dict[int, Lung] = {}
        self.diseased: list[int] = []
        self.clear: list[int] = []
        for row, regions in zip(rows.tolist(), share, strict=True):
            boxes = index.records[row].opacity_boxes
            if boxes is None:
                continue
            opaque = boxes_to_map(boxes, GRID).numpy() > LUNG
            lung = lung_of(index.pixels[row], regions, opaque)
            if (lung.zone >= 0).sum() < GRID:
                continue
            self.lungs[row] = lung
            (self.diseased if opaque.any() else self.clear).append(row)

    def piece(self, opaque: bool, generator: torch.Generator) -> Piece:
        """A piece of a random donor: around a cell inside a box, or around one of lungs without any."""
        donors = self.diseased if opaque else self.clear
        while True:
            donor = donors[_below(len(donors), generator)]
            cells = np.argwhere(self.lungs[donor].usable(opaque))
            if len(cells):
                row, column = cells[_below(len(cells), generator)].tolist()
                return Piece(donor, (row, column), (2 + _below(4, generator), 2 + _below(3, generator)))

    def place(self, row: int, generator: torch.Generator) -> tuple[int, int] | None:
        """A clear cell of a recipient's lungs, twice in three in an upper zone; None where there is none."""
        lung = self.lungs[row]
        free = (lung.zone >= 0) & ~lung.opaque
        upper = free & np.isin(lung.zone, UPPER)
        chosen = upper if upper.any() and float(torch.rand((), generator=generator)) < 2 / 3 else free
        cells = np.argwhere(chosen)
        if not len(cells):
            return None
        r, c = cells[_below(len(cells), generator)].tolist()
        return r, c

    def set_in(
        self, x: Tensor, target: Tensor, row: int, opaque: bool, generator: torch.Generator
    ) -> NDArray[np.bool_] | None:
        """Sets a piece into x (1, 256, 256) of a row and its opacity map (32, 32), in place.

        Returns the covered cells (32, 32); None where nothing fitted.

        A piece of opacity must be brighter than what it covers, or a box would teach that clear lung is opaque.
        """
        recipient = self.lungs[row]
        for _ in range(TRIES):
            there = self.place(row, generator)
            if there is None:
                return None
            piece = self.piece(opaque, generator)
            given = self.lungs[piece.donor]
            mirrored = given.side(*piece.centre) != recipient.side(*there)
            cells = _ellipse(there, piece.reach) & (recipient.zone >= 0) & ~recipient.opaque
            cells &= _moved(given.usable(opaque), piece.centre, there, mirrored, 1)
            if cells.sum() < FEWEST:
                continue
            grey = self.index.images(np.array([piece.donor]))[0, 0].numpy()
            grey = (grey - given.dark) / max(0.1, given.bright - given.dark)
            grey = grey * (recipient.bright - recipient.dark) + recipient.dark
            moved = torch.from_numpy(_moved(grey, piece.centre, there, mirrored, CELL))
            covered = torch.from_numpy(cells)
            spread = F.interpolate(covered.float()[None, None], (SIZE, SIZE), mode="bilinear")[0, 0]
            alpha = (2 * spread - 1).clamp(min=0)  # rises inside the cells: beyond them may be the donor's chest wall
            brighter = float(((moved - x[0]) * alpha).sum() / alpha.sum())
            if opaque and brighter < BRIGHTER:
                continue
            x[0] += alpha * (moved - x[0])
            x.clamp_(-1, 1)
            target[covered] = float(opaque)
            return cells
        return None

    def spread(
        self,
        share: float,
        rows: NDArray[np.int64],
        x: Tensor,
        target: Tensor,
        labels: Tensor,
        image: Tensor,
        generator: torch.Generator,
    ) -> None:
        """Sets pieces of opacity, or as often of clear lung, into a `share` of a batch that can receive them, in place.

        x (N, 1, 256, 256), opacity map `target` (N, 32, 32), labels (N, findings), image-level opacity `image` (N).
        """
        for i, (chosen, kind) in enumerate(torch.rand(len(rows), 2, generator=generator).tolist()):
            row, opaque = int(rows[i]), kind < 0.5
            if chosen >= share or row not in self.lungs:
                continue
            if self.set_in(x[i], target[i], row, opaque, generator) is not None and opaque:
                labels[i, OPACITY], labels[i, NO_FINDING], image[i] = 1, 0, 1


def _ellipse(centre: tuple[int, int], reach: tuple[int, int]) -> NDArray[np.bool_]:
    """Cells (32, 32) of an ellipse."""
    line = np.arange(GRID)
    rows, columns = (line - centre[0]) / (reach[0] + 0.5), (line - centre[1]) / (reach[1] + 0.5)
    return (rows[:, None] ** 2 + columns**2 <= 1).astype(np.bool_)


def _moved(
    values: NDArray[Any], source: tuple[int, int], target: tuple[int, int], mirrored: bool, cell: int
) -> NDArray[Any]:
    """Values (32 cell, 32 cell) shifted so that cell `source` comes to lie on `target`, mirrored there if asked.

    Edges repeat.
    """
    last = GRID * cell - 1
    line = np.arange(GRID * cell)
    rows = (line + cell * (source[0] - target[0])).clip(0, last)
    offset = line - cell * target[1]
    columns = cell * source[1] + ((cell - 1 - offset) if mirrored else offset)
    moved: NDArray[Any] = values[rows][:, columns.clip(0, last)]
    return moved


def _below(count: int, generator: torch.Generator) -> int:
    return int(torch.randint(0, count, (), generator=generator))
