"""Zones proposed inside a lung box land where the lungs are; nonsense is left out."""

import pytest
import torch
from torch import Tensor, nn

from counterpart_training.data.augment import warp
from counterpart_training.data.zone_labels import (
    ZoneAtlas,
    build_atlas,
    inverse,
    lung_box,
    plausible,
    propose_zones,
    small_targets,
    to_frame,
)

BOXES = [(0.2, 0.1, 0.8, 0.7), (0.3, 0.3, 0.9, 0.9)]


def chest(box: tuple[float, float, float, float]) -> Tensor:
    """One-hot regions (8, 256, 256): six equal zones in a box, the heart between the lower ones."""
    x0, y0, x1, y1 = (int(256 * v) for v in box)
    out = torch.zeros(8, 256, 256)
    for row in range(3):
        top, bottom = y0 + (y1 - y0) * row // 3, y0 + (y1 - y0) * (row + 1) // 3
        third = (x1 - x0) // 3
        out[1 + row, top:bottom, x0 : x0 + third] = 1
        out[4 + row, top:bottom, x1 - third : x1] = 1
    out[7, y0 + (y1 - y0) * 2 // 3 : y1, x0 + (x1 - x0) // 3 : x1 - (x1 - x0) // 3] = 1
    out[0] = 1 - out[1:].sum(0)
    return out


class Blind(nn.Module):
    """Finds background everywhere."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        logits = torch.zeros(len(x), 8, 64, 64)
        logits[:, 0] = 3.0
        return logits, torch.zeros(len(x), 1)


@pytest.fixture
def atlas() -> ZoneAtlas:
    targets = small_targets(torch.stack([chest(b) for b in BOXES]))
    return build_atlas(torch.randn(2, 1, 256, 256, generator=torch.Generator().manual_seed(1)) / 3, targets)


def test_frames_invert() -> None:
    theta = to_frame(BOXES, (0.25, 0.25, 0.75, 0.75))
    maps = torch.stack([chest(b) for b in BOXES])
    there = warp(maps, theta, fill="zeros")
    assert lung_box(there[0]) == pytest.approx((0.25, 0.25, 0.75, 0.75), abs=0.02)
    back = warp(there, inverse(theta), fill="zeros")
    assert (back[:, 1:] - maps[:, 1:]).abs().mean() < 0.01


def test_where_the_network_sees_nothing_the_atlas_decides(atlas: ZoneAtlas) -> None:
    boxes = [(0.1, 0.2, 0.6, 0.9)]
    proposal = propose_zones(Blind(), torch.zeros(1, 1, 256, 256), boxes, atlas)
    truth = small_targets(chest(boxes[0])[None])
    assert proposal.sum(1).sub(1).abs().max() < 1e-4
    zones, wanted = proposal[:, 1:7], truth[:, 1:7]
    assert (zones.argmax(1) == wanted.argmax(1))[wanted.amax(1) > 0.9].float().mean() > 0.9
    assert plausible(proposal).all()


def test_mirrored_upturned_and_missing_zones_are_not_plausible() -> None:
    good = small_targets(chest(BOXES[0])[None])
    assert plausible(good).tolist() == [True]
    missing = good.clone()
    missing[:, 2] = 0
    for bad in (good.flip(3), good.flip(2), missing, torch.zeros_like(good)):
        assert plausible(bad).tolist() == [False]


def test_no_lungs_have_no_box() -> None:
    assert lung_box(torch.zeros(8, 64, 64)) is None
