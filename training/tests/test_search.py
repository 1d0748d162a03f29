"""Noise search climbs, stays standard normal, counts what it spends, and refuses a meaningless step."""

import pytest
import torch
from torch import Tensor

from counterpart_training.search import climb_noise, edit_score, neighbours, search_noise

SHAPE = (1, 8, 32, 32)
GOAL = torch.randn(SHAPE, generator=torch.Generator().manual_seed(9))


def identity(noise: Tensor) -> Tensor:
    return noise


def likeness(x: Tensor) -> Tensor:
    return (x * GOAL).flatten(1).sum(1) / GOAL.square().sum()


def start() -> Tensor:
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(1))


def test_neighbours_stay_standard_normal_and_near() -> None:
    around = neighbours(start(), 16, 0.5, torch.Generator().manual_seed(2))
    assert around.mean().abs() < 0.02
    assert around.std().item() == pytest.approx(1, abs=0.02)
    correlation = (around * start()).flatten(1).mean(1)
    assert correlation.mean().item() == pytest.approx(0.75**0.5, abs=0.05)


def test_a_local_search_beats_fresh_noises_at_equal_evaluations() -> None:
    local = search_noise(identity, likeness, start(), 20, 8, 0.4, torch.Generator().manual_seed(3))
    fresh = search_noise(identity, likeness, start(), 20, 8, 1.0, torch.Generator().manual_seed(3))
    assert local.evaluations == fresh.evaluations == 161
    assert local.score > fresh.score > float(likeness(start())[0])
    assert local.history == sorted(local.history)
    assert float(likeness(local.noise)[0]) == pytest.approx(local.score)


def test_a_search_never_ends_below_its_start() -> None:
    found = search_noise(identity, likeness, GOAL, 3, 4, 0.9, torch.Generator().manual_seed(3))
    assert torch.equal(found.noise, GOAL)


def test_a_climb_follows_the_gradient_on_the_sphere() -> None:
    found = climb_noise(identity, likeness, start(), 30, 0.1)
    assert found.score > 0.9
    assert found.noise.norm().item() == pytest.approx(start().norm().item(), rel=1e-4)
    assert found.evaluations == 91


@pytest.mark.parametrize("rho", [0.0, -0.1, 1.5])
def test_a_step_that_is_none_is_refused(rho: float) -> None:
    with pytest.raises(ValueError, match="rho"):
        search_noise(identity, likeness, start(), 1, 1, rho, torch.Generator())


def test_change_outside_and_likeness_cost() -> None:
    one = torch.ones(1)
    assert edit_score(3 * one, one, 0.5 * one, beta=2, gamma=1).item() == 0.5
