"""Grades between absent and severe, as the studio blends them."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from counterpart_training.blend import ends
from counterpart_training.evaluation.swaps import shares
from counterpart_training.findings import ZONES

GRADE = st.floats(0, 3, allow_nan=False)


@pytest.mark.parametrize(
    ("asked", "now", "end", "share"),
    [  # The same rows stand in src/counterfactual/blend.test.ts.
        (3, 0, 3, 1),
        (1.5, 0, 3, 0.5),
        (2, 1, 3, 0.5),
        (0, 2, 0, 1),
        (0.5, 2, 0, 0.75),
        (1, 1, 0, 0),
        (0, 0, 0, 0),
        (3, 3, 0, 0),
    ],
)
def test_the_end_that_is_asked_for_and_the_share_that_is_taken(
    asked: float, now: float, end: float, share: float
) -> None:
    found, taken = ends(torch.tensor([float(asked)]), torch.tensor([float(now)]))
    assert found.item() == end
    assert taken.item() == pytest.approx(share)


@given(GRADE, GRADE)
def test_the_share_of_the_way_arrives_where_it_was_asked(asked: float, now: float) -> None:
    end, share = ends(torch.tensor([asked], dtype=torch.float64), torch.tensor([now], dtype=torch.float64))
    assert 0 <= share.item() <= 1
    assert now + share.item() * (end.item() - now) == pytest.approx(asked, abs=1e-5)


def test_every_zone_takes_its_own_share_and_far_from_all_nothing_is_taken() -> None:
    regions = torch.zeros(1, 8, 32, 32)
    regions[:, 1, 4:12, 4:12] = 1
    regions[:, 2, 12:20, 4:12] = 1
    share = torch.zeros(1, len(ZONES))
    share[0, 0], share[0, 1] = 0.25, 0.75
    found = shares(share, regions)[0, 0]
    assert found[8 * 7, 8 * 7].item() == pytest.approx(0.25)
    assert found[8 * 16, 8 * 7].item() == pytest.approx(0.75)
    assert found[8 * 12 - 1 : 8 * 12 + 1, 8 * 7].mean().item() == pytest.approx(0.5)
    assert found[8 * 25, 8 * 25].item() == 0
