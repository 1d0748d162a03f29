"""The classification protocol: folds, scores, and a run from end to end on a tiny synthetic set."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from evaluation_data import write_data
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpart_training import cli
from counterpart_training.evaluation.dataset import open_folder
from counterpart_training.evaluation.errors import ArmUnreadable, EmptySplit
from counterpart_training.evaluation.protocol.arms import Generated, labelled_rows, parse_arm, pool_of
from counterpart_training.evaluation.protocol.classifier import (
    Pool,
    class_weights,
    repeat_factors,
    scores_of,
    train_classifier,
)
from counterpart_training.evaluation.protocol.folds import patient_folds, scarce_rows
from counterpart_training.evaluation.protocol.run import among_abnormal
from counterpart_training.evaluation.protocol.scores import Truth, all_scores, finding_scores, measurable, patient_draws
from counterpart_training.findings import FINDINGS

EFFUSION, MASS = FINDINGS.index("effusion"), FINDINGS.index("mass")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.integers(2, 5), st.integers(10, 60))
def test_a_patient_is_in_one_fold_and_rare_classes_are_spread(seed: int, folds: int, n: int) -> None:
    random = np.random.default_rng(seed)
    patients = [f"p{k}" for k in random.integers(0, n // 2 + folds, n - folds)] + [f"q{k}" for k in range(folds)]
    positive = np.zeros((n, 2), bool)
    positive[-folds:, 0] = True
    positive[:, 1] = random.random(n) < 0.5
    fold = patient_folds(patients, positive, folds, seed)
    assert set(fold.tolist()) <= set(range(folds))
    for p in set(patients):
        assert len({f for f, q in zip(fold, patients, strict=True) if p == q}) == 1
    assert sorted(fold[-folds:]) == list(range(folds))


def test_more_folds_than_patients_is_an_error() -> None:
    with pytest.raises(ValueError, match="patients"):
        patient_folds(["a", "a"], np.zeros((2, 1), bool), 2, 0)


def test_of_a_scarce_finding_so_many_images_stay_and_the_others_are_not_learnt_from() -> None:
    labels = np.zeros((40, len(FINDINGS)), np.int8)
    labels[:10, EFFUSION] = 1
    labels[8:14, MASS] = 1
    for seed in range(5):
        rows, left = scarce_rows(labels, [EFFUSION, MASS], 2, np.random.default_rng(seed))
        assert (left[:, [EFFUSION, MASS]] == 1).sum(0).tolist() == [2, 2]
        assert set(range(14, 40)) <= set(rows.tolist())
        # An image that stays for one finding and carries the other, too, says nothing of that one: least of all no.
        assert not ((labels[rows] == 1) & (left == 0)).any()
    rows, left = scarce_rows(labels, [EFFUSION], 0, np.random.default_rng(0))
    assert rows.tolist() == list(range(10, 40)) and not (left[:, EFFUSION] == 1).any()


def test_images_without_finding_say_nothing_where_findings_are_told_among_the_abnormal() -> None:
    clear, normal = FINDINGS.index("no_finding"), np.zeros((3, len(FINDINGS)), np.int8)
    normal[0, clear], normal[1, EFFUSION] = 1, 1
    told = among_abnormal(normal)
    assert told[0, EFFUSION] == -1 and told[0, clear] == 1
    assert told[1:].tolist() == normal[1:].tolist()


def truth(labels: list[int], source: list[int], fold: list[int]) -> Truth:
    table = np.full((len(labels), len(FINDINGS)), -1, np.int8)
    table[:, EFFUSION] = labels
    return Truth(table, np.array(source), np.array(fold))


def test_knowing_the_source_earns_nothing() -> None:
    t = truth([1, 1, 1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1, 1, 1], [0] * 8)
    scores = np.zeros((8, len(FINDINGS)))
    scores[:4, EFFUSION] = 5.0
    assert finding_scores(scores, t, EFFUSION)["auroc"] == 0.5


def test_unknown_labels_and_folds_of_another_scale_do_not_count() -> None:
    t = truth([1, 0, 1, 0, -1, -1], [0] * 6, [0, 0, 1, 1, 0, 1])
    scores = np.zeros((6, len(FINDINGS)))
    scores[:, EFFUSION] = [1, 0, 101, 100, 7, -7]
    found = finding_scores(scores, t, EFFUSION)
    assert found == {"auroc": 1, "ap": 1, "f1": 1}


def test_groups_are_means_of_their_findings_and_empty_ones_are_nan() -> None:
    t = truth([1, 0, 1, 0], [0] * 4, [0, 0, 1, 1])
    scores = np.zeros((4, len(FINDINGS)))
    scores[:, EFFUSION] = [1, 0, 1, 0]
    table = all_scores(scores, t, [EFFUSION])
    assert table["auroc"]["mid"] == table["auroc"]["all"] == 1
    assert math.isnan(table["auroc"]["tail"])
    assert measurable(t) == []


def test_patients_are_drawn_whole() -> None:
    for rows in patient_draws(["a", "a", "b"], 20, 0):
        assert (rows == 0).sum() == (rows == 1).sum()


def test_rare_findings_are_drawn_more_often_and_weighted_up() -> None:
    labels = np.zeros((1000, len(FINDINGS)), np.int8)
    labels[:10, MASS] = 1
    labels[500:, EFFUSION] = 1
    factors = repeat_factors(labels)
    assert factors[0] == pytest.approx(math.sqrt(0.05 / 0.01))
    assert factors[700] == 1
    up, down = class_weights(labels)
    assert up[MASS] > 10 * down[MASS]
    assert up[EFFUSION] == pytest.approx(down[EFFUSION].item(), rel=0.05)
    assert (up[MASS] * 10 + down[MASS] * 990).item() == pytest.approx(1000, rel=1e-4)


def test_images_made_from_held_out_patients_are_left_out() -> None:
    pool = Pool(np.zeros((3, 128, 128), np.uint8), np.zeros((3, len(FINDINGS)), np.int8))
    kept = Generated(pool, ["a", "b", "a"]).without({"a"})
    assert len(kept.labels) == 1


def test_arms_are_read_or_named(tmp_path: Path) -> None:
    assert parse_arm("balanced").balanced
    assert parse_arm(f"ours={tmp_path}").folder == tmp_path
    assert parse_arm(f"balanced+ours={tmp_path}").balanced
    with pytest.raises(ArmUnreadable, match="real, balanced, or NAME=FOLDER"):
        parse_arm("ours=/nowhere/at/all")


def test_a_set_without_labels_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("path,source,split,patient\na.png,nih,val,p\n")
    with pytest.raises(EmptySplit, match="label"):
        labelled_rows(open_folder(tmp_path))


def test_one_source_can_be_asked_for(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 12, 4))
    assert {index.records[int(i)].source for i in labelled_rows(index, ["nih"])} == {"nih"}
    with pytest.raises(EmptySplit, match="jsrt"):
        labelled_rows(index, ["jsrt"])


def test_films_of_few_pixels_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(
        "path,source,split,patient,native_w,native_h,effusion\n"
        "images/nih64/a.png,nih,val,p,64,64,1\nimages/nih256/b.png,nih,val,q,1024,1024,0\n"
    )
    index = open_folder(tmp_path)
    assert labelled_rows(index).tolist() == [0, 1]
    assert labelled_rows(index, sharp=True).tolist() == [1]


def test_the_classifier_learns_what_can_be_seen_and_repeats_itself(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 48, 0))
    pool = pool_of(index, range(48))
    model, steps = train_classifier(pool, 30, 1, balanced=True)
    assert steps == 30
    scores = scores_of(model, pool, np.arange(48))[:, MASS]
    positive, negative = pool.labels[:, MASS] == 1, pool.labels[:, MASS] == 0
    assert (scores[positive][:, None] > scores[negative][None, :]).mean() > 0.9
    again, _ = train_classifier(pool, 3, 5, balanced=False)
    once, _ = train_classifier(pool, 3, 5, balanced=False)
    assert np.array_equal(scores_of(again, pool, np.arange(4)), scores_of(once, pool, np.arange(4)))


def test_the_protocol_runs_from_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, made = write_data(tmp_path / "data", 40, 8), write_data(tmp_path / "made", 12, 0, seed=7)
    out, page = tmp_path / "protocol.json", tmp_path / "protocol.md"
    arguments = ["training", "--runs", str(tmp_path / "runs"), "protocol", "--data", str(data), "--json", str(out)]
    arguments += ["--markdown", str(page), "--arms", "real", "balanced", f"made={made}", "--steps", "2"]
    arguments += ["--against", "real", "balanced"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--seeds", "0", "1", "2", "--folds", "2"])
    cli.main()
    content = json.loads(out.read_text())
    assert content["steps"] == 2
    assert content["arms"]["made"] == {"balanced": False, "generated": True}
    figures = {f["name"]: f for f in content["sections"]["use-auroc"]["figures"]}
    assert 0 <= figures["tail: made"]["value"] <= 1
    assert {"tail: made - real", "tail: made - balanced", "tail: balanced - real"} <= set(figures)
    assert "tail: real - balanced" not in figures
    assert len(content["sections"]["use-f1"]["detail"]["real"]["mass"]) == 3
    assert "tail: balanced" in page.read_text()


def test_a_protocol_that_was_cut_goes_on_from_the_arms_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = write_data(tmp_path / "data", 40, 8), tmp_path / "protocol.json"
    arguments = ["training", "--runs", str(tmp_path / "runs"), "protocol", "--data", str(data), "--json", str(out)]
    arguments += ["--steps", "2", "--seeds", "0", "--folds", "2", "--keep", str(tmp_path / "kept")]
    monkeypatch.setattr(sys, "argv", [*arguments, "--arms", "real"])
    cli.main()
    alone = json.loads(out.read_text())["sections"]["use-auroc"]["detail"]["real"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--arms", "real", "balanced"])
    capsys.readouterr()
    cli.main()
    said = capsys.readouterr()
    assert "real, seed 0: kept from before" in said.out + said.err
    assert "balanced, seed 0: kept" not in said.out + said.err
    assert json.loads(out.read_text())["sections"]["use-auroc"]["detail"]["real"] == alone
    monkeypatch.setattr(sys, "argv", [*arguments, "--arms", "real", "--steps", "3"])
    cli.main()
    assert "kept from before" not in capsys.readouterr().out


def test_a_bad_arm_ends_the_command_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_data(tmp_path, 4, 0)
    arguments = ["training", "protocol", "--data", str(data), "--json", str(tmp_path / "x.json"), "--arms", "nothing"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit, match="NAME=FOLDER"):
        cli.main()


def test_an_arm_that_is_not_compared_cannot_be_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_data(tmp_path, 4, 0)
    arguments = ["training", "protocol", "--data", str(data), "--json", str(tmp_path / "x.json"), "--arms", "real"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--against", "balanced"])
    with pytest.raises(SystemExit, match="Name one of those after --arms: real"):
        cli.main()
