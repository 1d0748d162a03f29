"""ONNX files of the networks in models/ as shipped, without the runs they came from: `training export --onnx-only`."""

import json
from pathlib import Path

from .onnx_model import write_onnx
from .registry import NETWORKS, chosen, restored
from .weights import import_weights


def write_shipped_onnx(models: Path, onnx: Path, names: list[str] | None = None) -> dict[str, float]:
    """Writes `onnx`/<name>.onnx for each network that `models` has, with its half-precision weights.

    Returns the largest difference between PyTorch and ONNX Runtime on the same weights. Raises ExportError.
    """
    errors = {}
    for spec in chosen(names or [name for name in NETWORKS if (models / name / "graph.json").exists()]):
        folder = models / spec.name
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        module = spec.module(restored(spec.name, config, import_weights(folder)))
        errors[spec.name] = write_onnx(onnx / f"{spec.name}.onnx", spec.name, module, spec.inputs(), list(spec.outputs))
    return errors
