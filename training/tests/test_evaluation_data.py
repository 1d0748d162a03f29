"""Folders with a manifest: what is read, and what each bad one is told."""

import csv
from pathlib import Path

import numpy as np
import pytest
import torch
from evaluation_data import write_data
from PIL import Image

from counterpart_training.evaluation.dataset import open_folder, read_grey, rows_of, spread, write_folder
from counterpart_training.evaluation.errors import (
    ColumnsMissing,
    EmptySplit,
    EvaluationError,
    ImageUnreadable,
    ManifestMissing,
    NetworksMissing,
    RowUnreadable,
    UnknownSplit,
)
from counterpart_training.evaluation.groups import GROUPS, carries, group_of
from counterpart_training.evaluation.released import load_networks
from counterpart_training.findings import FINDINGS


def manifest(root: Path, header: str, *rows: str) -> Path:
    root.mkdir(exist_ok=True)
    (root / "manifest.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return root


def test_a_folder_is_read_as_written(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 4, 4))
    rows = rows_of(index, "val")
    assert rows.tolist() == [4, 5, 6, 7]
    assert index.images(rows).shape == (4, 1, 256, 256)
    assert index.records[3].opacity_boxes is not None
    assert index.records[0].opacity_boxes is None


def test_columns_that_no_part_needs_may_be_absent(tmp_path: Path) -> None:
    index = open_folder(manifest(tmp_path, "path,source,split,patient,effusion", "a.png,nih,test,p,1"))
    assert index.records[0].labels[FINDINGS.index("effusion")] == 1
    assert index.records[0].labels[FINDINGS.index("mass")] == -1


def test_bad_folders_are_named_and_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ManifestMissing, match="--data"):
        open_folder(tmp_path)
    with pytest.raises(ColumnsMissing, match=r"no column split, patient.*needed are path, source, split, patient"):
        open_folder(manifest(tmp_path, "path,source", "a.png,nih"))
    with pytest.raises(RowUnreadable, match=r"a\.png"):
        open_folder(manifest(tmp_path, "path,source,split,patient,opacity_boxes", "a.png,nih,val,p,[[1]]"))


def test_unknown_and_empty_splits_are_told_apart(tmp_path: Path) -> None:
    index = open_folder(manifest(tmp_path, "path,source,split,patient", "nih64/a.png,nih,val,p"))
    with pytest.raises(UnknownSplit, match="Splits here are: val"):
        rows_of(index, "test")
    with pytest.raises(EmptySplit, match="64 pixels"):
        rows_of(index, "val")
    nothing = open_folder(manifest(tmp_path, "path,source,split,patient"))
    with pytest.raises(UnknownSplit, match="none"):
        rows_of(nothing, "val")


def test_a_missing_or_broken_image_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageUnreadable, match=r"gone\.png"):
        read_grey(tmp_path / "gone.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(ImageUnreadable, match=r"broken\.png"):
        read_grey(tmp_path / "broken.png")


def test_sixteen_bit_images_keep_their_upper_byte(tmp_path: Path) -> None:
    Image.fromarray(np.full((256, 256), 0x8034, np.uint16)).save(tmp_path / "deep.png")
    assert (read_grey(tmp_path / "deep.png") == 0x80).all()


def test_missing_networks_are_named(tmp_path: Path) -> None:
    with pytest.raises(NetworksMissing, match="--models"):
        load_networks(tmp_path / "runs", None, tmp_path / "models")


def test_every_error_has_a_code_of_its_own_and_advice() -> None:
    classes = EvaluationError.__subclasses__()
    assert len({c.code for c in classes}) == len(classes)
    assert UnknownSplit("a", {"b"}).advice in str(UnknownSplit("a", {"b"}))


def test_written_folders_are_read_back(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path / "a", 4, 0))
    images = index.images(np.arange(4))
    write_folder(tmp_path / "b", images, index.records, FINDINGS)
    again = open_folder(tmp_path / "b")
    assert torch.allclose(again.images(np.arange(4)), images, atol=1e-6)
    assert [r.labels for r in again.records] == [r.labels for r in index.records]
    assert [r.patient for r in again.records] == [r.patient for r in index.records]
    with (tmp_path / "b" / "manifest.csv").open(newline="") as file:
        assert next(csv.DictReader(file))["mass"] in ("0", "1")


def test_spread_keeps_order_and_repeats_nothing() -> None:
    rows = np.arange(100)
    some = spread(rows, 10)
    assert len(set(some.tolist())) == 10
    assert (np.diff(some) > 0).all()
    assert spread(rows, None) is rows


def test_every_finding_is_head_mid_or_tail() -> None:
    assert sorted(f for members in GROUPS.values() for f in members) == sorted(FINDINGS)
    assert group_of("hernia") == "tail"
    labels = tuple(1 if f == "mass" else -1 for f in FINDINGS)
    assert carries(labels, GROUPS["tail"])
    assert not carries(labels, GROUPS["head"])
