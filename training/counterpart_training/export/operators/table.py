"""The registry that the lowerings enter themselves in."""

from collections.abc import Callable
from typing import TypeVar

from ..builder import Value

Lowered = Value | list[Value]
Lowering = Callable[..., Lowered]
SomeLowering = TypeVar("SomeLowering", bound=Lowering)

LOWERINGS: dict[str, Lowering] = {}
"""ATen operator -> lowering(builder, node name, *arguments as in the operator's schema)."""

IDENTITIES = frozenset(
    {
        "aten.alias.default",
        "aten.clone.default",
        "aten.contiguous.default",
        "aten.detach.default",
        "aten.detach_.default",
        "aten.dropout.default",
        "aten.feature_dropout.default",
        "aten.lift_fresh_copy.default",
        "aten.to.dtype",
        "aten.to.dtype_layout",
        "aten._to_copy.default",
    }
)
"""Operators that do nothing to a float tensor in evaluation."""


def lowers(*operators: str) -> Callable[[SomeLowering], SomeLowering]:
    """Registers a lowering for one or more ATen operators."""

    def register(lowering: SomeLowering) -> SomeLowering:
        for operator in operators:
            if operator in LOWERINGS:
                raise ValueError(f"{operator} has two lowerings")
            LOWERINGS[operator] = lowering
        return lowering

    return register


def axis(index: int, rank: int) -> int:
    """A PyTorch axis counted from the front."""
    return index % rank


def pair(value: int | list[int]) -> tuple[int, int]:
    """PyTorch's int-or-list of height and width."""
    if isinstance(value, int):
        return value, value
    return (value[0], value[0]) if len(value) == 1 else (value[0], value[1])
