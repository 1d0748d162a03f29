"""Evaluation figures against their definitions and closed forms."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from counterpart_training.evaluation.fidelity import high_band_ratio, psnr
from counterpart_training.evaluation.ranking import auroc


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), st.booleans()), min_size=2, max_size=24))
def test_auroc_is_the_share_of_ordered_pairs(pairs: list[tuple[int, bool]]) -> None:
    scores = np.array([float(s) for s, _ in pairs])
    positive = np.array([p for _, p in pairs])
    contests = [(a > b) + 0.5 * (a == b) for a in scores[positive] for b in scores[~positive]]
    value = auroc(scores, positive)
    assert math.isnan(value) if not contests else value == pytest.approx(np.mean(contests))


def test_psnr_of_a_constant_error() -> None:
    target = torch.zeros(2, 1, 16, 16)
    assert psnr(target + 0.2, target) == pytest.approx(20, abs=1e-4)


def test_psnr_clips_the_output() -> None:
    target = torch.ones(1, 1, 8, 8)
    assert psnr(target * 5, target) == psnr(target, target) == pytest.approx(10 * math.log10(4e10), abs=1e-3)


def wave(cycles: int) -> Tensor:
    """A cosine along x with so many cycles over 64 pixels."""
    return torch.cos(2 * torch.pi * cycles * torch.arange(64) / 64).expand(1, 1, 64, 64).contiguous()


def test_high_band_energy_scales_with_the_square_of_fine_detail() -> None:
    image = wave(2) + wave(20)
    assert high_band_ratio(image, image) == pytest.approx(1)
    assert high_band_ratio(wave(2) + 0.5 * wave(20), image) == pytest.approx(0.25, abs=1e-4)


def test_coarse_changes_do_not_count_as_sharpness() -> None:
    image = wave(2) + wave(20)
    assert high_band_ratio(3 * wave(2) + wave(20), image) == pytest.approx(1, abs=1e-4)
