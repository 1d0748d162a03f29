"""The ruler: right rankings pass, wrong ones are named, noise is told from a wrong step; degradations degrade."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from counterpart_training.evaluation.degrade import (
    IMAGE_LADDERS,
    add_noise,
    blur,
    flatten_contrast,
    nudge,
    shuffle_patches,
)
from counterpart_training.evaluation.features import SPACES
from counterpart_training.evaluation.ranking import average_precision, prevalence_f1, spearman
from counterpart_training.evaluation.ruler import (
    METRICS,
    Ladder,
    Metric,
    collapse,
    copied_share,
    judge_metric,
    mixture,
    rank,
)
from counterpart_training.evaluation.ruler_sets import (
    THUMBNAIL,
    RulerSets,
    load_sets,
    ruler_json,
    run_ruler,
    save_sets,
)


def normal(n: int, d: int, seed: int, shift: float = 0.0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(shift, 1, (n, d))


def shifted(test: NDArray[np.float64], shifts: tuple[float, ...]) -> Ladder:
    return Ladder((0.0, *shifts), (test, *(test + s for s in shifts)))


def test_a_rising_distance_is_right_and_a_falling_one_is_named() -> None:
    assert rank((0, 1, 2), (0.1, 0.2, 0.9), worse=1).right
    wrong = rank((0, 1, 2), (0.1, 0.9, 0.2), worse=1)
    assert not wrong.right
    assert "better at strength 2 (0.2) than at 1 (0.9)" in wrong.reason
    assert rank((0, 1, 2), (0.9, 0.2, 0.2), worse=-1).right


def test_a_figure_that_stays_does_not_count() -> None:
    assert rank((0, 1), (0.5, 0.5), worse=1).reason == "does not react"


def test_a_step_back_within_the_noise_is_unresolved_not_wrong() -> None:
    random = np.random.default_rng(0)
    halves = np.array([0.0, 0.0, 5.0]) + random.normal(0, 1, (200, 3))
    verdict = rank((0, 1, 2), (0.3, 0.1, 5.0), worse=1, halves=halves)
    assert verdict.right
    assert verdict.unresolved == 1
    assert not rank((0, 1, 2), (9.0, 0.1, 5.0), worse=1, halves=halves).right


@pytest.mark.parametrize("name", ["fid", "kid", "density", "coverage", "precision"])
def test_fidelity_figures_rank_a_growing_shift(name: str) -> None:
    metric = METRICS[name]
    judgement = judge_metric(metric, normal(80, 4, 1), {"blur": shifted(normal(60, 4, 2), (1.0, 3.0, 9.0))})
    assert judgement.counts, judgement.reason


@pytest.mark.parametrize("name", ["recall", "coverage", "vendi", "pairwise"])
def test_diversity_figures_rank_a_collapse(name: str) -> None:
    judgement = judge_metric(METRICS[name], normal(80, 6, 3), {"fewer distinct images": collapse(normal(64, 6, 4))})
    assert judgement.counts, judgement.reason


def test_a_blind_metric_is_found_out() -> None:
    blind = Metric(lambda real, made: float(len(made)), 1, ("blur",))
    judgement = judge_metric(blind, normal(20, 3, 5), {"blur": shifted(normal(20, 3, 6), (1.0, 2.0))})
    assert not judgement.counts
    assert judgement.reason == "blur: does not react"


def test_a_metric_without_a_ladder_does_not_count() -> None:
    assert not judge_metric(METRICS["fid"], normal(5, 2, 7), {}).counts


def test_copies_raise_the_flagged_share() -> None:
    training, test = normal(200, 5, 8), normal(160, 5, 9)
    shares = [
        copied_share(training, np.concatenate([test[:80], step]))
        for step in mixture(test[80:], training[:80] + 0.001, (0.5, 1.0)).sets
    ]
    assert shares[0] < 0.1
    assert shares[1] == pytest.approx(0.5, abs=0.1)
    assert shares[2] == 1


def test_mixtures_leave_out_what_the_other_set_is_too_small_for() -> None:
    assert mixture(np.zeros((10, 1)), np.ones((3, 1)), (0.1, 0.3, 1.0)).strengths == (0.0, 0.1, 0.3)


def test_a_collapsed_set_keeps_its_size() -> None:
    ladder = collapse(normal(40, 2, 10))
    assert {len(s) for s in ladder.sets} == {40}
    assert len(np.unique(ladder.sets[-1], axis=0)) == 1


def test_blur_keeps_a_constant_and_spreads_a_point_to_its_variance() -> None:
    assert torch.allclose(blur(torch.full((1, 1, 32, 32), 0.3), 2.0), torch.tensor(0.3), atol=1e-6)
    point = torch.zeros(1, 1, 65, 65)
    point[..., 32, 32] = 1
    line = torch.arange(65) - 32.0
    assert float((blur(point, 3.0)[0, 0].sum(0) * line.square()).sum()) == pytest.approx(9, rel=0.05)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1))
def test_shuffled_patches_are_the_same_patches(share: float) -> None:
    x = torch.arange(64.0 * 64).view(1, 1, 64, 64)
    y = shuffle_patches(x, share, torch.Generator().manual_seed(0))
    assert torch.equal(x.flatten().sort().values, y.flatten().sort().values)
    moved = int((x != y).sum()) / 64
    assert moved == (0 if round(share * 64) == 1 else round(share * 64))


def test_contrast_noise_and_nudge() -> None:
    x = torch.rand(2, 1, 64, 64) - 0.5
    assert torch.allclose(flatten_contrast(x, 0.4), 0.6 * x)
    assert float((add_noise(x, 0.1, torch.Generator().manual_seed(1)) - x).std()) == pytest.approx(0.1, rel=0.05)
    assert torch.equal(nudge(x, 2)[..., 2:], x[..., :-2])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=3, max_size=12, unique=True))
def test_spearman_sees_order_only(values: list[int]) -> None:
    a = np.array(values, dtype=np.float64)
    assert spearman(a, np.exp(a)) == pytest.approx(1)
    assert spearman(a, -(a**3)) == pytest.approx(-1)


def test_average_precision_and_f1_by_hand() -> None:
    scores, positive = np.array([0.9, 0.8, 0.7, 0.1]), np.array([True, False, True, False])
    assert average_precision(scores, positive) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.ones(4), positive) == pytest.approx(0.5)
    assert prevalence_f1(scores, positive, 0.5) == pytest.approx(2 * 1 / (2 + 2))
    assert np.isnan(prevalence_f1(scores, np.zeros(4, bool), 0.5))


def described(n: int, seed: int, shift: float = 0.0) -> dict[str, NDArray[np.float32]]:
    return {space: normal(n, 6, seed, shift).astype(np.float32) for space in (*SPACES, THUMBNAIL)}


def test_the_whole_ruler_on_features_that_drift_with_strength(tmp_path: Path) -> None:
    test = described(120, 20)
    degraded = {
        name: [{s: x + np.float32(2 * (k + 1)) for s, x in test.items()} for k in range(len(strengths))]
        for name, (_, strengths) in IMAGE_LADDERS.items()
    }
    reference = described(130, 21)
    copies = {space: x[:60] + np.float32(1e-3) for space, x in reference.items()}
    save_sets(tmp_path / "sets.npz", RulerSets(reference, test, degraded, {"nih": described(120, 22, 3)}, copies))
    judgements = run_ruler(load_sets(tmp_path / "sets.npz"))
    assert judgements["judge"]["kid"].counts, judgements["judge"]["kid"].reason
    assert judgements["bands"]["vendi"].counts
    assert judgements[THUMBNAIL]["memorised"].counts
    written = ruler_json(judgements)["judge"]["fid"]["ladders"]["another source"]
    assert written["strengths"] == [0, 0.1, 0.25, 0.5, 1]
    assert written["right"]
