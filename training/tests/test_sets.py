"""Sets of generated images beside patients they were not made from."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from evaluation_data import write_data
from numpy.typing import NDArray

from counterpart_training import cli
from counterpart_training.evaluation.dataset import open_folder
from counterpart_training.evaluation.errors import TooFewImages
from counterpart_training.evaluation.figures import Figure
from counterpart_training.evaluation.sets import FEWEST, NEAREST, REAL, Fold, Side, figures_of, folds_of, sharp

Array = NDArray[np.float64]


def side(features: Array, patients: list[str]) -> Side:
    return Side(features, patients, np.ones(len(features), bool))


def normal(n: int, seed: int, shift: float = 0.0, scale: float = 1.0) -> Array:
    return np.random.default_rng(seed).normal(shift, scale, (n, 6))


def test_what_was_made_from_the_held_out_patients_is_left_out() -> None:
    real = side(normal(60, 0), [f"p{i}" for i in range(60)])
    made = side(np.arange(120.0)[:, None].repeat(6, 1), [f"p{i // 2}" for i in range(120)])
    folds = folds_of(real, {"made": made}, np.arange(60) % 2)
    assert len(folds) == 2
    for number, fold in enumerate(folds):
        patients = {int(v) // 2 for v in fold.arms["made"][:, 0]}
        assert all(p % 2 != number for p in patients)
        assert len(fold.arms["made"]) == len(fold.arms[REAL]) == len(fold.others) == 30


def test_only_carriers_of_the_group_are_compared() -> None:
    carrying = np.arange(80) % 2 == 0
    real = Side(normal(80, 0), [f"p{i}" for i in range(80)], carrying)
    folds = folds_of(real, {"made": side(normal(90, 1), ["x"] * 90)}, np.repeat([0, 1], 40))
    assert [len(f.held) for f in folds] == [20, 20]
    assert [len(f.arms["made"]) for f in folds] == [20, 20]


def test_a_fold_with_too_few_images_gives_nothing() -> None:
    real = side(normal(2 * FEWEST - 1, 0), [f"p{i}" for i in range(2 * FEWEST - 1)])
    fold = np.arange(2 * FEWEST - 1) >= FEWEST
    assert len(folds_of(real, {"made": side(normal(40, 1), ["x"] * 40)}, fold.astype(np.int64))) == 0
    assert figures_of([], "tail", "bands", {})[0].value is None


def found(figures: list[Figure]) -> dict[str, Figure]:
    return {f.name: f for f in figures}


def fold_of(near: float, far: float) -> Fold:
    arms = {REAL: normal(60, 1), "baseline": normal(60, 2, far), "ours": normal(60, 3, near)}
    return Fold(normal(50, 0), arms, normal(200, 4))


def test_the_arm_that_is_nearer_is_told_by_how_much() -> None:
    out = found(figures_of([fold_of(0.5, 2.0), fold_of(0.5, 2.0)], "tail", "bands", {}))
    ratio = out["tail: FID, ours relative to baseline"]
    expected = out["tail: FID, ours"].value / out["tail: FID, baseline"].value - 1  # type: ignore[operator]
    assert ratio.value == pytest.approx(expected)
    assert ratio.value is not None and ratio.high is not None and ratio.high < -0.5
    assert ratio.low is not None and ratio.low < ratio.value < ratio.high
    assert out[f"tail: FID, {REAL}"].value < out["tail: FID, ours"].value  # type: ignore[operator]
    assert not out["tail: FID, ours"].counts and out[f"tail: {NEAREST}, ours"].counts
    assert out["tail: KID, ours"].n == 120


def test_less_varied_images_have_a_lower_score() -> None:
    arms = {REAL: normal(60, 1), "baseline": normal(60, 2), "ours": normal(60, 3, 2.0, 0.05)}
    out = found(figures_of([Fold(normal(50, 0), arms, normal(200, 4))], "tail", "bands", {}))
    assert out["tail: Vendi score, ours relative to baseline"].value < -0.5  # type: ignore[operator]
    assert out["tail: mean pairwise distance, ours relative to baseline"].value < -0.9  # type: ignore[operator]


def test_copies_lie_at_no_distance_from_what_they_were_made_from() -> None:
    others = normal(60, 4)
    arms = {REAL: others[:30], "baseline": normal(30, 2), "copies": others[:30]}
    out = found(figures_of([Fold(normal(50, 0), arms, others)], "tail", "bands", {}))
    assert out[f"tail: {NEAREST}, copies"].value == pytest.approx(0, abs=1e-6)
    assert out[f"tail: {NEAREST}, {REAL}"].value > 0.5  # type: ignore[operator]


def test_the_command_runs_from_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, made = write_data(tmp_path / "data", 120, 0), write_data(tmp_path / "made", 120, 0, seed=7)
    other = write_data(tmp_path / "other", 120, 0, seed=8)
    out = tmp_path / "sets.json"
    arguments = ["training", "--runs", str(tmp_path / "runs"), "sets", "--data", str(data), "--json", str(out)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--arms", f"a={made}", f"b={other}", "--folds", "2"])
    cli.main()
    content = json.loads(out.read_text())
    assert content["arms"] == ["a", "b"] and content["folds"] == 2
    figures = {f["name"]: f for f in content["sections"]["sets-bands"]["figures"]}
    assert figures["mid: FID, a"]["value"] > 0
    assert "mid: Vendi score, b relative to a" in figures
    assert f"mid: KID, {REAL}" in figures


def test_a_folder_that_is_not_there_ends_the_command_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_data(tmp_path, 4, 0)
    arguments = ["training", "sets", "--data", str(data), "--json", str(tmp_path / "x.json"), "--arms", "a=/nowhere"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit, match="NAME=FOLDER"):
        cli.main()


@pytest.mark.parametrize("arm", ["real", "balanced"])
def test_an_arm_without_generated_images_is_refused(arm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_data(tmp_path, 4, 0)
    monkeypatch.setattr(
        sys, "argv", ["training", "sets", "--data", str(data), "--json", str(tmp_path / "x.json"), "--arms", arm]
    )
    with pytest.raises(SystemExit, match="Arms are NAME=FOLDER"):
        cli.main()


def test_a_folder_of_small_images_only_is_named(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 4, 0))
    small = replace(index, records=[replace(r, native_size=(64, 64)) for r in index.records])
    with pytest.raises(TooFewImages, match="256 pixels"):
        sharp(small, np.arange(4))
    assert sharp(index, np.arange(4)).tolist() == [0, 1, 2, 3]
