"""The manifest as records: three-valued labels, boxes, severities, splits."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from counterpart_training.data.index import data_root, load_index, parse_row, read_manifest
from counterpart_training.findings import FINDINGS

COLUMNS = [
    *("path", "source", "split", "patient", "native_w", "native_h", "age"),
    *("opacity_boxes", "lung_box", "brixia", "nodule_detail"),
    *FINDINGS,
]


def row(**values: str) -> dict[str, str]:
    base = dict.fromkeys(COLUMNS, "")
    return base | {"path": "images/siim/a.png", "source": "siim", "split": "train", "patient": "p1"} | values


def write_manifest(root: Path, rows: list[dict[str, str]]) -> None:
    with (root / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def test_labels_are_three_valued() -> None:
    record = parse_row(row(effusion="1", nodule="0"))
    labels = dict(zip(FINDINGS, record.labels, strict=True))
    assert (labels["effusion"], labels["nodule"], labels["mass"]) == (1, 0, -1)


def test_no_boxes_found_is_not_the_same_as_not_annotated() -> None:
    assert parse_row(row(opacity_boxes="[]")).opacity_boxes == ()
    assert parse_row(row(opacity_boxes="")).opacity_boxes is None
    assert parse_row(row(opacity_boxes="[[0.1,0.2,0.3,0.4]]")).opacity_boxes == ((0.1, 0.2, 0.3, 0.4),)


def test_brixia_is_the_mean_of_both_readers_zone_by_zone() -> None:
    record = parse_row(row(brixia=json.dumps({"S": [0, 1, 2, 3, 0, 1], "J": [0, 3, 2, 1, 1, 1]})))
    assert record.brixia == (0, 2, 2, 2, 0.5, 1)


def test_a_nodule_without_a_place_is_left_out() -> None:
    placed = parse_row(row(nodule_detail=json.dumps({"x": 0.5, "y": 0.25, "size_mm": 35.84})))
    assert placed.nodule == pytest.approx((0.5, 0.25, 0.1))
    assert parse_row(row(nodule_detail=json.dumps({"kind": "benign"}))).nodule is None


def test_a_broken_row_is_named() -> None:
    with pytest.raises(ValueError, match=r"images/siim/a\.png"):
        parse_row(row(opacity_boxes="[[1]]"))


def test_sources_that_no_stage_uses_are_skipped(tmp_path: Path) -> None:
    write_manifest(tmp_path, [row(), row(source="mednist", path="images/mednist/b.png")])
    assert [r.source for r in read_manifest(tmp_path)] == ["siim"]


def test_images_are_packed_once_as_presentation_grey(tmp_path: Path) -> None:
    for name, side, grey in (("a", 256, 0), ("b", 64, 255)):
        Image.fromarray(np.full((side, side), grey, np.uint8)).save(tmp_path / f"{name}.png")
    write_manifest(tmp_path, [row(path="a.png"), row(path="nih64/../b.png", split="val")])
    (tmp_path / "nih64").mkdir()
    index = load_index(tmp_path / "cache", tmp_path)
    images = index.images(np.array([0, 1]))
    assert images.shape == (2, 1, 256, 256)
    assert images[0].max() == -1
    assert images[1].min() == 1
    (tmp_path / "a.png").unlink()
    assert load_index(tmp_path / "cache", tmp_path).images(np.array([0])).max() == -1


def test_low_resolution_images_come_only_when_asked_for(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / "a.png")
    (tmp_path / "nih64").mkdir()
    write_manifest(tmp_path, [row(path="a.png"), row(path="nih64/../a.png")])
    index = load_index(tmp_path / "cache", tmp_path)
    assert index.where("train").tolist() == [0]
    assert index.where("train", low_resolution=True).tolist() == [0, 1]
    assert index.where("train", source="nih").tolist() == []


def test_a_missing_data_folder_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPART_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="COUNTERPART_DATA"):
        data_root()
