"""Figures of feature sets against closed forms and known answers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from counterpart_training.data.index import Record
from counterpart_training.evaluation.distribution import Sets, fidelity_section, reference_of, same_sources
from counterpart_training.evaluation.diversity import mean_pairwise_distance, vendi
from counterpart_training.evaluation.errors import TooFewImages
from counterpart_training.evaluation.frechet import fid, frechet_of_moments, moments, square_root
from counterpart_training.evaluation.intervals import half_sample_interval, mean_interval, share_interval
from counterpart_training.evaluation.kernel import kid
from counterpart_training.evaluation.manifold import manifold_figures, radii
from counterpart_training.evaluation.memorisation import memorisation, nearest
from counterpart_training.evaluation.ruler import Judgement
from counterpart_training.findings import FINDINGS

Array = NDArray[np.float64]


def normal(n: int, d: int, seed: int, shift: float = 0.0) -> Array:
    return np.random.default_rng(seed).normal(shift, 1, (n, d))


def test_frechet_distance_of_two_diagonal_gaussians() -> None:
    a, b = np.array([1.0, 4.0]), np.array([9.0, 1.0])
    value = frechet_of_moments(np.zeros(2), np.diag(a), np.array([3.0, 4.0]), np.diag(b))
    assert value == pytest.approx(25 + (np.square(np.sqrt(a) - np.sqrt(b))).sum())


def test_the_square_root_squares_back() -> None:
    x = normal(9, 4, 0)
    root = square_root(x.T @ x)
    assert np.allclose(root @ root, x.T @ x)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(3, 12), st.integers(3, 12))
def test_few_images_give_the_same_distance_by_the_short_way(seed: int, n: int, m: int) -> None:
    a, b = normal(n, 16, seed), normal(m, 16, seed + 1, 0.5)
    assert fid(a, b) == pytest.approx(frechet_of_moments(*moments(a), *moments(b)), abs=1e-5)


def test_a_set_has_no_distance_to_itself_and_a_shift_costs_its_square() -> None:
    x = normal(50, 6, 1)
    assert fid(x, x) == pytest.approx(0, abs=1e-8)
    assert fid(x, x + 2) == pytest.approx(6 * 4)


def test_kid_is_unbiased_where_fid_is_not() -> None:
    small = [kid(normal(8, 5, 2 * s), normal(8, 5, 2 * s + 1)) for s in range(400)]
    error = np.std(small) / math.sqrt(len(small))
    assert abs(np.mean(small)) < 4 * error
    assert np.mean([fid(normal(8, 5, 2 * s), normal(8, 5, 2 * s + 1)) for s in range(20)]) > 1


def test_kid_of_two_points_a_side_by_hand() -> None:
    real, made = np.array([[1.0], [2.0]]), np.array([[0.0], [1.0]])
    assert kid(real, made) == pytest.approx(27 + 1 - 2 * (1 + 8 + 1 + 27) / 4)


def test_one_image_is_too_few() -> None:
    one = np.zeros((1, 3))
    for figure in (fid, kid):
        with pytest.raises(ValueError, match="two images"):
            figure(one, one)
    with pytest.raises(ValueError, match="neighbours"):
        radii(one)


def test_manifold_figures_of_equal_disjoint_and_collapsed_sets() -> None:
    real = normal(60, 3, 3)
    same = manifold_figures(real, real)
    assert (same["precision"], same["recall"], same["coverage"]) == (1, 1, 1)
    assert set(manifold_figures(real, real + 100).values()) == {0.0}
    collapsed = manifold_figures(real, np.repeat(real[:1], 60, axis=0))
    assert collapsed["precision"] == 1
    assert collapsed["recall"] <= 2 / 60
    assert collapsed["coverage"] < 0.5


def test_density_counts_balls_over_k() -> None:
    real = np.arange(6.0)[:, None]
    assert manifold_figures(real, np.array([[2.0]] * 3), k=2)["density"] == pytest.approx(4 / 2)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 5))
def test_vendi_counts_the_distinct_orthogonal_images(kinds: int, copies: int) -> None:
    x = np.repeat(np.eye(8)[:kinds], copies, axis=0)
    assert vendi(x) == pytest.approx(kinds)


def test_vendi_is_the_same_by_both_gram_matrices() -> None:
    x = normal(12, 5, 4)
    padded = np.concatenate([x, np.zeros((12, 20))], 1)
    assert vendi(x) == pytest.approx(vendi(padded))


def test_mean_pairwise_distance_of_a_triangle() -> None:
    x = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 4.0]])
    assert mean_pairwise_distance(x) == pytest.approx((3 + 4 + 5) / 3)


def test_intervals_have_the_width_of_the_standard_error() -> None:
    x = np.random.default_rng(5).normal(0, 1, 400)
    low, high = mean_interval(x)
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.2)
    column = x[:, None]
    low, high = half_sample_interval(lambda a, b: float(a.mean()), column, column, float(x.mean()), draws=400)
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.2)


def test_no_values_have_no_interval() -> None:
    assert all(map(math.isnan, mean_interval(np.array([]))))


def test_copies_of_training_images_are_flagged_and_new_images_are_not() -> None:
    training, unseen, new = (normal(300, 8, s) for s in (6, 7, 8))
    made = np.concatenate([training[:20] + 0.01, new[:80]])
    found = memorisation(made, unseen, training)
    assert found.flagged[:20].all()
    assert found.flagged[20:].mean() < 0.06
    assert found.share == pytest.approx(found.flagged.mean())


def test_the_limit_is_not_placed_by_a_few_images() -> None:
    with pytest.raises(TooFewImages, match="49 images, needs 50"):
        memorisation(normal(5, 3, 9), normal(49, 3, 10), normal(9, 3, 11))


def test_nearest_distances_do_not_depend_on_the_chunk() -> None:
    x, bank = normal(10, 4, 12), normal(7, 4, 13)
    assert np.allclose(nearest(x, bank, chunk=3), nearest(x, bank, chunk=100))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=40),
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=40),
)
def test_sources_come_in_the_same_proportions(real: list[str], made: list[str]) -> None:
    at, made_at = same_sources(real, made)
    assert {made[i] for i in made_at} <= set(real)
    assert {real[i] for i in at} == {made[i] for i in made_at}
    for s in {made[i] for i in made_at}:
        expected = len(at) * sum(made[i] == s for i in made_at) / len(made_at)
        assert abs(sum(real[i] == s for i in at) - expected) <= 3


def records(finding: str, source: str, count: int) -> list[Record]:
    labels = tuple(1 if f == finding else -1 for f in FINDINGS)
    return [Record("a", source, "val", "p", (9, 9), False, labels, None, None, None, None, False)] * count


def test_rare_classes_borrow_training_images_and_say_so() -> None:
    real = records("pneumonia", "nih", 60) + records("mass", "nih", 5) + records("mass", "nih", 20)
    made = records("mass", "nih", 12) + records("pneumonia", "nih", 12)
    x, y = normal(85, 4, 1).astype(np.float32), normal(24, 4, 2).astype(np.float32)
    sets = Sets({"judge": x}, real, 65, {"judge": y}, made)
    of_mass = np.arange(24) < 12
    at, made_at, note = reference_of(sets, "mass", of_mass)
    assert (len(at), len(made_at), note) == (25, 12, "real side includes training images")
    at, _, note = reference_of(sets, "pneumonia", ~of_mass)
    assert (len(at), note) == (60, "")


def test_what_the_ruler_rejects_or_never_saw_is_marked() -> None:
    sets = Sets(
        {"judge": normal(40, 4, 3).astype(np.float32)},
        records("mass", "nih", 40),
        40,
        {"judge": normal(30, 4, 4).astype(np.float32)},
        records("mass", "nih", 30),
    )
    judged = {"judge": {"kid": Judgement({}, True, ""), "density": Judgement({}, False, "noise: does not react")}}
    figures = {f.name: f for f in fidelity_section(sets, "judge", judged, "t").figures}
    assert figures["KID, tail"].counts
    assert not figures["density, all"].counts
    assert not figures["recall, all"].counts
    assert figures["FID, all"].note == "too few: 30, needs 100"
    low, high = figures["KID, all"].low, figures["KID, all"].high
    assert low is not None and high is not None and low < (figures["KID, all"].value or 0) < high


def test_a_share_of_none_still_has_an_interval() -> None:
    low, high = share_interval(0, 16)
    assert low == pytest.approx(0, abs=1e-12)
    assert high == pytest.approx(0.1936, abs=1e-3)
    assert share_interval(8, 16) == pytest.approx((0.28, 0.72), abs=1e-2)
    assert math.isnan(share_interval(0, 0)[0])
