"""Runs graph.json in PyTorch: the reference that a converted graph is checked with before anything is written.

It shares no code with the conversion: what it computes is what the format says (docs/export-format.md).
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from .ir import Graph

Attributes = dict[str, Any]


def _conv2d(at: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    (top, bottom), (left, right) = at["padding"]
    padded = F.pad(x.permute(0, 3, 1, 2), (left, right, top, bottom))
    y = F.conv2d(padded, weight.permute(3, 2, 0, 1), bias, stride=at["stride"], dilation=at["dilation"])
    return y.permute(0, 2, 3, 1)


def _dense(at: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    return x @ weight if bias is None else x @ weight + bias


def _matmul(at: Attributes, a: Tensor, b: Tensor) -> Tensor:
    return (a.mT if at["transposeA"] else a) @ (b.mT if at["transposeB"] else b)


def _reshape(at: Attributes, x: Tensor) -> Tensor:
    shape = at["shape"]
    return x.reshape([x.shape[0] if shape[0] == 0 else shape[0], *shape[1:]])


def _space_to_depth(at: Attributes, x: Tensor) -> Tensor:
    s = at["block"]
    n, h, w, c = x.shape
    return x.reshape(n, h // s, s, w // s, s, c).permute(0, 1, 3, 2, 4, 5).reshape(n, h // s, w // s, s * s * c)


def _depth_to_space(at: Attributes, x: Tensor) -> Tensor:
    s = at["block"]
    n, h, w, c = x.shape
    return x.reshape(n, h, w, s, s, c // (s * s)).permute(0, 1, 3, 2, 4, 5).reshape(n, h * s, w * s, c // (s * s))


def _pool(reduce: Callable[[Tensor, tuple[int, int]], Tensor]) -> Callable[[Attributes, Tensor], Tensor]:
    def run(at: Attributes, x: Tensor) -> Tensor:
        n, h, w, c = x.shape
        s = at["size"]
        return reduce(x.reshape(n, h // s, s, w // s, s, c), (2, 4))

    return run


def _rms_norm(at: Attributes, x: Tensor, gain: Tensor) -> Tensor:
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + at["epsilon"]) * gain


RUN: dict[str, Callable[..., Tensor]] = {
    "conv2d": _conv2d,
    "dense": _dense,
    "matmul": _matmul,
    "relu": lambda at, x: torch.relu(x),
    "silu": lambda at, x: x * torch.sigmoid(x),
    "sigmoid": lambda at, x: torch.sigmoid(x),
    "tanh": lambda at, x: torch.tanh(x),
    "sin": lambda at, x: torch.sin(x),
    "cos": lambda at, x: torch.cos(x),
    "exp": lambda at, x: torch.exp(x),
    "log": lambda at, x: torch.log(x),
    "add": lambda at, a, b: a + b,
    "subtract": lambda at, a, b: a - b,
    "multiply": lambda at, a, b: a * b,
    "affine": lambda at, x: x * at["scale"] + at["offset"],
    "concat": lambda at, *parts: torch.cat(parts, at["axis"]),
    "slice": lambda at, x: x.narrow(at["axis"], at["begin"], at["size"]),
    "reshape": _reshape,
    "transpose": lambda at, x: x.permute(at["permutation"]),
    "mean": lambda at, x: x.mean(at["axes"], keepdim=at["keepDims"]),
    "sum": lambda at, x: x.sum(at["axes"], keepdim=at["keepDims"]),
    "upsampleNearest": lambda at, x: x.repeat_interleave(at["factor"], 1).repeat_interleave(at["factor"], 2),
    "averagePool": _pool(lambda x, axes: x.mean(axes)),
    "maxPool": _pool(lambda x, axes: x.amax(axes)),
    "spaceToDepth": _space_to_depth,
    "depthToSpace": _depth_to_space,
    "softmax": lambda at, x: x.softmax(-1),
    "rmsNorm": _rms_norm,
}


@torch.no_grad()
def run_graph(graph: Graph, weights: Mapping[str, Tensor], inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Outputs by name, in float32. `inputs` as the graph states their shapes, with any batch size.

    Raises ValueError where an input is missing or has another shape.
    """
    values: dict[str, Tensor] = {}
    for name, shape in graph.inputs.items():
        if name not in inputs or tuple(inputs[name].shape[1:]) != shape[1:]:
            given = tuple(inputs[name].shape) if name in inputs else "nothing"
            raise ValueError(f"{graph.name}: input {name} must have shape {shape} (any batch size), got {given}")
        values[name] = inputs[name].float()
    values |= {name: weights[name].float() for name in graph.weights}
    last_use = {name: i for i, node in enumerate(graph.nodes) for name in node.inputs}
    keep = {*graph.outputs.values(), *graph.weights}
    for i, node in enumerate(graph.nodes):
        values[node.output] = RUN[node.op](node.attributes, *(values[name] for name in node.inputs))
        for name in set(node.inputs) - keep:
            if last_use[name] == i:
                del values[name]
    return {name: values[value] for name, value in graph.outputs.items()}
