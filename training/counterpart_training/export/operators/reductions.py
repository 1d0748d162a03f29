"""Means, sums, softmax and the norms over the last axis."""

from dataclasses import replace

import torch

from ..builder import Builder, Constant, Value
from ..errors import BatchAxis, UnsupportedAttribute
from ..layout import without
from .elementwise import binary
from .table import axis, lowers


def reduce(b: Builder, node: str, op: str, x: Value, dims: list[int] | int | None, keep: bool) -> Value:
    x = b.plain(x, node)
    rank = len(x.shape)
    gone = {axis(d, rank) for d in ([dims] if isinstance(dims, int) else dims or range(rank))}
    if x.batch in gone:
        raise BatchAxis(node, f"{op} over the batch")
    positions = sorted(x.layout.index(d) for d in gone)
    if keep:
        result = replace(x, shape=tuple(1 if i in gone else n for i, n in enumerate(x.shape)))
    else:
        batch = x.batch - sum(1 for d in gone if d < x.batch)
        shape = tuple(n for i, n in enumerate(x.shape) if i not in gone)
        result = Value("", shape, without(x.layout, gone), batch)
    return b.emit(node, op, [x.name], result, axes=positions, keepDims=keep)


@lowers("aten.mean.dim")
def mean(
    b: Builder, node: str, x: Value, dims: list[int] | None = None, keepdim: bool = False, dtype: object = None
) -> Value:
    return reduce(b, node, "mean", x, dims, keepdim)


@lowers("aten.sum.dim_IntList")
def total(
    b: Builder, node: str, x: Value, dims: list[int] | None = None, keepdim: bool = False, dtype: object = None
) -> Value:
    return reduce(b, node, "sum", x, dims, keepdim)


def last(b: Builder, x: Value, dim: int, node: str) -> Value:
    """The value stored with PyTorch's axis `dim` last."""
    if x.layout[-1] == dim:
        return b.plain(x, node)
    return b.arrange(x, (*(a for a in x.layout if a != dim), dim), node)


@lowers("aten.softmax.int", "aten._softmax.default")
def softmax(b: Builder, node: str, x: Value, dim: int, dtype: object = None) -> Value:
    x = last(b, x, axis(dim, len(x.shape)), node)
    return b.emit(node, "softmax", [x.name], x)


def gain(weight: Constant | None, channels: int, node: str) -> Constant:
    return weight if weight is not None else Constant(torch.ones(channels), None, f"{node}.gain")


@lowers("aten.rms_norm.default")
def rms_norm(
    b: Builder, node: str, x: Value, shape: list[int], weight: Constant | None = None, eps: float | None = None
) -> Value:
    if len(shape) != 1:
        raise UnsupportedAttribute(node, f"normalises over {len(shape)} axes; only the last is possible")
    x = last(b, x, len(x.shape) - 1, node)
    stored = b.weight(gain(weight, shape[0], node))
    return b.emit(
        node, "rmsNorm", [x.name, stored], x, epsilon=eps if eps is not None else torch.finfo(torch.float32).eps
    )


@lowers("aten.layer_norm.default")
def layer_norm(
    b: Builder,
    node: str,
    x: Value,
    shape: list[int],
    weight: Constant | None = None,
    bias: Constant | None = None,
    eps: float = 1e-5,
    cudnn: bool = True,
) -> Value:
    """The root mean square of x minus its mean is the standard deviation."""
    centre = mean(b, node, x, [-1], True)
    y = rms_norm(b, node, binary(b, node, "subtract", x, centre), shape, weight, eps)
    return y if bias is None else binary(b, node, "add", y, bias)
