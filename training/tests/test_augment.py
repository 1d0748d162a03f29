"""Augmentation: coverage of boxes in closed form, warps that are the identity when they should be."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpart_training.data.augment import boxes_to_map, jitter_contrast, random_affine, warp

fractions = st.floats(0, 1, allow_nan=False, width=32)


def test_a_box_on_cell_edges_covers_whole_cells() -> None:
    expected = torch.zeros(4, 4)
    expected[1:3, 2:4] = 1
    assert torch.allclose(boxes_to_map(((0.5, 0.25, 1.0, 0.75),), 4), expected, atol=1e-6)


def test_a_box_inside_a_cell_covers_its_share() -> None:
    covered = boxes_to_map(((0.0, 0.0, 0.125, 0.25),), 4)
    assert torch.isclose(covered[0, 0], torch.tensor(0.5))
    assert covered.sum() == covered[0, 0]


@settings(max_examples=40, deadline=None)
@given(fractions, fractions, fractions, fractions)
def test_the_mean_of_the_map_is_the_area_of_the_box(x0: float, y0: float, x1: float, y1: float) -> None:
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    covered = boxes_to_map(((x0, y0, x1, y1),), 16)
    assert abs(float(covered.mean()) - (x1 - x0) * (y1 - y0)) < 1e-3
    assert covered.min() >= 0
    assert covered.max() <= 1


def test_overlapping_boxes_count_once() -> None:
    box = (0.25, 0.25, 0.5, 0.5)
    assert torch.equal(boxes_to_map((box, box), 8), boxes_to_map((box,), 8))


def test_no_rotation_scale_or_shift_changes_nothing() -> None:
    images = torch.rand(3, 1, 32, 32)
    theta = random_affine(3, torch.Generator().manual_seed(1), rotate=0, scale=0, shift=0)
    assert torch.allclose(warp(images, theta), images, atol=1e-5)


def test_warps_never_flip() -> None:
    theta = random_affine(200, torch.Generator().manual_seed(2))
    assert (torch.linalg.det(theta[:, :, :2]) > 0.5).all()


def test_contrast_jitter_keeps_order_and_range() -> None:
    ramp = torch.linspace(-1, 1, 64).expand(8, 1, 1, 64).contiguous()
    out = jitter_contrast(ramp, torch.Generator().manual_seed(3))
    assert (out.diff() >= 0).all()
    assert out.min() >= -1
    assert out.max() <= 1
