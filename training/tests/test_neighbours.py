"""Rounded features of training images: copies are near, others are not, and nothing tells whose they are."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

from counterpart_training.data.index import Index, Record
from counterpart_training.evaluation.memorisation import QUANTILES
from counterpart_training.export.errors import NeighboursTooLarge
from counterpart_training.export.neighbours import (
    DIMENSIONS,
    FILE,
    LEVELS,
    LIMIT,
    Neighbours,
    Points,
    packed_index,
    write_neighbours,
)
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import SecondReader

WIDTH = 20


def features(count: int, seed: int) -> Points:
    """Spread that falls from dimension to dimension, as that of a network's features does."""
    random = np.random.default_rng(seed)
    return (random.normal(size=(count, 120)) * np.geomspace(5, 0.2, 120) + 1).astype(np.float32)


@pytest.fixture(scope="module")
def index() -> Index:
    """70 training and 50 validation pictures of noise."""
    common = ((100, 90), False, (-1,) * len(FINDINGS), None, None, None, None, False)
    records = [Record(f"{i}.png", "nih", "train" if i < 70 else "val", f"p{i}", *common) for i in range(120)]
    return Index(records, np.random.default_rng(7).integers(0, 256, (120, 256, 256), np.uint8))


def test_a_copy_is_nearer_than_any_other_image() -> None:
    training, unseen = features(400, 1), features(200, 2)
    bank = Neighbours.fit(training)
    copies = bank.nearest(training[:50] + np.random.default_rng(3).normal(0, 0.01, (50, 120)).astype(np.float32))
    assert copies.max() < bank.nearest(unseen).min()


def test_rounding_moves_a_training_image_by_less_than_a_step_in_each_direction() -> None:
    training = features(400, 1)
    bank = Neighbours.fit(training)
    exact = (training - bank.mean) @ bank.projection
    assert exact.std(0) == pytest.approx(np.ones(DIMENSIONS), rel=0.01)
    inside = np.abs(exact).max(1) < 3
    assert bank.nearest(training[inside]).max() <= 0.5 * bank.scale[0] * DIMENSIONS**0.5


def test_two_levels_share_a_byte_and_come_back() -> None:
    bank = Neighbours(
        np.zeros(2, np.float32),
        np.eye(2, dtype=np.float32),
        np.array([0.5, 2], np.float32),
        np.array([[0x3F]], np.uint8),
    )
    assert bank.places().tolist() == [[(15 - LEVELS - 1) * 0.5, (3 - LEVELS - 1) * 2]]
    assert bank.nearest(np.array([[3.5, -10]], np.float32)).tolist() == [0]
    assert bank.nearest(np.array([[0.5, -6]], np.float32)).tolist() == [5]


def test_the_order_of_the_training_images_is_not_kept() -> None:
    training = features(400, 1)
    bank = Neighbours.fit(training)
    places = (training - bank.mean) @ bank.projection
    apart = ((places[:, None] - bank.places()[None]) ** 2).sum(2).argmin(1)
    assert (apart == np.arange(400)).mean() < 0.05
    assert np.array_equal(bank.vectors, Neighbours.fit(training).vectors)


def test_a_direction_without_spread_does_no_harm() -> None:
    training = features(400, 1)
    training[:, 20:] = 1
    assert np.isfinite(Neighbours.fit(training).nearest(features(5, 2))).all()


def test_the_file_holds_numbers_only_and_what_the_manifest_says(index: Index, tmp_path: Path) -> None:
    torch.manual_seed(4)
    judge = SecondReader(WIDTH).eval()
    golden = judge.described(index.images(np.array([3])))[2].detach()
    entry = write_neighbours(tmp_path, judge, index, golden)
    assert entry is not None
    assert (entry["images"], entry["bytes"]) == (70, (tmp_path / FILE).stat().st_size)
    assert [share for share, _ in entry["unseen"]] == list(QUANTILES)
    distances = [distance for _, distance in entry["unseen"]]
    assert distances == sorted(distances)
    with safe_open(tmp_path / FILE, framework="np") as file:
        assert set(file.keys()) == {"mean", "projection", "scale", "vectors"}
        assert file.metadata() is None
    assert entry["golden"] == pytest.approx(Neighbours.read(tmp_path / FILE).nearest(golden.numpy())[0], abs=1e-4)


def test_a_few_images_place_no_limit(index: Index, tmp_path: Path) -> None:
    few = Index(index.records[:60], index.pixels[:60])
    assert write_neighbours(tmp_path, SecondReader(WIDTH), few, torch.zeros(1, 6 * WIDTH)) is None
    assert list(tmp_path.iterdir()) == []


def test_an_export_packs_no_images(tmp_path: Path) -> None:
    assert packed_index(tmp_path) is None


def test_too_many_images_are_refused(tmp_path: Path) -> None:
    bank = Neighbours.fit(features(300, 1))
    many = Neighbours(bank.mean, bank.projection, bank.scale, np.repeat(bank.vectors, 50, 0))
    assert many.vectors.nbytes > LIMIT
    with pytest.raises(NeighboursTooLarge, match="400,000"):
        many.write(tmp_path / FILE)
