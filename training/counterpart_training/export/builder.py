"""Collects nodes and weights while a traced module is lowered; knows layouts, never single operators."""

from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from .errors import BatchAxis, ChannelOrder, UnsupportedAttribute
from .ir import GraphNode
from .layout import Layout, Shape, batch_after_reshape, identity, preferred, reshaped, same_data, stored_shape

TRACED_BATCH = 2
"""Batch size while tracing. Not 1, so that the batch axis can be told from axes that broadcast."""


MAX_RANK = 5
"""Largest number of axes in graph.json."""


@dataclass(frozen=True)
class Value:
    """A tensor at run time. `shape` in PyTorch's order; `batch` is the PyTorch axis with the batch.

    `channels`: stored channel i is PyTorch's channel channels[i], where a pixel unshuffle left them in another order.
    """

    name: str
    shape: Shape
    layout: Layout
    batch: int = 0
    channels: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Constant:
    """A tensor known at export. `key`: the entry of the state dict that it is, None if computed; `hint` names it.

    `shared`: read at several places, so that no place may change it.
    """

    tensor: Tensor
    key: str | None
    hint: str
    shared: bool = False


@dataclass
class Provenance:
    """How a stored weight came from the state dict: entry `key`, `order` taken along an axis, then axes permuted."""

    key: str
    permutation: tuple[int, ...]
    order: dict[int, tuple[int, ...]]


@dataclass(frozen=True)
class Fold:
    """A batch norm (prefix of its entries) that went into a convolution's weight and bias."""

    norm: str
    epsilon: float
    weight: str
    bias: str
    had_bias: bool


class Builder:
    """The graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[GraphNode] = []
        self.weights: dict[str, Tensor] = {}
        self.provenance: dict[str, Provenance] = {}
        self.folds: list[Fold] = []
        self.sole_reader = False
        """Whether the operator being lowered is the only one that reads its first input."""
        self._shared: set[str] = set()
        self._taken: set[str] = set()

    def unique(self, wish: str) -> str:
        """`wish`, or with a number where it is taken."""
        name, count = wish, 1
        while name in self._taken:
            count += 1
            name = f"{wish}_{count}"
        self._taken.add(name)
        return name

    def input(self, name: str, shape: Shape) -> Value:
        return Value(self.unique(name), shape, preferred(len(shape)))

    def emit(self, wish: str, op: str, inputs: list[str], result: Value, **attributes: Any) -> Value:
        """Appends a node; `result` says shape, layout and batch of its value, which gets a name near `wish`."""
        if len(result.shape) > MAX_RANK:
            raise UnsupportedAttribute(wish, f"a tensor of rank {len(result.shape)}; at most {MAX_RANK} is possible")
        name = self.unique(wish)
        self.nodes.append(GraphNode(op, name, inputs, attributes))
        return replace(result, name=name)

    def weight(
        self, constant: Constant, permutation: Layout | None = None, order: dict[int, tuple[int, ...]] | None = None
    ) -> str:
        """Stores a constant, entries reordered along axes and then permuted; the same storage is kept once."""
        permutation, order = permutation or identity(constant.tensor.ndim), order or {}
        made = Provenance(constant.key or "", permutation, order)
        if constant.key is not None:
            for name, known in self.provenance.items():
                if known == made:
                    self._shared.add(name)
                    return name
        tensor = constant.tensor.detach().float()
        for axis, entries in order.items():
            tensor = tensor.index_select(axis, torch.tensor(entries))
        name = self.unique(constant.key or constant.hint)
        self.weights[name] = tensor.permute(permutation).contiguous()
        if constant.key is not None:
            self.provenance[name] = made
        if constant.shared:
            self._shared.add(name)
        return name

    def own_convolution(self, value: Value) -> GraphNode | None:
        """The convolution that makes `value`, if its weights may be changed for the operator being lowered."""
        node = next((n for n in self.nodes if n.output == value.name), None)
        if node is None or node.op != "conv2d" or not self.sole_reader or self._shared & set(node.inputs[1:]):
            return None
        return node

    def operand(self, constant: Constant, rank: int, layout: Layout, batch: int, node: str) -> str:
        """Stores a constant that broadcasts against a value of `rank` in `layout`, without leading axes of length 1."""
        tensor = constant.tensor
        tensor = tensor.reshape((1,) * (rank - tensor.ndim) + tuple(tensor.shape))
        if tensor.shape[batch] != 1:
            first = tensor.narrow(batch, 0, 1)
            if not torch.equal(first.expand_as(tensor), tensor):
                raise BatchAxis(node, "a constant differs between members of the batch")
            tensor, constant = first, replace(constant, key=None)
        moved = tensor.permute(layout)
        trimmed = moved.reshape(tuple(moved.shape)[next((i for i, n in enumerate(moved.shape) if n != 1), rank - 1) :])
        same = (
            trimmed.ndim == constant.tensor.ndim
            and trimmed.shape == constant.tensor.shape
            and torch.equal(trimmed, constant.tensor)
        )
        if same:
            return self.weight(constant)
        return self.weight(Constant(trimmed, None, constant.key or constant.hint))

    def plain(self, value: Value, node: str) -> Value:
        """The value, if its channels are in PyTorch's order; ChannelOrder otherwise."""
        if value.channels is not None:
            raise ChannelOrder(node)
        return value

    def arrange(self, value: Value, layout: Layout, node: str) -> Value:
        """The value stored in `layout`: as it is, by a reshape where only axes of length 1 move, or by a transpose."""
        value = self.plain(value, node)
        if value.layout == layout:
            return value
        result = replace(value, layout=layout)
        if same_data(value.shape, value.layout, layout):
            if stored_shape(value.shape, value.layout) == stored_shape(value.shape, layout):
                return result
            return self.emit(
                f"{value.name}.arranged", "reshape", [value.name], result, shape=self.reshape_attribute(value, result)
            )
        permutation = [value.layout.index(axis) for axis in layout]
        return self.emit(f"{value.name}.arranged", "transpose", [value.name], result, permutation=permutation)

    def reshape(self, value: Value, shape: Shape, node: str) -> Value:
        """PyTorch's row-major reshape, in the stored order where that is possible."""
        value = self.plain(value, node)
        if shape == value.shape:
            return value
        layout = reshaped(value.shape, value.layout, shape)
        if layout is None:
            value = self.arrange(value, identity(len(value.shape)), node)
            layout = reshaped(value.shape, value.layout, shape)
        batch = batch_after_reshape(value.shape, value.batch, shape)
        if layout is None or batch is None:
            raise BatchAxis(node, f"reshape {value.shape} to {shape} buries the batch axis")
        result = Value("", shape, layout, batch)
        return self.emit(node, "reshape", [value.name], result, shape=self.reshape_attribute(value, result))

    @staticmethod
    def reshape_attribute(value: Value, result: Value) -> list[int]:
        """Stored shape of `result`: 0 for a batch that stays in front, else -1 where the batch is."""
        shape = list(stored_shape(result.shape, result.layout))
        where, was = result.layout.index(result.batch), value.layout.index(value.batch)
        whole = result.shape[result.batch] == value.shape[value.batch] == TRACED_BATCH
        shape[where] = 0 if where == was == 0 and whole else -1
        return shape
