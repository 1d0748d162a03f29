"""Layout bookkeeping against what PyTorch does with the data."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpart_training.export.layout import (
    NHWC,
    axis_groups,
    batch_after_reshape,
    permuted,
    preferred,
    reshaped,
    same_data,
    without,
)


@st.composite
def reshapes(draw: Callable[..., Any]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """A shape, a layout, and another shape of as many entries."""
    factors = draw(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=4))

    def shape() -> tuple[int, ...]:
        out: list[int] = []
        for factor in factors:
            if out and draw(st.booleans()):
                out[-1] *= factor
            else:
                out.append(factor)
            if draw(st.integers(0, 3)) == 0:
                out.append(1)
        return tuple(out)

    source = shape()
    return source, tuple(draw(st.permutations(range(len(source))))), shape()


@settings(max_examples=300, deadline=None)
@given(reshapes())
def test_a_reshape_of_the_stored_data_is_the_reshape_of_the_tensor(
    case: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]],
) -> None:
    source, layout, target = case
    tensor = torch.arange(float(torch.Size(source).numel())).reshape(source)
    stored = tensor.permute(layout).contiguous()
    result = reshaped(source, layout, target)
    if result is None:
        return
    again = stored.reshape([target[a] for a in result])
    assert torch.equal(again, tensor.reshape(target).permute(result))


def test_every_reshape_works_in_pytorchs_own_order() -> None:
    assert reshaped((2, 12, 5), (0, 1, 2), (2, 3, 4, 5)) is not None
    assert reshaped((2, 3, 4, 5), (0, 1, 2, 3), (2, 60)) == (0, 1)


def test_tokens_of_a_map_cost_no_transpose() -> None:
    tokens = reshaped((2, 8, 4, 4), NHWC, (2, 8, 16))
    assert tokens == (0, 2, 1)
    assert permuted(tokens, (0, 2, 1)) == (0, 1, 2)


def test_flattening_channels_with_their_map_needs_one() -> None:
    assert reshaped((2, 8, 4, 4), NHWC, (2, 128)) is None


def test_a_vector_becomes_a_channels_last_map() -> None:
    assert reshaped((2, 8), (0, 1), (2, 8, 1, 1)) == NHWC


@pytest.mark.parametrize("permutation", list(itertools.permutations(range(3))))
def test_permuting_twice_follows_the_tensor(permutation: tuple[int, ...]) -> None:
    tensor = torch.rand(2, 3, 4)
    layout = (2, 0, 1)
    stored = tensor.permute(layout)
    assert torch.equal(stored, tensor.permute(permutation).permute(permuted(layout, permutation)))


def test_dropping_axes_renumbers_the_others() -> None:
    assert without(NHWC, {2, 3}) == (0, 1)
    assert without((2, 0, 1), {0}) == (1, 0)


def test_only_axes_of_length_one_may_move_freely() -> None:
    assert same_data((2, 8, 1, 1), (0, 1, 2, 3), NHWC)
    assert not same_data((2, 8, 4, 1), (0, 1, 2, 3), NHWC)


def test_groups_are_the_smallest_runs_of_equal_products() -> None:
    assert axis_groups((2, 6, 4), (2, 2, 3, 4)) == [([0], [0]), ([1], [1, 2]), ([2], [3])]
    with pytest.raises(ValueError, match="reshape"):
        axis_groups((2, 3), (4, 2))


def test_the_batch_leads_what_it_is_joined_with() -> None:
    assert batch_after_reshape((2, 4, 5), 0, (8, 5)) == 0
    assert batch_after_reshape((4, 2, 5), 1, (8, 5)) is None
    assert preferred(4) == NHWC
    assert preferred(3) == (0, 1, 2)
