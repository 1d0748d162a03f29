"""Pieces of lung set into other lungs: where they go, what they change, and what a reader is asked about them."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from counterpart_training.data.index import SIZE, Index, Record
from counterpart_training.data.transplant import CELL, NO_FINDING, OPACITY, Transplants
from counterpart_training.evaluation.transplanted import evaluate_transplants
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import GRID

CLEAR, OPAQUE, TISSUE = 60, 170, 220
BOX = (0.125, 0.625, 0.4375, 0.875)
"""Over the lower zone of the patient's right lung."""
UPPER_ROWS = slice(4, 12)


def chest_share() -> Tensor:
    """Shares (8, 32, 32): three zones of eight rows in each lung, nine columns wide."""
    share = torch.zeros(8, GRID, GRID)
    for k in range(3):
        share[1 + k, 4 + 8 * k : 12 + 8 * k, 4:13] = 1
        share[4 + k, 4 + 8 * k : 12 + 8 * k, 19:28] = 1
    share[0] = 1 - share[1:].sum(0)
    return share


def record(name: str, boxes: tuple[tuple[float, float, float, float], ...] | None) -> Record:
    labels = tuple(-1 for _ in FINDINGS)
    return Record(name, "siim", "train", name, (1000, 1000), False, labels, boxes, None, None, None, False)


@pytest.fixture
def index() -> Index:
    """Three clear chests, three with an opaque lower zone, and one whose boxes are not known."""
    inside = np.kron(chest_share()[1:7].sum(0).numpy() > 0, np.ones((CELL, CELL))) > 0
    clear = np.where(inside, CLEAR, TISSUE).astype(np.uint8)
    opaque = clear.copy()
    opaque[160:224, 32:112] = np.where(inside, OPAQUE, TISSUE)[160:224, 32:112]
    names = [("c0", ()), ("c1", ()), ("c2", ()), ("o0", (BOX,)), ("o1", (BOX,)), ("o2", (BOX,)), ("u", None)]
    records = [record(name, boxes) for name, boxes in names]
    return Index(records, np.stack([clear] * 3 + [opaque] * 3 + [clear]))


@pytest.fixture
def transplants(index: Index) -> Transplants:
    rows = np.arange(len(index.records))
    return Transplants(index, rows, chest_share().repeat(len(rows), 1, 1, 1))


def set_in(transplants: Transplants, opaque: bool, seed: int) -> tuple[Tensor, Tensor, NDArray[np.bool_] | None]:
    x, target = transplants.index.images(np.array([0]))[0], torch.zeros(GRID, GRID)
    cells = transplants.set_in(x, target, 0, opaque, torch.Generator().manual_seed(seed))
    return x, target, cells


def test_donors_are_told_apart_by_their_boxes(transplants: Transplants) -> None:
    assert transplants.clear == [0, 1, 2]
    assert transplants.diseased == [3, 4, 5]


@pytest.mark.parametrize("seed", range(12))
def test_a_piece_of_opacity_brightens_clear_lung_and_nothing_else(transplants: Transplants, seed: int) -> None:
    before = transplants.index.images(np.array([0]))[0]
    x, target, cells = set_in(transplants, True, seed)
    assert cells is not None
    lungs = transplants.lungs[0].zone >= 0
    assert cells.sum() >= 8 and (cells <= lungs).all()
    assert (target.numpy() == cells).all()
    change = (x - before)[0]
    middle = change[CELL // 2 :: CELL, CELL // 2 :: CELL].numpy()
    assert (middle[cells] > 0.2).all()
    far = torch.nn.functional.max_pool2d(torch.from_numpy(cells).float()[None], 3, 1, 1)[0].numpy() == 0
    assert (middle[far] == 0).all()


@pytest.mark.parametrize("seed", range(12))
def test_a_piece_of_clear_lung_changes_neither_map_nor_much_of_the_image(transplants: Transplants, seed: int) -> None:
    before = transplants.index.images(np.array([0]))[0]
    x, target, cells = set_in(transplants, False, seed)
    assert cells is not None
    assert not target.any()
    assert float((x - before).abs().max()) < 0.01


def test_upper_zones_get_most_pieces(transplants: Transplants) -> None:
    rows = [float(np.argwhere(c).mean(0)[0]) for s in range(60) if (c := set_in(transplants, True, s)[2]) is not None]
    upper = np.mean([UPPER_ROWS.start <= r < UPPER_ROWS.stop for r in rows])
    assert 0.5 < upper < 0.95


def test_opacity_no_brighter_than_what_it_would_cover_is_not_set_in(index: Index) -> None:
    dull = Index(index.records, np.stack([index.pixels[0]] * len(index.records)))
    rows = np.arange(len(index.records))
    transplants = Transplants(dull, rows, chest_share().repeat(len(rows), 1, 1, 1))
    assert set_in(transplants, True, 1)[2] is None


def test_labels_follow_what_was_set_in(transplants: Transplants) -> None:
    rows = np.array([0, 1, 2, 6] * 6)
    x, target = transplants.index.images(rows), torch.zeros(len(rows), GRID, GRID)
    labels, image = torch.full((len(rows), len(FINDINGS)), -1.0), torch.zeros(len(rows))
    transplants.spread(1.0, rows, x, target, labels, image, torch.Generator().manual_seed(2))
    opaque = target.flatten(1).amax(1) > 0
    assert 0 < int(opaque.sum()) < len(rows)
    assert (image == opaque).all()
    assert (labels[opaque, OPACITY] == 1).all() and (labels[opaque, NO_FINDING] == 0).all()
    assert (labels[~opaque] == -1).all()
    assert not opaque[rows == 6].any() and torch.equal(x[rows == 6], transplants.index.images(rows[rows == 6]))


def test_no_share_leaves_the_batch_as_it_is(transplants: Transplants) -> None:
    rows = np.array([0, 1, 2])
    x, image = transplants.index.images(rows), torch.zeros(3)
    labels, target = torch.full((3, len(FINDINGS)), -1.0), torch.zeros(3, GRID, GRID)
    transplants.spread(0.0, rows, x, target, labels, image, torch.Generator().manual_seed(2))
    assert torch.equal(x, transplants.index.images(rows)) and not target.any() and not image.any()


class Brightness(nn.Module):
    """Reads a cell's grey; blind in the first rows of the map."""

    def __init__(self, blind_rows: int) -> None:
        super().__init__()
        self.blind_rows = blind_rows

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        dense = 4 * torch.nn.functional.avg_pool2d(x, SIZE // GRID)
        dense[:, :, : self.blind_rows] = -4
        return torch.zeros(len(x), len(FINDINGS)), dense


def test_a_reader_that_is_blind_above_is_found_out(transplants: Transplants, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transplants, "clear", [0, 1, 2] * 24)
    seeing = evaluate_transplants(Brightness(0), transplants.index, transplants)
    blind = evaluate_transplants(Brightness(12), transplants.index, transplants)
    assert seeing["alone_upper_auroc"] > 0.95 and seeing["alone_other_auroc"] > 0.95
    assert blind["alone_upper_auroc"] < 0.7 and blind["alone_other_auroc"] > 0.9


def test_too_few_pieces_give_no_figure(transplants: Transplants) -> None:
    assert evaluate_transplants(Brightness(0), transplants.index, transplants) == {}
