"""Incremental learning: stages come in order, and each draws what it should."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from counterpart_training.stages.curriculum import ORDER, stage_at, stage_weights, stages_of

LENGTHS = {"normal": 0.3, "head": 0.4, "mid": 0.2, "tail": 0.1}


@given(st.floats(0, 1))
def test_every_progress_has_its_stage(progress: float) -> None:
    stages = stages_of(LENGTHS)
    k = stage_at(stages, progress)
    assert k == 0 or progress >= stages[k - 1].until
    assert progress < stages[k].until or k == len(stages) - 1


@pytest.mark.parametrize("lengths", [{"head": 0.5, "normal": 0.5}, {**LENGTHS, "tail": 0.3}])
def test_other_lengths_are_refused(lengths: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="normal, head, mid, tail"):
        stages_of(lengths)


@given(st.lists(st.sampled_from(ORDER), min_size=8, max_size=40), st.integers(0, 3), st.floats(0.1, 0.9))
def test_a_stage_draws_its_own_group_and_replays_the_earlier_ones(groups: list[str], stage: int, replay: float) -> None:
    groups = [*ORDER, *groups]
    base = torch.rand(len(groups), generator=torch.Generator().manual_seed(1)) + 0.1
    weights = stage_weights(base, groups, stage, replay)
    share = {name: float(weights[[g == name for g in groups]].sum()) for name in ORDER}
    assert share[ORDER[stage]] == pytest.approx(1 if stage == 0 else 1 - replay, abs=1e-5)
    for name in ORDER[:stage]:
        assert share[name] == pytest.approx(replay / stage, abs=1e-5)
    assert all(share[name] == 0 for name in ORDER[stage + 1 :])


def test_within_a_group_the_weights_keep_their_proportions() -> None:
    weights = stage_weights(torch.tensor([1.0, 3.0, 2.0]), ["normal", "normal", "head"], 1, 0.4)
    assert weights.tolist() == pytest.approx([0.1, 0.3, 0.6])
