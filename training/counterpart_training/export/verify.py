"""Checks of a converted graph against its module, before anything is written."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from .errors import VerificationFailed
from .graph import Converted
from .interpreter import run_graph
from .weights import shipped

Errors = dict[str, float]
"""Largest absolute difference of each output."""

EXACT = 2e-4
"""Allowed difference in float32, as a share of the output's largest magnitude (at least 1): summation order only."""

HALF = 0.02
"""Allowed difference with the weights as shipped, absolute: the bar that the browser's tests hold a release to."""


def nhwc(tensor: Tensor) -> Tensor:
    """PyTorch's tensor as the graph stores it."""
    return tensor.permute(0, 2, 3, 1).contiguous() if tensor.ndim == 4 else tensor.contiguous()


@torch.no_grad()
def reference(module: nn.Module, inputs: Mapping[str, Tensor], outputs: list[str]) -> dict[str, Tensor]:
    """What PyTorch gives in float32, by output name, NHWC."""
    result = module(*inputs.values())
    many = result if isinstance(result, tuple | list) else (result,)
    return {name: nhwc(tensor.float()) for name, tensor in zip(outputs, many, strict=True)}


def verify(module: nn.Module, converted: Converted, inputs: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], Errors]:
    """Float32 at two batch sizes, then with the weights as shipped; returns PyTorch's outputs and the latter's errors.

    Raises VerificationFailed naming the output that differs by more than EXACT or HALF.
    """
    graph = converted.graph
    names = list(graph.outputs)
    expected = reference(module, inputs, names)
    three = {name: torch.cat([t[:1], t[-1:].flip(-1), t[:1] * 0.5]) for name, t in inputs.items()}
    for batch in (inputs, three):
        truth = expected if batch is inputs else reference(module, batch, names)
        got = run_graph(graph, converted.weights, {n: nhwc(t) for n, t in batch.items()})
        bounds = {name: EXACT * max(1.0, float(t.abs().max())) for name, t in truth.items()}
        _check(graph.name, truth, got, bounds)
    half = run_graph(graph, shipped(converted), {n: nhwc(t) for n, t in inputs.items()})
    return expected, _check(graph.name, expected, half, dict.fromkeys(names, HALF))


def _check(network: str, expected: Mapping[str, Tensor], got: Mapping[str, Tensor], bounds: Errors) -> Errors:
    errors: Errors = {}
    for name, truth in expected.items():
        if got[name].shape != truth.shape:
            raise VerificationFailed(network, f"{name} of shape {tuple(got[name].shape)}", float("inf"), bounds[name])
        errors[name] = float((got[name] - truth).abs().max())
        if not errors[name] <= bounds[name]:
            raise VerificationFailed(network, name, errors[name], bounds[name])
    return errors
