"""Which erasures are good enough to learn from."""

import pytest
import torch

from counterpart_training.evaluation.edits import opacity_inside
from counterpart_training.stages.erasures import accepted


def test_an_erasure_counts_when_enough_opacity_is_gone() -> None:
    before, after = torch.tensor([0.8, 0.8, 0.0]), torch.tensor([0.3, 0.5, 0.0])
    assert accepted(before, after, 0.5).tolist() == [True, False, False]
    masks = torch.zeros(1, 1, 256, 256)
    masks[..., :8, :16] = 1
    opacity = torch.zeros(1, 1, 32, 32)
    opacity[0, 0, 0, :4] = torch.tensor([0.2, 0.6, 1.0, 1.0])
    assert opacity_inside(opacity, masks).item() == pytest.approx(0.4)
