"""A release from checkpoints of untrained, tiny networks: files, hashes, goldens, cards, and the way back."""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from counterpart_training.evaluation.checkpoints import CheckpointNetworks
from counterpart_training.export.cards import write_card
from counterpart_training.export.commands import add_commands, run_command
from counterpart_training.export.errors import CheckpointMissing
from counterpart_training.export.interpreter import run_graph
from counterpart_training.export.ir import Graph
from counterpart_training.export.manifest import places_block, sampling_block
from counterpart_training.export.networks import ExportedNetworks
from counterpart_training.export.registry import NETWORKS, restored
from counterpart_training.export.release import EDITS, GOLDEN_LIMIT, export_release, restore
from counterpart_training.export.verify import nhwc
from counterpart_training.export.weights import import_weights
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import Reader, SecondReader
from counterpart_training.stages.drawings import DRAWN
from counterpart_training.stages.latents import averaged, config_of

WIDTH = 8
RUNS = {
    "autoencoder": ("encoder", "decoder"),
    "anatomist": ("anatomist",),
    "reader": ("reader",),
    "second-reader": ("second-reader",),
    "denoiser": ("denoiser",),
    "healthy-twin": ("healthy-twin",),
    "residual-streams": ("pathology", "recomposer"),
}


def randomised(module: nn.Module) -> nn.Module:
    """No weight zero, no batch norm the identity."""
    for name, tensor in module.state_dict().items():
        if name.endswith("running_var"):
            tensor.uniform_(0.5, 2)
        elif tensor.is_floating_point():
            tensor.add_(torch.randn_like(tensor) * (0.1 if tensor.ndim < 2 else 0.3 / tensor[0].numel() ** 0.5))
    return module


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("runs")
    for run, names in RUNS.items():
        (folder / run).mkdir()
        config = {"width": WIDTH, "seed": 1, "severity_scale": 4.0}
        (folder / run / "config.json").write_text(json.dumps(config))
        state = {
            NETWORKS[name].prefix + key: value
            for name in names
            for key, value in randomised(NETWORKS[name].build(config)).state_dict().items()
        }
        torch.save({"average": state}, folder / run / "checkpoint.pt")
    record = {"minutes": 2.0, "samples": 64, "steps": 4, "threads": 1, "torch": "2.13.0"}
    record["evaluation"] = {"auroc_effusion": 0.75, "auroc_hernia": float("nan")}
    (folder / "reader" / "record.json").write_text(json.dumps(record))
    finding = {"scale": 1.1, "offset": 0.2, "threshold": 0.4, "positives": 9, "negatives": 20}
    calibration = {
        "reader": dict.fromkeys(FINDINGS, finding),
        "severity": {"brixia_scale": 3.5, "rmse": 0.6},
        "operatingPoint": {"second-reader-local": 0.3, "local_auroc": 0.9},
    }
    (folder / "calibration.json").write_text(json.dumps(calibration))
    return folder


@pytest.fixture(scope="module")
def models(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "models"
    export_release(runs, folder, onnx=False)
    return folder


def test_the_manifest_lists_every_network_with_its_files(models: Path) -> None:
    manifest = json.loads((models / "manifest.json").read_text())
    assert (manifest["format"], manifest["version"]) == ("counterpart-models", 1)
    assert list(manifest["networks"]) == list(NETWORKS)
    for entry in manifest["networks"].values():
        for kind in ("graph", "weights", "goldens"):
            data = (models / entry["folder"] / entry[kind]["file"]).read_bytes()
            assert entry[kind]["bytes"] == len(data)
            assert entry[kind]["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["goldens"]["bytes"] <= GOLDEN_LIMIT


def test_the_manifest_carries_evaluation_calibration_and_sampling(models: Path) -> None:
    manifest = json.loads((models / "manifest.json").read_text())
    evaluation = manifest["networks"]["reader"]["evaluation"]
    assert evaluation["auroc_effusion"] == 0.75
    assert "auroc_hernia" not in evaluation
    assert manifest["calibration"]["reader"]["mass"] == {"scale": 1.1, "offset": 0.2, "threshold": 0.4}
    assert manifest["calibration"]["severity"] == {"scale": 4.0}
    assert manifest["calibration"]["operatingPoint"] == {"second-reader-local": 0.3}
    assert set(manifest["sampling"]["sampler"]) == {"add", "remove", "grade"}


def test_edits_measured_with_these_very_weights_stand_in_manifest_and_card(runs: Path, tmp_path: Path) -> None:
    own, models = tmp_path / "runs", tmp_path / "models"
    shutil.copytree(runs, own)
    record = {"minutes": 1.0, "samples": 8, "steps": 2, "threads": 1, "torch": "2.13.0", "evaluation": {}}
    (own / "denoiser" / "record.json").write_text(json.dumps(record))
    for weights, told in (("0" * 64, False), ("", True)):
        if told:
            weights = json.loads((models / "manifest.json").read_text())["networks"]["denoiser"]["weights"]["sha256"]
        edits = {"erase_crossed": 0.625, "weights": weights, "each": {"erase_local_after": [0.1]}}
        (own / "denoiser" / EDITS).write_text(json.dumps(edits))
        export_release(own, models, ["denoiser"], onnx=False)
        entry = json.loads((models / "manifest.json").read_text())["networks"]["denoiser"]
        assert entry["evaluation"].get("erase_crossed") == (0.625 if told else None)
        assert ("| erase_crossed | 0.625 |" in (models / "denoiser" / "card.md").read_text()) == told


def test_samplers_that_differ_from_erasing_have_settings_of_their_own() -> None:
    erase = {"name": "twin-flow", "steps": 12, "guidance": 4.0, "start": 0.9, "averages": 2}
    add = {"name": "inpaint", "steps": 20, "guidance": 3.0, "start": 1.0}
    assert sampling_block({"erase": erase, "add": add}) == {
        "steps": 12,
        "guidance": 4.0,
        "maxTime": 0.9,
        "averages": 2,
        "sampler": {"add": "inpaint", "remove": "twin-flow", "grade": "twin-flow"},
        "kinds": {"add": {"steps": 20, "guidance": 3.0, "maxTime": 1.0}},
    }


@pytest.mark.parametrize("name", NETWORKS)
def test_the_shipped_files_reproduce_their_goldens(models: Path, name: str) -> None:
    graph = Graph.from_json((models / name / "graph.json").read_text())
    goldens = load_file(models / name / "goldens.safetensors")
    inputs = {k.removeprefix("input."): v for k, v in goldens.items() if k.startswith("input.")}
    got = run_graph(graph, load_file(models / name / "weights.safetensors"), inputs)
    assert set(got) == set(NETWORKS[name].outputs)
    with safe_open(models / name / "goldens.safetensors", framework="pt") as file:
        noted = file.metadata()
    for output, value in got.items():
        golden = goldens[f"output.{output}"]
        assert value.shape == golden.shape
        assert golden.abs().max() > 1e-3
        assert (value - golden).abs().max() <= 1.05 * float(noted[f"error.{output}"]) + 1e-5


@pytest.mark.parametrize("name", NETWORKS)
def test_one_image_gives_the_same_alone_and_in_a_batch(models: Path, name: str) -> None:
    graph = Graph.from_json((models / name / "graph.json").read_text())
    weights = load_file(models / name / "weights.safetensors")
    inputs = {label: nhwc(t)[:1] for label, t in NETWORKS[name].inputs().items()}
    three = {label: t.repeat(3, *(1,) * (t.ndim - 1)) for label, t in inputs.items()}
    alone, batch = run_graph(graph, weights, inputs), run_graph(graph, weights, three)
    for output, value in alone.items():
        assert batch[output].shape == (3, *value.shape[1:])
        assert torch.allclose(batch[output][2], value[0], atol=1e-4 * max(1, float(value.abs().max())))


@pytest.mark.parametrize("name", NETWORKS)
def test_training_can_go_on_from_the_exported_weights(runs: Path, models: Path, name: str) -> None:
    spec = NETWORKS[name]
    original = spec.load(runs)
    again = restored(name, json.loads((models / name / "config.json").read_text()), import_weights(models / name))
    for key, value in original.state_dict().items():
        assert (again.state_dict()[key] - value).abs().max() <= 2e-3 * value.abs().max().clamp(min=1e-6), key
    inputs = tuple(spec.inputs().values())
    for mode in (False, True):
        original.train(mode)
        again.train(mode)
        for module in (*original.modules(), *again.modules()):
            if isinstance(module, nn.Dropout):
                module.eval()
        with torch.no_grad():
            a, b = original(*inputs), again(*inputs)
        for x, y in zip(*((r if isinstance(r, tuple) else (r,)) for r in (a, b)), strict=True):
            assert (x - y).abs().max() <= 0.02 * max(1, float(x.abs().max()))


def test_what_the_browser_does_not_need_stays_small(models: Path) -> None:
    for name in ("encoder", "decoder", "denoiser"):
        with safe_open(models / name / "training.safetensors", framework="pt") as file:
            assert not [k for k in file.keys() if not k.startswith("standardise")]  # noqa: SIM118


def test_restoring_writes_what_a_stage_starts_from(models: Path, tmp_path: Path) -> None:
    written = restore(models, tmp_path)
    assert {path.parent.name for path in written} == set(RUNS)
    state = torch.load(tmp_path / "autoencoder" / "initial.pt", weights_only=True)
    assert {key.split(".")[0] for key in state} == {"encoder", "decoder"}


def test_what_was_restored_can_be_used_without_training_it_again(models: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="training restore"):
        averaged(tmp_path, "anatomist")
    restore(models, tmp_path)
    assert set(averaged(tmp_path, "anatomist")) == set(
        torch.load(tmp_path / "anatomist" / "initial.pt", weights_only=True)
    )
    assert config_of(tmp_path, "anatomist")["width"] == WIDTH
    assert CheckpointNetworks(tmp_path).twin is not None
    (tmp_path / "anatomist" / "config.json").write_text('{"width": 3}')
    restore(models, tmp_path)
    assert config_of(tmp_path, "anatomist") == {"width": 3}


def test_the_mean_of_an_activation_map_is_the_findings_logit() -> None:
    spec = NETWORKS["reader"]
    network = randomised(spec.build({"width": WIDTH})).eval()
    assert isinstance(network, Reader)
    x = spec.inputs()["image"]
    with torch.no_grad():
        findings, opacity, activation = spec.module(network)(x)
        own_findings, own_opacity = network(x)
    assert activation.shape == (1, len(FINDINGS), 32, 32)
    assert torch.allclose(activation.mean((2, 3)), findings, atol=1e-4)
    assert torch.allclose(findings, own_findings, atol=1e-5)
    assert torch.allclose(opacity, own_opacity, atol=1e-5)


def test_the_second_readers_features_come_with_what_it_says_without_them() -> None:
    spec = NETWORKS["second-reader"]
    network = randomised(spec.build({"width": WIDTH})).eval()
    assert isinstance(network, SecondReader)
    x = spec.inputs()["image"]
    with torch.no_grad():
        findings, opacity, features = spec.module(network)(x)
        own_findings, own_opacity = network(x)
        assert torch.allclose(network.findings(features), findings, atol=1e-5)
    assert features.shape == (1, 6 * WIDTH)
    assert torch.allclose(findings, own_findings, atol=1e-6)
    assert torch.allclose(opacity, own_opacity, atol=1e-6)


def test_a_release_without_data_tells_nothing_of_training_images(models: Path) -> None:
    entry = json.loads((models / "manifest.json").read_text())["networks"]["second-reader"]
    assert "neighbours" not in entry
    assert not (models / "second-reader" / "neighbours.safetensors").exists()


def test_cards_say_what_it_is_not_for_and_how_well_it_does(models: Path) -> None:
    for name in NETWORKS:
        card = (models / name / "card.md").read_text()
        assert "Not a medical device" in card
        assert "{" not in card
    assert "auroc_effusion | 0.75" in (models / "reader" / "card.md").read_text()
    assert "not finished" in (models / "anatomist" / "card.md").read_text()


def test_exporting_one_network_keeps_the_others_in_the_manifest(runs: Path, models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    export_release(runs, folder, ["encoder"], onnx=False)
    export_release(runs, folder, ["anatomist"], onnx=False)
    entries = json.loads((folder / "manifest.json").read_text())["networks"]
    assert set(entries) == {"encoder", "anatomist"}
    whole = json.loads((models / "manifest.json").read_text())["networks"]
    assert entries["encoder"]["weights"] == whole["encoder"]["weights"]


def test_a_later_decoder_run_replaces_the_autoencoders(runs: Path, tmp_path: Path) -> None:
    for run in ("autoencoder", "decoder"):
        (tmp_path / run).mkdir()
        (tmp_path / run / "config.json").write_text((runs / "autoencoder" / "config.json").read_text())
        state = torch.load(runs / "autoencoder" / "checkpoint.pt", weights_only=True)
        if run == "decoder":
            state["average"]["decoder.head.bias"].fill_(7)
        torch.save(state, tmp_path / run / "checkpoint.pt")
    network = NETWORKS["decoder"].load(tmp_path)
    assert network.state_dict()["head.bias"].tolist() == [7] * 4


def test_a_missing_run_is_named_before_anything_is_written(runs: Path, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    with pytest.raises(CheckpointMissing, match="encoder"):
        export_release(tmp_path / "runs", tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_onnx_runtime_agrees(runs: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="ONNX Runtime is not installed")
    done = export_release(runs, tmp_path / "models", ["anatomist"])
    assert (tmp_path / "build" / "onnx" / "anatomist.onnx").exists()
    error = done["anatomist"].onnx_error
    assert error is not None
    assert error < 1e-3


def test_released_graphs_stand_in_for_the_modules(runs: Path, models: Path) -> None:
    released = ExportedNetworks(models)
    x = NETWORKS["encoder"].inputs()["image"].repeat(2, 1, 1, 1)
    z = released.encode(x)
    with torch.no_grad():
        expected = NETWORKS["encoder"].load(runs)(x)
    assert (z - expected).abs().max() < 0.02 * expected.abs().max()
    assert released.decode(z).shape == x.shape
    assert released.share(x).shape == (2, 8, 32, 32)
    assert released.opacity(x).shape == (2, 1, 32, 32)
    assert [t.shape for t in released.second(x)] == [(2, len(FINDINGS)), (2, 1, 32, 32)]
    inputs = tuple(NETWORKS["denoiser"].inputs().values())
    with torch.no_grad():
        velocity = NETWORKS["denoiser"].load(runs)(*inputs)
    assert (released.denoiser(*inputs) - velocity).abs().max() < 0.02 * velocity.abs().max()


def test_the_command_line_exports_and_restores(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=Path, default=runs)
    add_commands(parser.add_subparsers(dest="stage"))
    folder = str(tmp_path / "models")
    run_command(parser.parse_args(["export", "anatomist", "--no-onnx", "--models", folder]))
    assert "anatomist" in capsys.readouterr().out
    run_command(parser.parse_args(["--runs", str(tmp_path / "new"), "restore", "--models", folder]))
    assert (tmp_path / "new" / "anatomist" / "initial.pt").exists()
    with pytest.raises(SystemExit, match="no network lungs"):
        run_command(parser.parse_args(["export", "lungs", "--models", folder]))
    with pytest.raises(SystemExit, match="no checkpoint"):
        run_command(parser.parse_args(["--runs", str(tmp_path / "none"), "export", "--models", folder]))


def test_a_denoiser_that_learnt_from_drawings_is_told_places(tmp_path: Path) -> None:
    (tmp_path / "denoiser").mkdir()
    assert places_block(tmp_path) == {"places": []}
    some = ["effusion", "mass"]
    for config, places in (
        ({"drawings": 0}, []),
        ({"drawings": 0, "drawn_findings": some}, []),
        ({"drawings": 0.35}, list(DRAWN)),
        ({"drawings": 0.35, "drawn_findings": some}, some),
    ):
        (tmp_path / "denoiser" / "config.json").write_text(json.dumps(config))
        assert places_block(tmp_path) == {"places": places}


def test_a_card_says_of_drawings_only_where_they_were_learnt_from(tmp_path: Path) -> None:
    spec = NETWORKS["denoiser"]
    record = {"minutes": 2.0, "samples": 64, "steps": 4, "threads": 1, "torch": "2.13.0"}
    said = []
    for config in ({"width": 8}, {"width": 8, "drawings": 0.3, "begin": "denoiser"}):
        write_card(tmp_path / "card.md", spec, config, record, 10, {"velocity": 0.1}, {})
        text = (tmp_path / "card.md").read_text(encoding="utf-8")
        said.append(("a finding was drawn" in text, "weights of the run denoiser" in text))
    assert said == [(False, False), (True, True)]
