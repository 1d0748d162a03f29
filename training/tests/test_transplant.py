"""Zones of lungs set into other lungs: where they go, what they change, and what a reader is asked about them."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from counterpart_training.data.index import SIZE, Box, Index, Record
from counterpart_training.data.statement import OPACITY
from counterpart_training.data.transplant import CELL, NO_FINDING, UPPER, Transplants
from counterpart_training.evaluation.transplanted import evaluate_transplants
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import GRID

CLEAR, OPAQUE, TISSUE = 60, 170, 220
RIGHT_LUNG: Box = (0.125, 0.125, 0.4375, 0.875)
RIGHT_UPPER, LEFT_UPPER = 0, 3


def chest_share() -> Tensor:
    """Shares (8, 32, 32): three zones of eight rows in each lung, nine or ten columns wide."""
    share = torch.zeros(8, GRID, GRID)
    for k in range(3):
        share[1 + k, 4 + 8 * k : 12 + 8 * k, 4:14] = 1
        share[4 + k, 4 + 8 * k : 12 + 8 * k, 19:28] = 1
    share[0] = 1 - share[1:].sum(0)
    return share


def record(name: str, boxes: tuple[Box, ...] | None) -> Record:
    labels = tuple(-1 for _ in FINDINGS)
    return Record(name, "siim", "train", name, (1000, 1000), False, labels, boxes, None, None, None, False)


def index_of(names: list[tuple[str, tuple[Box, ...] | None]]) -> Index:
    """Clear chests; where there are boxes, the right lung is opaque."""
    inside = np.kron(chest_share()[1:7].sum(0).numpy() > 0, np.ones((CELL, CELL))) > 0
    clear = np.where(inside, CLEAR, TISSUE).astype(np.uint8)
    opaque = clear.copy()
    opaque[:, :128] = np.where(inside, OPAQUE, TISSUE)[:, :128]
    return Index([record(*name) for name in names], np.stack([opaque if boxes else clear for _, boxes in names]))


def transplants_of(index: Index) -> Transplants:
    rows = np.arange(len(index.records))
    return Transplants(index, rows, chest_share().repeat(len(rows), 1, 1, 1))


@pytest.fixture
def transplants() -> Transplants:
    """Two clear chests, two whose right lung is opaque, and one whose boxes are not known."""
    return transplants_of(index_of([("a", ()), ("b", ()), ("c", (RIGHT_LUNG,)), ("d", (RIGHT_LUNG,)), ("e", None)]))


def set_in(transplants: Transplants, row: int, zone: int, opaque: bool) -> tuple[Tensor, Tensor, bool]:
    x, target = transplants.index.images(np.array([row]))[0], torch.zeros(GRID, GRID)
    boxes = transplants.lungs[row].boxes
    target.copy_(boxes)
    moved = transplants.set_in(x, target, row, zone, opaque, torch.Generator().manual_seed(1))
    return x, target, moved is not None


def test_zones_are_told_apart_by_their_boxes(transplants: Transplants) -> None:
    assert transplants.clear_rows == [0, 1]
    assert transplants.opaque == [[2, 3]] * 3 + [[]] * 3
    assert transplants.clear == [[0, 1]] * 3 + [[0, 1, 2, 3]] * 3


def test_an_opaque_zone_brightens_a_clear_one_and_little_else(transplants: Transplants) -> None:
    before = transplants.index.images(np.array([0]))[0]
    x, target, done = set_in(transplants, 0, RIGHT_UPPER, True)
    zone = torch.from_numpy(transplants.lungs[0].zones[RIGHT_UPPER])
    assert done
    assert torch.equal(target > 0.5, zone)
    middle = (x - before)[0, CELL // 2 :: CELL, CELL // 2 :: CELL]
    inner = torch.nn.functional.max_pool2d((~zone).float()[None], 5, 1, 2)[0] == 0
    far = torch.nn.functional.max_pool2d(zone.float()[None], 5, 1, 2)[0] == 0
    assert float(middle[inner].min()) > 0.5
    assert not middle[far].any()


def test_a_clear_zone_clears_an_opaque_one(transplants: Transplants) -> None:
    before = transplants.index.images(np.array([2]))[0]
    x, target, done = set_in(transplants, 2, RIGHT_UPPER, False)
    zone = torch.from_numpy(transplants.lungs[2].zones[RIGHT_UPPER])
    assert done
    assert not target[zone].any() and target[~zone].any()
    assert float((x - before)[0, 40:90, 50:90].mean()) < -0.4


def test_like_into_like_changes_nothing_here(transplants: Transplants) -> None:
    for row, zone, opaque in ((0, LEFT_UPPER, False), (2, RIGHT_UPPER, True)):
        before = transplants.index.images(np.array([row]))[0]
        x, target, done = set_in(transplants, row, zone, opaque)
        assert done and float((x - before).abs().max()) < 1e-5
        assert torch.equal(target, transplants.lungs[row].boxes)


def test_a_zone_that_nobody_has_to_give_is_left_as_it_is(transplants: Transplants) -> None:
    before = transplants.index.images(np.array([0]))[0]
    x, target, done = set_in(transplants, 0, LEFT_UPPER, True)
    assert not done and torch.equal(x, before) and not target.any()


def test_upper_zones_are_chosen_most(transplants: Transplants) -> None:
    generator = torch.Generator().manual_seed(3)
    chosen = [transplants.choose_zone(0, generator) for _ in range(300)]
    assert 0.68 < sum(zone in UPPER for zone in chosen) / len(chosen) < 0.88
    assert set(chosen) == set(range(6))


def test_where_no_zone_is_found_nothing_is_chosen() -> None:
    nowhere = Transplants(index_of([("a", ())]), np.array([0]), torch.zeros(1, 8, GRID, GRID))
    assert nowhere.choose_zone(0, torch.Generator()) is None


def test_labels_follow_what_was_set_in(transplants: Transplants) -> None:
    rows = np.array([0, 1, 2, 3, 4] * 8)
    x = transplants.index.images(rows)
    target = torch.stack(
        [lungs.boxes if (lungs := transplants.lungs.get(int(r))) else torch.zeros(GRID, GRID) for r in rows]
    )
    before = target.clone()
    labels, image = torch.zeros(len(rows), len(FINDINGS)), torch.from_numpy(np.isin(rows, (2, 3))).float()
    labels[:, NO_FINDING] = 1 - image
    transplants.spread(1.0, rows, x, target, labels, image, torch.Generator().manual_seed(2))
    gained = (target - before).flatten(1).amax(1) > 0.5
    lost = (before - target).flatten(1).amax(1) > 0.5
    assert gained.any() and lost.any()
    assert (
        (image[gained] == 1).all() and (labels[gained, OPACITY] == 1).all() and (labels[gained, NO_FINDING] == 0).all()
    )
    assert (labels[lost] == -1).all() and (image[lost] == 1).all()
    assert torch.equal(x[rows == 4], transplants.index.images(rows[rows == 4]))


def test_what_became_clear_throughout_is_not_called_opaque() -> None:
    upper: Box = (0.125, 0.125, 0.4375, 0.375)
    transplants = transplants_of(index_of([("a", ()), ("b", (upper,))]))
    x, image = transplants.index.images(np.array([1])), torch.ones(1)
    target, labels = transplants.lungs[1].boxes[None].clone(), torch.ones(1, len(FINDINGS))
    for seed in range(40):
        transplants.spread(1.0, np.array([1]), x, target, labels, image, torch.Generator().manual_seed(seed))
        if not (target > 0.5).any():
            break
    assert image.tolist() == [-1] and (labels == -1).all()


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


def test_a_reader_that_is_blind_above_is_found_out() -> None:
    both = ((0.0, 0.0, 1.0, 1.0),)
    transplants = transplants_of(index_of([(f"c{i}", ()) for i in range(60)] + [(f"o{i}", both) for i in range(3)]))
    seeing = evaluate_transplants(Brightness(0), transplants.index, transplants)
    blind = evaluate_transplants(Brightness(12), transplants.index, transplants)
    assert seeing["alone_upper_auroc"] > 0.7
    assert seeing["alone_upper_seen"] > seeing["alone_upper_feared"] + 0.1
    assert blind["alone_upper_auroc"] == 0.5
    assert blind["alone_other_auroc"] == seeing["alone_other_auroc"] > 0.7


def test_too_few_zones_give_no_figure(transplants: Transplants) -> None:
    assert evaluate_transplants(Brightness(0), transplants.index, transplants) == {}
