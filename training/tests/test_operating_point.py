"""The operating point lies in the middle of what is as good as the best."""

import numpy as np
import pytest

from counterpart_training.evaluation.edits import middle_threshold


def test_between_two_clear_groups_it_is_the_middle_of_the_gap() -> None:
    score = np.concatenate([np.linspace(0.6, 0.9, 40), np.linspace(0.1, 0.2, 40)])
    label = np.arange(80) < 40
    point = middle_threshold(score, label)
    assert (score[label] >= point).all() and (score[~label] < point).all()


def test_a_flat_optimum_is_not_decided_by_one_image() -> None:
    random = np.random.default_rng(4)
    score = np.concatenate([random.normal(0.6, 0.2, 400), random.normal(0.3, 0.2, 400)])
    label = np.arange(800) < 400
    points = []
    for seed in range(20):
        shaken = score + np.random.default_rng(seed).normal(0, 0.002, 800)
        points.append(middle_threshold(shaken, label))
    assert np.ptp(points) < 0.02
    assert np.mean(points) == pytest.approx(0.45, abs=0.03)
