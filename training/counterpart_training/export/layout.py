"""Axis bookkeeping between PyTorch's order of axes and the stored one.

A layout is a permutation: stored axis i holds PyTorch's axis layout[i]. Feature maps are NCHW to PyTorch and stored as
NHWC, layout (0, 2, 3, 1). Permutations in the module only change the layout; data moves where an operator needs an
order.
"""

from math import prod

Shape = tuple[int, ...]
Layout = tuple[int, ...]

NHWC: Layout = (0, 2, 3, 1)


def identity(rank: int) -> Layout:
    return tuple(range(rank))


def preferred(rank: int) -> Layout:
    """How inputs and outputs are stored: rank 4 channels last, all else as PyTorch has it."""
    return NHWC if rank == 4 else identity(rank)


def stored_shape(shape: Shape, layout: Layout) -> Shape:
    return tuple(shape[axis] for axis in layout)


def permuted(layout: Layout, permutation: Layout) -> Layout:
    """Layout after tensor.permute(permutation), with nothing moved."""
    return tuple(permutation.index(axis) for axis in layout)


def without(layout: Layout, axes: set[int]) -> Layout:
    """Layout after PyTorch's `axes` are dropped."""
    kept = [axis for axis in layout if axis not in axes]
    return tuple(axis - sum(1 for gone in axes if gone < axis) for axis in kept)


def same_data(shape: Shape, a: Layout, b: Layout) -> bool:
    """Whether the two layouts of a shape differ in the place of axes of length 1 only (a reshape does it)."""
    return [x for x in a if shape[x] != 1] == [x for x in b if shape[x] != 1]


def axis_groups(source: Shape, target: Shape) -> list[tuple[list[int], list[int]]]:
    """Smallest runs of axes with equal products on both sides of a row-major reshape; axes of length 1 left out."""
    if prod(source) != prod(target):
        raise ValueError(f"cannot reshape {source} to {target}")
    left = [i for i, n in enumerate(source) if n != 1]
    right = [i for i, n in enumerate(target) if n != 1]
    groups: list[tuple[list[int], list[int]]] = []
    while left:
        a, b = [left.pop(0)], [right.pop(0)]
        while (pa := prod(source[i] for i in a)) != (pb := prod(target[i] for i in b)):
            if pa < pb:
                a.append(left.pop(0))
            else:
                b.append(right.pop(0))
        groups.append((a, b))
    return groups


def reshaped(shape: Shape, layout: Layout, target: Shape) -> Layout | None:
    """Layout of the reshaped tensor if a reshape of the stored data does it, None if the data must be moved first."""
    stored = [axis for axis in layout if shape[axis] != 1]
    order: list[int] = []
    by_first = {source[0]: (source, targets) for source, targets in axis_groups(shape, target)}
    place = 0
    while place < len(stored):
        if stored[place] not in by_first:
            return None
        source, targets = by_first[stored[place]]
        if stored[place : place + len(source)] != source:
            return None
        order += targets
        place += len(source)
    rank = len(target)
    for candidate in (preferred(rank), identity(rank)):
        if [axis for axis in candidate if target[axis] != 1] == order:
            return candidate
    for axis in range(rank):
        if target[axis] == 1:
            order.insert(order.index(axis - 1) + 1 if axis else 0, axis)
    return tuple(order)


def batch_after_reshape(shape: Shape, batch: int, target: Shape) -> int | None:
    """The axis that leads with the batch after a reshape; None where the batch is not the slower part of an axis."""
    for source, targets in axis_groups(shape, target):
        if batch in source:
            return targets[0] if source[0] == batch else None
    return None
