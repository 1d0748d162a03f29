"""Operators that treat every entry alike, with PyTorch's broadcasting."""

import math
from dataclasses import replace
from math import prod

import torch

from ..builder import Builder, Constant, Value
from ..errors import ChannelOrder, UnsupportedAttribute
from ..layout import Layout
from .table import lowers

Number = int | float
Operand = Value | Constant | Number


def scalar(operand: Operand) -> float | None:
    """The number an operand stands for, None for a tensor of several entries or known only at run time."""
    if isinstance(operand, Constant):
        return float(operand.tensor.item()) if operand.tensor.numel() == 1 else None
    return float(operand) if isinstance(operand, int | float) else None


def affine(b: Builder, node: str, x: Value, scale: float, offset: float) -> Value:
    """x * scale + offset, nothing at all where that is x."""
    if (scale, offset) == (1.0, 0.0):
        return x
    return b.emit(node, "affine", [x.name], x, scale=float(scale), offset=float(offset))


def unary(op: str, *operators: str) -> None:
    @lowers(*operators)
    def lowering(b: Builder, node: str, x: Value) -> Value:
        return b.emit(node, op, [x.name], x)


for name in ("relu", "silu", "sigmoid", "tanh", "sin", "cos", "exp", "log"):
    unary(name, f"aten.{name}.default", f"aten.{name}_.default")


def broadcast(a: Value, b: Value) -> tuple[int, ...]:
    """The broadcast shape in PyTorch's order."""
    rank = max(len(a.shape), len(b.shape))
    pad_a, pad_b = ((1,) * (rank - len(v.shape)) + v.shape for v in (a, b))
    return tuple(max(x, y) for x, y in zip(pad_a, pad_b, strict=True))


def lifted(b: Builder, x: Value, rank: int, layout: Layout, node: str) -> Value:
    """The value with axes of length 1 in front up to `rank`, stored in `layout`."""
    if len(x.shape) < rank:
        x = b.reshape(x, (1,) * (rank - len(x.shape)) + x.shape, node)
    return b.arrange(x, layout, node)


def binary(b: Builder, node: str, op: str, x: Operand, y: Operand) -> Value:
    """One node for two run-time values or a value and a constant tensor."""
    if isinstance(x, Value) and isinstance(y, Value):
        if x.channels != y.channels:
            raise ChannelOrder(node)
        if x.layout == y.layout and len(x.shape) == len(y.shape):
            shape = broadcast(x, y)
            return b.emit(node, op, [x.name, y.name], replace(x, shape=shape))
        lead = x if (len(x.shape), prod(x.shape)) >= (len(y.shape), prod(y.shape)) else y
        rank = len(lead.shape)
        shape = broadcast(x, y)
        x, y = lifted(b, x, rank, lead.layout, node), lifted(b, y, rank, lead.layout, node)
        return b.emit(node, op, [x.name, y.name], replace(lead, shape=shape))
    value, constant = (x, y) if isinstance(x, Value) else (y, x)
    assert isinstance(value, Value) and isinstance(constant, Constant)
    value = b.plain(value, node)
    rank = max(len(value.shape), constant.tensor.ndim)
    if rank > len(value.shape):
        value = b.reshape(value, (1,) * (rank - len(value.shape)) + value.shape, node)
    stored = b.operand(constant, rank, value.layout, value.batch, node)
    padded = (1,) * (rank - constant.tensor.ndim) + tuple(constant.tensor.shape)
    shape = tuple(
        s if i == value.batch else max(s, p) for i, (s, p) in enumerate(zip(value.shape, padded, strict=True))
    )
    inputs = [value.name, stored] if isinstance(x, Value) else [stored, value.name]
    return b.emit(node, op, inputs, replace(value, shape=shape))


@lowers("aten.add.Tensor", "aten.add_.Tensor", "aten.add.Scalar")
def add(b: Builder, node: str, x: Operand, y: Operand, alpha: Number = 1) -> Value:
    if (number := scalar(y)) is not None and isinstance(x, Value):
        return affine(b, node, x, 1, number * alpha)
    if alpha != 1:
        y = scaled(b, node, y, float(alpha))
    if (number := scalar(x)) is not None and isinstance(y, Value):
        return affine(b, node, y, 1, number)
    return binary(b, node, "add", x, y)


@lowers("aten.sub.Tensor", "aten.sub_.Tensor", "aten.sub.Scalar")
def subtract(b: Builder, node: str, x: Operand, y: Operand, alpha: Number = 1) -> Value:
    if (number := scalar(y)) is not None and isinstance(x, Value):
        return affine(b, node, x, 1, -number * alpha)
    if alpha != 1:
        y = scaled(b, node, y, float(alpha))
    if (number := scalar(x)) is not None and isinstance(y, Value):
        return affine(b, node, y, -1, number)
    return binary(b, node, "subtract", x, y)


@lowers("aten.rsub.Scalar", "aten.rsub.Tensor")
def reverse_subtract(b: Builder, node: str, x: Operand, y: Operand, alpha: Number = 1) -> Value:
    return subtract(b, node, y, x, alpha)


def scaled(b: Builder, node: str, x: Operand, factor: float) -> Operand:
    if isinstance(x, Value):
        return affine(b, node, x, factor, 0)
    return Constant(x.tensor * factor, None, x.hint) if isinstance(x, Constant) else x * factor


@lowers("aten.mul.Tensor", "aten.mul_.Tensor", "aten.mul.Scalar")
def multiply(b: Builder, node: str, x: Operand, y: Operand) -> Value:
    for value, factor in ((x, scalar(y)), (y, scalar(x))):
        if isinstance(value, Value) and factor is not None:
            return affine(b, node, value, factor, 0)
    return binary(b, node, "multiply", x, y)


@lowers("aten.div.Tensor", "aten.div_.Tensor", "aten.div.Scalar")
def divide(b: Builder, node: str, x: Operand, y: Operand) -> Value:
    if isinstance(y, Value):
        raise UnsupportedAttribute(node, "division by a value of run time")
    inverse = Constant(1 / y.tensor.double(), None, y.hint) if isinstance(y, Constant) else 1 / y
    return multiply(b, node, x, inverse)


@lowers("aten.neg.default")
def negate(b: Builder, node: str, x: Value) -> Value:
    return affine(b, node, x, -1, 0)


@lowers("aten.pow.Tensor_Scalar")
def power(b: Builder, node: str, x: Value, exponent: Number) -> Value:
    if exponent not in (1, 2):
        raise UnsupportedAttribute(node, f"power {exponent}; only squares")
    return x if exponent == 1 else binary(b, node, "multiply", x, x)


@lowers("aten.square.default")
def square(b: Builder, node: str, x: Value) -> Value:
    return binary(b, node, "multiply", x, x)


@lowers("aten.clamp.default", "aten.hardtanh.default")
def clamp(b: Builder, node: str, x: Value, low: Number | None = None, high: Number | None = None) -> Value:
    """low + relu(x - low), then high - relu(high - x)."""
    if low is not None:
        x = affine(b, node, x, 1, -low)
        x = affine(b, node, b.emit(node, "relu", [x.name], x), 1, low)
    if high is not None:
        x = affine(b, node, x, -1, high)
        x = affine(b, node, b.emit(node, "relu", [x.name], x), -1, high)
    return x


@lowers("aten.gelu.default")
def gelu(b: Builder, node: str, x: Value, approximate: str = "none") -> Value:
    """x * sigmoid(2 * sqrt(2/pi) * (x + 0.044715 x^3)), which the tanh form equals."""
    if approximate != "tanh":
        raise UnsupportedAttribute(node, "GELU by the error function; use approximate='tanh'")
    cube = binary(b, node, "multiply", binary(b, node, "multiply", x, x), x)
    inner = binary(b, node, "add", x, affine(b, node, cube, 0.044715, 0))
    gate = affine(b, node, inner, 2 * math.sqrt(2 / math.pi), 0)
    return binary(b, node, "multiply", x, b.emit(node, "sigmoid", [gate.name], gate))


@lowers("aten.expand.default", "aten.expand_as.default")
def expand(b: Builder, node: str, x: Value, size: list[int] | Value, implicit: bool = False) -> Value:
    """Repeats axes of length 1 by adding zeros of the asked shape."""
    target = list(size.shape) if isinstance(size, Value) else list(size)
    rank = len(target)
    x = x if len(x.shape) == rank else b.reshape(x, (1,) * (rank - len(x.shape)) + x.shape, node)
    shape = tuple(have if want == -1 else want for have, want in zip(x.shape, target, strict=True))
    if shape == x.shape:
        return x
    grown = [want if have != want else 1 for have, want in zip(x.shape, shape, strict=True)]
    zeros = Constant(torch.zeros(grown), None, f"{node}.zeros")
    stored = b.operand(zeros, rank, x.layout, x.batch, node)
    return b.emit(node, "add", [b.plain(x, node).name, stored], replace(x, shape=shape))


def like_batch(b: Builder, node: str, constant: Constant, like: Value) -> Value:
    """A constant of PyTorch shape (batch, ...) as a run-time value: zeros made of `like`, plus the constant."""
    rank = len(like.shape)
    zero = like
    for position in range(rank):
        if (axis := like.layout[position]) != like.batch and zero.shape[axis] > 1:
            shape = tuple(1 if i == axis else n for i, n in enumerate(zero.shape))
            zero = b.emit(node, "slice", [zero.name], replace(zero, shape=shape), axis=position, begin=0, size=1)
    zero = b.emit(node, "affine", [zero.name], zero, scale=0.0, offset=0.0)
    return binary(b, node, "add", zero, constant)
