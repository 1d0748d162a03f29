"""Weights of an exported network: half precision for the browser, and the way back to a state dict for training.

weights.safetensors holds what the graph reads: batch norms folded, kernels HWIO, matrices [in, out].
training.safetensors beside it (small, never loaded by the browser) holds what is needed to undo that: how each weight
came from the state dict, the statistics of folded batch norms, and every entry that the shipped weights cannot give
back.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from .builder import Fold, Provenance
from .errors import WeightRange
from .graph import Converted
from .ir import Graph

WEIGHTS, TRAINING = "weights.safetensors", "training.safetensors"

RECOVERED = 2e-3
"""A recovered entry may differ by this share of its largest magnitude; worse ones are kept in training.safetensors."""

POINTWISE = frozenset({"add", "subtract", "multiply", "affine", "reshape", "transpose", "concat", "slice"})


def phase_weights(graph: Graph) -> set[str]:
    """Weights that reach a sine or cosine with nothing but arithmetic between: rounding them shifts the phase."""
    phases: set[str] = set()
    for node in reversed(graph.nodes):
        if node.op in ("sin", "cos") or (node.op in POINTWISE and node.output in phases):
            phases.update(node.inputs)
    return phases & set(graph.weights)


def shipped(converted: Converted) -> dict[str, Tensor]:
    """The weights as they are shipped: half precision but for phases. Raises WeightRange for what does not fit."""
    phases = phase_weights(converted.graph)
    out = {}
    for name, weight in converted.weights.items():
        half = weight.half()
        if not torch.isfinite(half).all():
            raise WeightRange(name, float(weight.abs().max()))
        out[name] = (weight if name in phases else half).contiguous()
    return out


def write_weights(folder: Path, converted: Converted, state: Mapping[str, Tensor]) -> None:
    """Writes both files; `state` is the network's state dict, which `import_weights` gives back."""
    weights = shipped(converted)
    save_file(weights, folder / WEIGHTS)
    norms = {key for fold in converted.folds for key in norm_keys(fold)}
    beside = {key: state[key] for key in state if key in norms}
    recovered = recover(weights, converted.provenance, converted.folds, beside)
    beside |= {k: value for k, value in state.items() if k not in recovered or not close(recovered[k], value)}
    metadata = {
        "provenance": json.dumps({name: asdict(p) for name, p in converted.provenance.items()}),
        "folds": json.dumps([asdict(fold) for fold in converted.folds]),
    }
    save_file({key: value.detach().clone().contiguous() for key, value in beside.items()}, folder / TRAINING, metadata)


def close(recovered: Tensor, value: Tensor) -> bool:
    error = (recovered.float() - value.float()).abs().max()
    return bool(error <= RECOVERED * value.float().abs().max())


def norm_keys(fold: Fold) -> list[str]:
    """State dict entries of a folded batch norm (weight and bias only where it is affine)."""
    return [f"{fold.norm}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]


def import_weights(folder: Path) -> dict[str, Tensor]:
    """The state dict of the network that was exported to `folder`, float32, to train on or evaluate.

    Folded batch norms are unfolded with their stored statistics, so the network computes what it did before the export
    up to half-precision rounding, in training mode too.
    """
    with safe_open(folder / TRAINING, framework="pt") as file:
        metadata: dict[str, str] = file.metadata()
        beside = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  (not a dict)
    provenance = {name: provenance_from(entry) for name, entry in json.loads(metadata["provenance"]).items()}
    folds = [Fold(**entry) for entry in json.loads(metadata["folds"])]
    return {**recover(load_file(folder / WEIGHTS), provenance, folds, beside), **beside}


def provenance_from(entry: dict[str, Any]) -> Provenance:
    order = {int(axis): tuple(entries) for axis, entries in entry["order"].items()}
    return Provenance(entry["key"], tuple(entry["permutation"]), order)


def recover(
    weights: Mapping[str, Tensor], provenance: Mapping[str, Provenance], folds: list[Fold], norms: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """State dict entries from stored weights: batch norms unfolded, axes and channels put back."""
    unfolded = {name: weight.double() for name, weight in weights.items()}
    for fold in reversed(folds):
        variance = norms[f"{fold.norm}.running_var"].double()
        scale = torch.rsqrt(variance + fold.epsilon) * norms.get(f"{fold.norm}.weight", torch.ones(())).double()
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        offset = norms.get(f"{fold.norm}.bias", torch.zeros(())).double()
        unfolded[fold.weight] = unfolded[fold.weight] / scale
        if fold.had_bias:
            mean = norms[f"{fold.norm}.running_mean"].double()
            unfolded[fold.bias] = (unfolded[fold.bias] - offset) / scale + mean
    out = {}
    for name, made in provenance.items():
        inverse = [made.permutation.index(axis) for axis in range(len(made.permutation))]
        tensor = unfolded[name].permute(inverse)
        for axis, entries in made.order.items():
            tensor = torch.empty_like(tensor).index_copy(axis, torch.tensor(entries), tensor)
        out[made.key] = tensor.float().contiguous()
    return out
