"""`training evaluate` from end to end on a tiny synthetic set with untrained networks: every part says something."""

import json
import sys
from pathlib import Path

import pytest
import torch
from evaluation_data import write_data
from torch import nn

from counterpart_training import cli
from counterpart_training.evaluation.features import fingerprint, same_judge
from counterpart_training.evaluation.figures import Figure
from counterpart_training.networks.anatomist import Anatomist
from counterpart_training.networks.autoencoder import Autoencoder
from counterpart_training.networks.denoiser import Denoiser
from counterpart_training.networks.healthy_twin import HealthyTwin
from counterpart_training.networks.reader import Reader, SecondReader


def write_run(runs: Path, name: str, network: nn.Module, width: int, prefix: str = "") -> None:
    (runs / name).mkdir(parents=True)
    (runs / name / "config.json").write_text(json.dumps({"width": width}))
    average = {prefix + k: v for k, v in network.state_dict().items()}
    torch.save({"average": average}, runs / name / "checkpoint.pt")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Checkpoints of narrow, untrained networks."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("runs")
    write_run(folder, "autoencoder", Autoencoder(4), 4)
    write_run(folder, "anatomist", Anatomist(4), 4)
    write_run(folder, "reader", Reader(4), 4)
    write_run(folder, "second-reader", SecondReader(8), 8)
    write_run(folder, "denoiser", Denoiser(16), 16, "denoiser.")
    write_run(folder, "healthy-twin", HealthyTwin(8), 8)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, runs: Path, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["training", "--runs", str(runs), "evaluate", *arguments])
    cli.main()


def test_every_part_is_measured_or_says_why_not(
    tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_data(tmp_path / "data", 24, 16, split_name="held")
    out, page, kept = tmp_path / "out" / "figures.json", tmp_path / "out" / "page.md", tmp_path / "samples"
    run(
        monkeypatch,
        runs,
        *("--data", str(data), "--split", "held", "--json", str(out), "--markdown", str(page)),
        *("--sheets", str(tmp_path / "sheets"), "--limit", "4", "--samples", "12", "--save-samples", str(kept)),
    )
    sections = json.loads(out.read_text())["sections"]
    assert {"ruler", "fidelity-judge", "diversity-judge", "axioms-erase", "control", "swaps", "memorisation"} <= set(
        sections
    )
    for key, section in sections.items():
        for figure in section["figures"]:
            assert figure["value"] is not None or figure["note"], (key, figure["name"])
    assert "needs 32 of each" in sections["ruler"]["notes"][0]
    composition = [f for f in sections["axioms-erase"]["figures"] if f["name"].startswith("composition")]
    assert composition[0]["value"] == 0
    printed = capsys.readouterr().out
    assert "Counterfactual axioms: erase" in printed
    assert "| figure | value |" in page.read_text()
    assert len(list((kept / "images").glob("*.png"))) == 4
    assert (tmp_path / "sheets" / "erase-00.png").is_file()


def test_a_folder_of_generated_images_is_judged_in_place_of_samples(
    tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, made = write_data(tmp_path / "data", 30, 30), write_data(tmp_path / "made", 30, 0, seed=5)
    out = tmp_path / "figures.json"
    run(
        monkeypatch,
        runs,
        *("--data", str(data), "--split", "val", "--json", str(out)),
        *("--parts", "fidelity", "--generated", str(made)),
    )
    figures = {f["name"]: f for f in json.loads(out.read_text())["sections"]["fidelity-bands"]["figures"]}
    assert figures["KID, all"]["n"] == 30
    assert figures["KID, all"]["counts"] is False
    assert figures["FID, all"]["note"].endswith("needs 100")
    assert figures["KID, tail"]["value"] is None


def test_a_bad_split_ends_with_advice(tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_data(tmp_path, 2, 2)
    with pytest.raises(SystemExit, match="Splits here are: train, val"):
        run(monkeypatch, runs, "--data", str(data), "--split", "test", "--json", str(tmp_path / "x.json"))


def test_runs_are_ranked_by_their_training_time(
    tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = write_data(tmp_path / "data", 24, 24), tmp_path / "x.json"
    for name, minutes in (("short", 1), ("long", 9)):
        if not (runs / name).exists():
            write_run(runs, name, Denoiser(16), 16, "denoiser.")
        (runs / name / "record.json").write_text(json.dumps({"minutes": minutes}))
    arguments = ("--data", str(data), "--split", "val", "--json", str(out), "--parts", "fidelity", "--limit", "18")
    run(monkeypatch, runs, *arguments, "--ladder", "short", "long")
    section = json.loads(out.read_text())["sections"]["ruler-time"]
    assert "long 9 min, short 1 min" in section["notes"][0]
    assert "kid (judge): Spearman with missing training" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="fewer than two different"):
        run(monkeypatch, runs, *arguments, "--ladder", "long")


def test_a_judge_is_known_again_after_rounding_and_not_mistaken() -> None:
    judge, other = SecondReader(8).eval(), SecondReader(8).eval()
    before = fingerprint(judge)
    for p in judge.parameters():
        p.data = p.data.half().float()
    assert same_judge(before, fingerprint(judge))
    assert not same_judge(before, fingerprint(other))
    assert not same_judge([], [])


def test_figures_without_a_value_show_a_dash() -> None:
    assert Figure("a", None, 0, note="why").cells == ("a", "-", "", "0", "why")
