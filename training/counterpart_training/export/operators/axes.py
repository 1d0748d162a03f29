"""Operators that only rearrange: reshapes, permutations, slices, concatenation."""

from collections.abc import Sequence
from dataclasses import replace

from ..builder import Builder, Constant, Value
from ..errors import BatchAxis, UnsupportedAttribute
from ..layout import permuted
from .elementwise import like_batch
from .table import axis, lowers


def whole_shape(target: Sequence[int], count: int) -> tuple[int, ...]:
    """The target of a reshape with its -1 resolved."""
    shape = list(target)
    if -1 in shape:
        known = 1
        for n in shape:
            known *= n if n != -1 else 1
        shape[shape.index(-1)] = count // known
    return tuple(shape)


def count(x: Value) -> int:
    total = 1
    for n in x.shape:
        total *= n
    return total


@lowers("aten.view.default", "aten.reshape.default", "aten._unsafe_view.default")
def view(b: Builder, node: str, x: Value, shape: list[int]) -> Value:
    return b.reshape(x, whole_shape(shape, count(x)), node)


@lowers("aten.flatten.using_ints")
def flatten(b: Builder, node: str, x: Value, start: int = 0, end: int = -1) -> Value:
    rank = len(x.shape)
    start, end = axis(start, rank), axis(end, rank)
    return b.reshape(
        x,
        (*x.shape[:start], *whole_shape([-1], count(replace(x, shape=x.shape[start : end + 1]))), *x.shape[end + 1 :]),
        node,
    )


@lowers("aten.unflatten.int")
def unflatten(b: Builder, node: str, x: Value, dim: int, sizes: list[int]) -> Value:
    dim = axis(dim, len(x.shape))
    return b.reshape(x, (*x.shape[:dim], *whole_shape(sizes, x.shape[dim]), *x.shape[dim + 1 :]), node)


@lowers("aten.unsqueeze.default")
def unsqueeze(b: Builder, node: str, x: Value, dim: int) -> Value:
    dim = axis(dim, len(x.shape) + 1)
    return b.reshape(x, (*x.shape[:dim], 1, *x.shape[dim:]), node)


@lowers("aten.squeeze.dim", "aten.squeeze.dims")
def squeeze(b: Builder, node: str, x: Value, dim: int | list[int]) -> Value:
    gone = {axis(d, len(x.shape)) for d in ([dim] if isinstance(dim, int) else dim)}
    return b.reshape(x, tuple(n for i, n in enumerate(x.shape) if i not in gone or n != 1), node)


@lowers("aten.permute.default")
def permute(b: Builder, node: str, x: Value, dims: list[int]) -> Value:
    """Moves nothing: only the layout changes."""
    x = b.plain(x, node)
    order = tuple(axis(d, len(x.shape)) for d in dims)
    return replace(
        x, shape=tuple(x.shape[d] for d in order), layout=permuted(x.layout, order), batch=order.index(x.batch)
    )


@lowers("aten.transpose.int")
def transpose(b: Builder, node: str, x: Value, first: int, second: int) -> Value:
    order = list(range(len(x.shape)))
    first, second = axis(first, len(order)), axis(second, len(order))
    order[first], order[second] = order[second], order[first]
    return permute(b, node, x, order)


@lowers("aten.mT.default", "aten.t.default")
def matrix_transpose(b: Builder, node: str, x: Value) -> Value:
    return transpose(b, node, x, -2, -1)


def cut(b: Builder, node: str, x: Value, dim: int, begin: int, size: int) -> Value:
    """x.narrow(dim, begin, size)."""
    if size == x.shape[dim]:
        return x
    if dim == x.batch:
        raise BatchAxis(node, "takes a part of the batch")
    shape = tuple(size if i == dim else n for i, n in enumerate(x.shape))
    x = b.plain(x, node)
    return b.emit(node, "slice", [x.name], replace(x, shape=shape), axis=x.layout.index(dim), begin=begin, size=size)


@lowers("aten.slice.Tensor")
def slice_tensor(
    b: Builder, node: str, x: Value, dim: int = 0, start: int | None = None, end: int | None = None, step: int = 1
) -> Value:
    if step != 1:
        raise UnsupportedAttribute(node, f"slice with step {step}")
    dim = axis(dim, len(x.shape))
    begin, stop, _ = slice(start, end).indices(x.shape[dim])
    return cut(b, node, x, dim, begin, stop - begin)


@lowers("aten.narrow.default")
def narrow(b: Builder, node: str, x: Value, dim: int, start: int, length: int) -> Value:
    return cut(b, node, x, axis(dim, len(x.shape)), start, length)


@lowers("aten.select.int")
def select(b: Builder, node: str, x: Value, dim: int, index: int) -> Value:
    dim = axis(dim, len(x.shape))
    part = cut(b, node, x, dim, index % x.shape[dim], 1)
    return b.reshape(part, (*x.shape[:dim], *x.shape[dim + 1 :]), node)


@lowers("aten.split_with_sizes.default", "aten.split.sizes")
def split_with_sizes(b: Builder, node: str, x: Value, sizes: list[int], dim: int = 0) -> list[Value]:
    dim, begin, parts = axis(dim, len(x.shape)), 0, []
    for size in sizes:
        parts.append(cut(b, node, x, dim, begin, size))
        begin += size
    return parts


@lowers("aten.split.Tensor")
def split(b: Builder, node: str, x: Value, size: int, dim: int = 0) -> list[Value]:
    length = x.shape[axis(dim, len(x.shape))]
    return split_with_sizes(b, node, x, [min(size, length - i) for i in range(0, length, size)], dim)


@lowers("aten.chunk.default")
def chunk(b: Builder, node: str, x: Value, chunks: int, dim: int = 0) -> list[Value]:
    return split(b, node, x, -(-x.shape[axis(dim, len(x.shape))] // chunks), dim)


@lowers("aten.unbind.int")
def unbind(b: Builder, node: str, x: Value, dim: int = 0) -> list[Value]:
    return [select(b, node, x, dim, i) for i in range(x.shape[axis(dim, len(x.shape))])]


@lowers("aten.cat.default", "aten.concat.default")
def cat(b: Builder, node: str, parts: list[Value | Constant], dim: int = 0) -> Value:
    lead = max((p for p in parts if isinstance(p, Value)), key=count)
    dim = axis(dim, len(lead.shape))
    if dim == lead.batch:
        raise BatchAxis(node, "joins tensors along the batch")
    values = []
    for part in parts:
        value = part if isinstance(part, Value) else like_batch(b, node, part, lead)
        values.append(b.arrange(value, lead.layout, node))
    shape = tuple(sum(v.shape[dim] for v in values) if i == dim else n for i, n in enumerate(lead.shape))
    return b.emit(
        node, "concat", [v.name for v in values], replace(lead, shape=shape, name=""), axis=lead.layout.index(dim)
    )


@lowers("aten.stack.default")
def stack(b: Builder, node: str, parts: list[Value], dim: int = 0) -> Value:
    return cat(b, node, [unsqueeze(b, node, part, dim) for part in parts], dim)
