"""`training export`: every network of a release, verified, with goldens, card and manifest; and the way back."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from ..networks.reader import SecondReader
from ..stages.latents import config_of
from .cards import write_card
from .graph import Converted, convert
from .manifest import file_entry, network_entry, read_json, write_manifest
from .neighbours import packed_index, write_neighbours
from .registry import NETWORKS, NetworkSpec, chosen
from .verify import Errors, nhwc, verify
from .weights import import_weights, write_weights

CONFIGS = Path(__file__).resolve().parents[2] / "configs"

EDITS = "edits.json"
"""In the denoiser's run: figures of `training edits --models models --json`, for the card of the same weights."""

GOLDEN_LIMIT = 1_500_000
"""Bytes that a golden file may have."""


@dataclass(frozen=True)
class Exported:
    """What one network's export found out."""

    entry: dict[str, Any]
    errors: Errors
    onnx_error: float | None


def export_release(runs: Path, models: Path, names: list[str] | None = None, onnx: bool = True) -> dict[str, Exported]:
    """Writes models/<name>/ for each network and models/manifest.json; nothing is replaced before it is verified.

    `names`: the networks to export, default all; `onnx`: also write build/onnx/<name>.onnx beside `models`. Raises
    ExportError. Networks of an earlier export that are not named stay in the manifest.
    """
    specs = chosen(names)
    for spec in specs:
        spec.run(runs)
    models.mkdir(parents=True, exist_ok=True)
    onnx_folder = models.resolve().parent / "build" / "onnx" if onnx else None
    done = {spec.name: export_network(spec, runs, models, onnx_folder) for spec in specs}
    sampling = read_json(runs / "sampling.json") or read_json(CONFIGS / "sampling.json")
    write_manifest(models, runs, {name: result.entry for name, result in done.items()}, sampling)
    return done


def export_network(spec: NetworkSpec, runs: Path, models: Path, onnx: Path | None) -> Exported:
    """One network: converted, verified, then put in the place of its former folder."""
    network = spec.load(runs)
    module, inputs, outputs = spec.module(network), spec.inputs(), list(spec.outputs)
    converted = convert(spec.name, module, inputs, outputs, spec.weight_prefix)
    expected, errors = verify(module, converted, inputs)
    onnx_error = None
    if onnx is not None:
        from .onnx_model import write_onnx

        onnx_error = write_onnx(onnx / f"{spec.name}.onnx", spec.name, module, inputs, outputs)
    folder, partial = models / spec.name, models / f".{spec.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    write_network(partial, converted, network.state_dict(), inputs, expected, errors)
    record = read_json(runs / spec.run(runs) / "record.json")
    config = config_of(runs, spec.run(runs))
    (partial / "config.json").write_text(
        json.dumps({"run": spec.run(runs), **config}, indent=2) + "\n", encoding="utf-8"
    )
    beside = None
    if isinstance(network, SecondReader) and (index := packed_index(runs)) is not None:
        beside = write_neighbours(partial, network, index, expected["features"])
    evaluation = figures_of(runs / spec.run(runs), partial / "weights.safetensors")
    record = {**record, "evaluation": evaluation} if record else record
    parameters = sum(w.numel() for w in converted.weights.values())
    write_card(partial / "card.md", spec, config, record, parameters, errors, read_json(runs / "calibration.json"))
    for file in partial.iterdir():
        file.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    half = {f"export_error_{name}": float(f"{error:.3g}") for name, error in errors.items()}
    entry = network_entry(folder, parameters, {**evaluation, **half})
    return Exported({**entry, "neighbours": beside} if beside else entry, errors, onnx_error)


def figures_of(run: Path, weights: Path) -> dict[str, float]:
    """What a run's record found out, and its edits.json where that was measured with these very weights."""
    figures = dict(read_json(run / "record.json").get("evaluation", {}))
    edits = read_json(run / EDITS)
    if edits.get("weights") == file_entry(weights)["sha256"]:
        figures |= {name: value for name, value in edits.items() if isinstance(value, int | float)}
    return {name: round(float(value), 5) for name, value in figures.items() if value == value}


def write_network(
    folder: Path,
    converted: Converted,
    state: dict[str, Tensor],
    inputs: dict[str, Tensor],
    expected: dict[str, Tensor],
    errors: Errors,
) -> None:
    """graph.json, both weight files, goldens.safetensors.

    Goldens: `input.<name>` and, from PyTorch with the unrounded float32 weights, `output.<name>`, NHWC, float32. A
    runtime that reads the shipped weights may differ from them by the metadata's `error.<name>` (measured here) and by
    its own rounding.
    """
    (folder / "graph.json").write_text(converted.graph.to_json(), encoding="utf-8")
    write_weights(folder, converted, state)
    goldens = {f"input.{name}": nhwc(t) for name, t in inputs.items()} | {
        f"output.{name}": t for name, t in expected.items()
    }
    metadata = {f"error.{name}": f"{error:.3g}" for name, error in errors.items()}
    save_file({name: t.float().contiguous() for name, t in goldens.items()}, folder / "goldens.safetensors", metadata)
    size = (folder / "goldens.safetensors").stat().st_size
    if size > GOLDEN_LIMIT:
        raise ValueError(f"goldens of {converted.graph.name} have {size} bytes, more than {GOLDEN_LIMIT}")


def restore(models: Path, runs: Path, names: list[str] | None = None) -> list[Path]:
    """Writes runs/<run>/initial.pt from exported weights, for stages to go on from; returns the files.

    Encoder and decoder come together in the autoencoder's run, as that stage trains both. A run without configuration
    gets that of the release, so that stages which only use the network find its width.
    """
    states: dict[str, dict[str, Tensor]] = {}
    configs: dict[str, dict[str, Any]] = {}
    for spec in chosen(names or [name for name in NETWORKS if (models / name / "graph.json").exists()]):
        state = import_weights(models / spec.name)
        states.setdefault(spec.runs[0], {}).update({spec.prefix + key: value for key, value in state.items()})
        released = read_json(models / spec.name / "config.json")
        configs.setdefault(spec.runs[0], {key: value for key, value in released.items() if key != "run"})
    written = []
    for run, state in states.items():
        path = runs / run / "initial.pt"
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, path)
        written.append(path)
        config = path.parent / "config.json"
        if not config.exists():
            config.write_text(json.dumps(configs[run], indent=2) + "\n", encoding="utf-8")
    return written
