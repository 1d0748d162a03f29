"""Moved zones as the denoiser gets them: what is told of them, and how they mix with radiographs as they are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from test_transplant import RIGHT_LUNG, RIGHT_UPPER, chest_share, index_of

from counterpart_training.data.index import Box, Index
from counterpart_training.data.statement import OPACITY
from counterpart_training.data.transplant import NO_FINDING
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import GRID
from counterpart_training.stages.examples import Examples
from counterpart_training.stages.latents import SHAPES, LatentCache
from counterpart_training.stages.moved_zones import MOVED_SHAPES, MovedZones, open_moved_zones

READ = {"a": 0.1, "b": 0.1, "c": 0.7, "d": 0.7, "e": 0.3}
CHESTS: list[tuple[str, tuple[Box, ...] | None]] = [
    ("a", ()),
    ("b", ()),
    ("c", (RIGHT_LUNG,)),
    ("d", (RIGHT_LUNG,)),
    ("e", None),
]


def constant(index: Index, name: str, row: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
    """An array of a cache for one image: the chest's shares, its reading (right lung), the identity, or its number."""
    if name == "share":
        return chest_share().numpy().astype(np.float16)
    if name == "theta":
        return np.eye(2, 3, dtype=np.float16)
    array = np.full(SHAPES[name], row, np.float16)
    if name == "opacity":
        array[:] = READ[index.records[row].path]
        array[..., GRID // 2 :] = READ["a"]
    return array


def plain_cache(index: Index, folder: Path) -> LatentCache:
    """One view of every image, as `cache_latents` writes it."""
    rows = np.arange(len(index.records))
    arrays = {name: np.stack([constant(index, name, int(i)) for i in rows])[None] for name in SHAPES}
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / "views.txt").write_text("1")
    return LatentCache(arrays, rows, folder)


def moved_cache(index: Index, rows: list[int], folder: Path) -> None:
    """One view of some images, marked by latents of 100 + row, an opacity of 1, no boxes, and effusion for certain."""
    folder.mkdir(parents=True)
    for name, shape in MOVED_SHAPES.items():
        value = {"latent": 100, "features": 100, "opacity": 1, "labels": -1}.get(name, 0)
        if name in ("share", "theta"):
            array = np.stack([constant(index, name, i) for i in rows])
        else:
            array = np.stack([np.full(shape, value + (i if value == 100 else 0), np.float16) for i in rows])
        if name == "labels":
            array[:, FINDINGS.index("effusion")] = 1
        np.save(folder / f"{name}.npy", array[None])
    np.save(folder / "rows.npy", np.array(rows))
    (folder / "views.txt").write_text("1")


def moved_zones(tmp_path: Path, into_clear: float, into_opaque: float | None = None) -> MovedZones:
    index = index_of(CHESTS)
    shares = into_clear, into_clear if into_opaque is None else into_opaque
    return MovedZones(index, plain_cache(index, tmp_path / "latents"), *shares)


def test_only_images_with_known_boxes_take_part(tmp_path: Path) -> None:
    assert moved_zones(tmp_path, 1).rows.tolist() == [0, 1, 2, 3]


def test_only_the_more_opaque_half_gives(tmp_path: Path) -> None:
    moved = moved_zones(tmp_path, 1)
    assert [len(rows) for rows in moved.transplants.opaque] == [1, 1, 1, 0, 0, 0]
    moved.read[3] = moved.read[3] + 0.2
    assert moved.most_opaque(RIGHT_UPPER, [2, 3]) == [3]


def test_clear_and_opaque_images_take_at_rates_of_their_own(tmp_path: Path) -> None:
    moved = moved_zones(tmp_path, 1, 0)
    _, told, _, _ = moved.batch(np.array([0, 2] * 30), torch.Generator().manual_seed(3))
    highest = told.flatten(1).amax(1)
    assert float(highest[0::2].max()) == pytest.approx(0.7, abs=2e-3)
    assert float(highest[1::2].max()) == pytest.approx(0.1, abs=2e-3)


def test_an_opaque_zone_is_told_as_it_was_read_among_its_own_lungs(tmp_path: Path) -> None:
    moved = moved_zones(tmp_path, 1)
    generator = torch.Generator().manual_seed(0)
    rows = np.zeros(24, dtype=np.int64)
    x, told, lesion, labels = moved.batch(rows, generator)
    upper = torch.from_numpy(moved.transplants.lungs[0].zones[RIGHT_UPPER])
    taken = [i for i in range(24) if torch.equal(told[i, 0] >= 0, upper)]
    assert taken, "the right upper zone was never moved"
    for i in taken:
        assert told[i, 0][upper].tolist() == pytest.approx([0.7] * int(upper.sum()), abs=2e-3)
        assert (lesion[i, 0] > 0.5).equal(upper)
        assert labels[i, OPACITY] == 1 and labels[i, NO_FINDING] == 0
        assert not torch.equal(x[i], moved.index.images(rows[:1])[0])


def test_where_nothing_was_moved_nothing_is_told(tmp_path: Path) -> None:
    moved = moved_zones(tmp_path, 1)
    moved.transplants.opaque = [[] for _ in moved.transplants.opaque]
    rows = np.array([0, 2])
    x, told, lesion, labels = moved.batch(rows, torch.Generator().manual_seed(0))
    assert (told == -1).all()
    assert torch.equal(x, moved.index.images(rows)) and torch.equal(labels, moved.index.labels(rows))
    assert torch.equal(lesion[1, 0], moved.transplants.lungs[2].boxes)


def test_a_clear_zone_makes_what_was_said_of_the_image_unknown(tmp_path: Path) -> None:
    moved = moved_zones(tmp_path, 0)
    known = [replace(r, labels=tuple(1 for _ in FINDINGS)) for r in moved.index.records]
    object.__setattr__(moved.index, "records", known)
    _, told, _, labels = moved.batch(np.full(24, 2), torch.Generator().manual_seed(1))
    cleared = [i for i in range(24) if float(told[i].max()) == pytest.approx(0.1, abs=2e-3)]
    assert any((labels[i] == -1).all() for i in cleared)


def config(share: float) -> dict[str, float]:
    return {
        "severity_scale": 2.75,
        "focus": 0,
        "inpaint": 0,
        "time_shift": 1,
        "focus_weight": 1,
        "moved_zones": share,
        "moved_into_clear": 0.75,
    }


def examples(tmp_path: Path, share: float) -> Examples:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    moved_cache(index, [0, 1, 2, 3], tmp_path / "moved-zones")
    return Examples(config(share), index, tmp_path)


def marks(batch: torch.Tensor) -> list[float]:
    return sorted(batch[:, 0, 0, 0].tolist())


def test_all_examples_may_be_moved_ones(tmp_path: Path) -> None:
    made = examples(tmp_path, 1).batch(torch.ones(5), 64, torch.Generator().manual_seed(0))
    assert set(marks(made["features"])) == {100.0, 101.0, 102.0, 103.0}


def test_a_share_is_moved_and_of_these_a_share_went_into_clear_lungs(tmp_path: Path) -> None:
    made = examples(tmp_path, 0.5).batch(torch.tensor([1.0, 1, 1, 1, 0]), 600, torch.Generator().manual_seed(0))
    moved = [mark for mark in marks(made["features"]) if mark >= 100]
    assert 0.44 < len(moved) / 600 < 0.56
    assert 0.67 < sum(mark in (100, 101) for mark in moved) / len(moved) < 0.83


def test_what_is_known_of_a_moved_zone_goes_into_the_statement(tmp_path: Path) -> None:
    made = examples(tmp_path, 1)
    seen = made.see_moved(open_moved_zones(tmp_path / "moved-zones"), torch.tensor([2]), torch.tensor([0]))
    assert float(seen.opacity.min()) == 1
    assert seen.labels[0, FINDINGS.index("effusion")] == 1 and seen.labels[0, OPACITY] == -1


def test_without_a_share_no_cache_of_moved_zones_is_needed(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    made = Examples(config(0), index, tmp_path).batch(torch.ones(5), 32, torch.Generator().manual_seed(0))
    assert set(marks(made["features"])) <= {0.0, 1.0, 2.0, 3.0, 4.0}


def test_a_missing_cache_names_its_stage(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    with pytest.raises(FileNotFoundError, match="moved-zones"):
        Examples(config(0.5), index, tmp_path)


def test_the_lesion_of_an_image_as_it_is_is_its_boxes(tmp_path: Path) -> None:
    made = examples(tmp_path, 0)
    seen = made.see(torch.tensor([0, 2]), torch.tensor([0, 0]))
    assert seen.lesion.shape == (2, 1, GRID, GRID)
    assert not seen.lesion[0].any() and seen.lesion[1, 0, 8, 8] == 1
