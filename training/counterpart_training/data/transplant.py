"""Zones of one patient's lungs set into another's, so that readers learn what opacity looks like and not where it is.

In the data opacity of an upper zone comes with opacity below it, and a reader learns the company and not the look: it
does not see such an opacity alone. Here a zone is cut from one radiograph, with whatever it holds, and set into the
same zone of another, after copy-paste augmentation (Ghiasi et al., arXiv 2012.07177): opaque zones into clear lungs,
clear ones into opaque, and like into like, so that a seam says nothing. Only real pixels are used: a judge that had
seen generated ones would know their maker.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..findings import FINDINGS, ZONES
from ..networks.reader import GRID
from .augment import boxes_to_map
from .index import SIZE, Index
from .statement import OPACITY

NO_FINDING = FINDINGS.index("no_finding")
CELL = SIZE // GRID
UPPER = (0, 3)
"""The upper zones among the six."""
SHARE = 0.5
"""Share of a zone, or of boxes, in a cell from which the cell belongs to it."""
FEWEST = 12
"""Cells of the smallest zone that is moved."""
OPAQUE, CLEAR = 0.5, 0.02
"""Share of a zone under boxes from which it counts as opaque, and up to which as clear."""
RIM = 2
"""Cells around a zone in which it fades into its surroundings and by which its grey is matched."""


@dataclass(frozen=True)
class Lungs:
    """Where the zones of an image are, (6, 32, 32); its boxes (32, 32); how much of each zone they cover (6)."""

    zones: NDArray[np.bool_]
    boxes: Tensor
    cover: NDArray[np.float32]

    def has(self, zone: int) -> bool:
        return bool(self.zones[zone].sum() >= FEWEST)

    def frame(self, zone: int) -> tuple[int, int, int, int]:
        """First row, first column, end row and end column in cells of a zone and its rim, inside the picture."""
        rows, columns = np.nonzero(self.zones[zone])
        return (
            max(0, int(rows.min()) - RIM),
            max(0, int(columns.min()) - RIM),
            min(GRID, int(rows.max()) + 1 + RIM),
            min(GRID, int(columns.max()) + 1 + RIM),
        )


@dataclass(frozen=True)
class Moved:
    """A zone that was set in: its cells (32, 32), the row that gave it, and the frames it went into and came from."""

    cells: NDArray[np.bool_]
    donor: int
    mine: tuple[int, int, int, int]
    theirs: tuple[int, int, int, int]

    def bring(self, of_donor: Tensor) -> Tensor:
        """A map of the donor (32, 32) as it lies around the zone now; zero outside the frame."""
        top, left, bottom, right = self.mine
        out = torch.zeros_like(of_donor)
        out[top:bottom, left:right] = _cut(of_donor[None], self.theirs, 1, (bottom - top, right - left))
        return out


class Transplants:
    """Radiographs that give and take zones: those among `rows` (N) of the index whose boxes are known.

    share: the anatomist's region shares (N, 8, 32, 32).
    """

    def __init__(self, index: Index, rows: NDArray[np.int64], share: Tensor) -> None:
        self.index = index
        self.lungs: dict[int, Lungs] = {}
        self.opaque: list[list[int]] = [[] for _ in ZONES]
        self.clear: list[list[int]] = [[] for _ in ZONES]
        for row, regions in zip(rows.tolist(), share, strict=True):
            boxes = index.records[row].opacity_boxes
            if boxes is None:
                continue
            zones, drawn = regions[1:7], boxes_to_map(boxes, GRID)
            cover = (zones * drawn).sum((1, 2)) / zones.sum((1, 2)).clamp(min=1e-3)
            lungs = Lungs((zones > SHARE).numpy(), drawn, cover.numpy())
            self.lungs[row] = lungs
            for zone in range(len(ZONES)):
                if lungs.has(zone):
                    if cover[zone] >= OPAQUE:
                        self.opaque[zone].append(row)
                    elif cover[zone] <= CLEAR:
                        self.clear[zone].append(row)

    @property
    def clear_rows(self) -> list[int]:
        """Radiographs without any box."""
        return [row for row, lungs in self.lungs.items() if not lungs.boxes.any()]

    def choose_zone(self, row: int, generator: torch.Generator) -> int | None:
        """A zone of a radiograph, an upper one in two of three draws; None where it has none."""
        able = [z for z in range(len(ZONES)) if self.lungs[row].has(z)]
        upper = [z for z in able if z in UPPER]
        if not able:
            return None
        some = upper if upper and float(torch.rand((), generator=generator)) < 2 / 3 else able
        return some[_below(len(some), generator)]

    def set_in(
        self, x: Tensor, target: Tensor, row: int, zone: int, opaque: bool, generator: torch.Generator
    ) -> Moved | None:
        """Sets another's zone, opaque or clear, into x (1, 256, 256) of a row and its opacity map (32, 32), in place.

        Returns what was moved; None where nobody has such a zone to give.
        """
        donors = (self.opaque if opaque else self.clear)[zone]
        if not donors:
            return None
        donor = donors[_below(len(donors), generator)]
        mine, theirs = self.lungs[row], self.lungs[donor]
        moved = Moved(mine.zones[zone], donor, mine.frame(zone), theirs.frame(zone))
        top, left, bottom, right = moved.mine
        height, width = bottom - top, right - left
        here = x[0, CELL * top : CELL * bottom, CELL * left : CELL * right]
        given = _cut(self.index.images(np.array([donor]))[0], moved.theirs, CELL, (CELL * height, CELL * width))
        cells = torch.from_numpy(moved.cells)
        alpha = _faded(cells[top:bottom, left:right])
        matched = given + _around(here, alpha) - _around(given, alpha)
        here += alpha * (matched - here)
        x.clamp_(-1, 1)
        target.copy_(torch.where(cells, moved.bring(theirs.boxes), target))
        return moved

    def relabel(self, labels: Tensor, row: int, zone: int, opaque: bool) -> None:
        """Labels (findings) of a row after its zone was set in, in place.

        Where a clear zone took the place of what was opaque, the image's labels are no longer known.
        """
        if opaque:
            labels[OPACITY], labels[NO_FINDING] = 1, 0
        elif self.lungs[row].cover[zone] > CLEAR:
            labels[:] = -1

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
        """Sets opaque zones, or as often clear ones, into a `share` of a batch that can take them, in place.

        x (N, 1, 256, 256), opacity map `target` (N, 32, 32), labels (N, findings), image-level opacity `image` (N).
        """
        for i, (chosen, kind) in enumerate(torch.rand(len(rows), 2, generator=generator).tolist()):
            row, opaque = int(rows[i]), kind < 0.5
            if chosen >= share or row not in self.lungs:
                continue
            zone = self.choose_zone(row, generator)
            if zone is None or self.set_in(x[i], target[i], row, zone, opaque, generator) is None:
                continue
            self.relabel(labels[i], row, zone, opaque)
            if opaque:
                image[i] = 1
            elif self.lungs[row].cover[zone] > CLEAR:
                image[i] = float(bool((target[i] > SHARE).any())) or -1


def _cut(image: Tensor, frame: tuple[int, int, int, int], cell: int, size: tuple[int, int]) -> Tensor:
    """A frame (in cells) of an image (1, H, W), resampled to `size`."""
    top, left, bottom, right = (cell * edge for edge in frame)
    return F.interpolate(image[None, :, top:bottom, left:right], size, mode="bilinear")[0, 0]


def _faded(cells: Tensor) -> Tensor:
    """Cells of a zone as opacity of its pixels, (8 H, 8 W) in [0, 1], with a rim of two cells' width."""
    full = F.interpolate(cells.float()[None, None], scale_factor=float(CELL), mode="nearest")
    return F.avg_pool2d(full, 2 * CELL + 1, stride=1, padding=CELL, count_include_pad=False)[0, 0]


def _around(image: Tensor, alpha: Tensor) -> Tensor:
    """Mean grey of the surroundings, where nothing is set in; of everything where there are none."""
    weight = 1 - alpha
    return (image * weight).sum() / weight.sum() if float(weight.sum()) > 1 else image.mean()


def _below(count: int, generator: torch.Generator) -> int:
    return int(torch.randint(0, count, (), generator=generator))
