"""The healthy twin: its network, what it learns from, and the flow that starts from it."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from counterpart_training.evaluation.edits import Sampler, edit
from counterpart_training.export.manifest import sampling_block
from counterpart_training.export.synthetic import region_maps
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.healthy_twin import HealthyTwin, soft_cells
from counterpart_training.sampling import remaining
from counterpart_training.stages.healthy_twin import masks_of, twin_loss
from counterpart_training.stages.moved_opacities import Taken, box_to_box, is_clear, lung_boxes, set_in
from counterpart_training.stages.statement_pathology import OF_A_LUNG, features_of, fitted

GENERATOR = torch.Generator().manual_seed(5)


def one_cell(row: int, column: int) -> Tensor:
    mask = torch.zeros(1, 1, 32, 32)
    mask[0, 0, row, column] = 1
    return mask


def trained_a_little() -> HealthyTwin:
    torch.manual_seed(0)
    network = HealthyTwin(8)
    torch.nn.init.normal_(network.head.weight, std=0.1)
    return network.eval()


def test_nothing_is_added_before_training_and_outside_the_mask() -> None:
    z, regions, opacity = torch.randn(2, 8, 32, 32), torch.rand(2, 10, 32, 32), torch.rand(2, 1, 32, 32)
    mask = soft_cells(one_cell(9, 9)).expand(2, -1, -1, -1)
    assert not HealthyTwin(8)(z, regions, mask, opacity).any()
    more = trained_a_little()(z, regions, mask, opacity)
    assert more[:, :, 8:11, 8:11].abs().min() > 0
    assert not (more * (mask == 0)).any()


def test_a_soft_mask_is_a_mean_of_neighbours_that_exist() -> None:
    assert soft_cells(torch.ones(1, 1, 32, 32)).eq(1).all()
    soft = soft_cells(one_cell(0, 0))
    assert soft[0, 0, 0, 0] == pytest.approx(1 / 4)
    assert soft[0, 0, 1, 1] == pytest.approx(1 / 9)


def test_masks_are_what_changed_or_lungs_with_it() -> None:
    regions = region_maps(3).expand(64, -1, -1, -1)
    masks = masks_of(one_cell(2, 2).expand(64, -1, -1, -1), regions, torch.Generator().manual_seed(1))
    areas = masks.sum((1, 2, 3))
    assert (areas < 3).any()
    lungs = areas[areas > 3]
    assert len(lungs) > 20
    assert lungs.max() > 1.6 * lungs.min()


def test_the_loss_is_none_for_the_very_twin_and_erasures_count_by_means() -> None:
    film, twin = torch.randn(2, 8, 32, 32, generator=GENERATOR), torch.randn(2, 8, 32, 32, generator=GENERATOR)
    mask = torch.ones(2, 1, 32, 32)

    def exact(*_: Tensor) -> Tensor:
        return twin - film

    batch = (film, twin, torch.zeros(2, 10, 32, 32), mask, mask)
    fine, coarse = twin_loss(exact, "drawn", batch, mask)  # type: ignore[arg-type]
    assert (float(fine), float(coarse)) == (0, 0)
    fine, coarse = twin_loss(trained_a_little(), "erased", batch, mask)
    assert float(fine) == 0 < float(coarse)


def test_an_opacity_is_moved_from_lung_to_lung_and_stays_in_it() -> None:
    regions = region_maps(3)
    boxes = lung_boxes(regions)
    assert boxes.shape == (1, 2, 4)
    assert (boxes[0, 0, 2] < boxes[0, 1, 0]).item()
    assert not lung_boxes(torch.zeros(1, 10, 32, 32)).any()
    spot = torch.zeros(1, 1, 256, 256)
    spot[0, 0, 64:96, 64:96] = 1
    moved = box_to_box(spot, torch.tensor([0.25, 0.25, 0.375, 0.375]), torch.tensor([0.5, 0.5, 0.75, 0.75]))
    assert moved[0, 0, 130:190, 130:190].min() > 0.99
    assert moved[0, 0, :126].max() == 0
    taken = Taken(torch.ones(1, 1, 256, 256), boxes)
    before = torch.full((4, 1, 256, 256), -0.5)
    config = {"spared": 0.0, "amount": [0.4, 0.4]}
    after = set_in(before, regions.expand(4, -1, -1, -1), taken, config, torch.Generator().manual_seed(2))
    assert (after - before).amax() == pytest.approx(0.4, abs=0.01)
    lung = torch.nn.functional.interpolate(regions[:, :6].sum(1, keepdim=True), (256, 256), mode="bilinear")
    assert not ((after != before) & (lung == 0)).any()
    spared = set_in(before, regions.expand(4, -1, -1, -1), taken, config | {"spared": 1.0}, GENERATOR)
    assert torch.equal(spared, before)


def test_clear_is_what_is_known_to_be() -> None:
    labels = dict.fromkeys(FINDINGS, -1)
    assert not is_clear(tuple(labels.values()))
    assert is_clear(tuple((labels | {"lung_opacity": 0}).values()))
    assert is_clear(tuple((labels | {"no_finding": 1}).values()))


def test_a_statement_without_opacity_has_no_tokens_and_grades_are_followed() -> None:
    grades = 3 * torch.rand(400, 3, generator=GENERATOR)
    truth = torch.randn(9, OF_A_LUNG, generator=GENERATOR)
    s = fitted(grades, features_of(grades) @ truth, 1e-6, 4)
    severity = torch.tensor([[0.0, 0.0, 0.0, 1.0, 2.0, 0.5]])
    tokens = s.tokens(severity, torch.Generator().manual_seed(1))
    assert tokens.shape == (1, 100, 8)
    assert not tokens[:, :50].any()
    wanted = features_of(severity[:, 3:]) @ truth
    assert torch.allclose(s.tokens(severity)[:, 50:].flatten(1), wanted, atol=0.05 * float(wanted.abs().max()))


class Chest(SimpleNamespace):
    """Networks in closed form: the latent is the grey, the twin takes the opacity that the reader sees."""

    asked: list[str]

    def encode(self, x: Tensor) -> Tensor:
        return torch.nn.functional.avg_pool2d(x, 8).expand(-1, 8, -1, -1)

    def decode(self, z: Tensor) -> Tensor:
        return torch.nn.functional.interpolate(z[:, :1], scale_factor=8.0)

    def share(self, x: Tensor) -> Tensor:
        maps = region_maps(3)[:, :7]
        return torch.cat([1 - maps.sum(1, keepdim=True).clamp(max=1), maps], 1).expand(len(x), -1, -1, -1)

    def opacity(self, x: Tensor) -> Tensor:
        self.asked.append("opacity")
        return ((torch.nn.functional.avg_pool2d(x, 8) + 1) / 2).clamp(0, 1)

    def healthy(self, z: Tensor, regions: Tensor, mask: Tensor, opacity: Tensor) -> Tensor:
        self.asked.append("healthy")
        return -opacity * mask * torch.ones_like(z)

    def denoiser(self, z: Tensor, *_: Any) -> Tensor:
        return torch.zeros_like(z)


def test_an_erasure_starts_from_the_healthy_twin_and_reads_it_before_it_goes_on() -> None:
    nets = Chest(asked=[])
    x = torch.zeros(1, 1, 256, 256)
    mask = torch.zeros(1, 1, 256, 256)
    mask[:, :, 96:160, 48:112] = 1
    record = SimpleNamespace(source_index=0, paediatric=False, native_size=(256, 256))
    plain = Sampler("twin-flow", 2, 3.0, 0.7, overshoot=None)
    still = edit(nets, x, mask, 0.0, [record], plain, 1)  # type: ignore[list-item]
    assert torch.allclose(still, x, atol=1e-6)
    assert "healthy" not in nets.asked
    nets.asked.clear()
    y = edit(nets, x, mask, 0.0, [record], replace(plain, healthy=True), 1)  # type: ignore[list-item]
    # Read twice: the film, for the twin and its statements, and the twin, for what is left.
    assert nets.asked.index("healthy") < len(nets.asked) - 1
    assert y[:, :, 112:144, 64:96].max() < -0.4
    far = torch.nn.functional.max_pool2d(mask, 33, stride=1, padding=16) == 0
    assert torch.equal(y[far], x[far])


def test_an_erasure_is_repeated_where_too_much_is_left_and_only_of_those_films() -> None:
    nets = Chest(asked=[])
    mask = torch.zeros(2, 1, 256, 256)
    mask[:, :, 96:160, 48:112] = 1
    # The twin takes as much of a cell as is seen in it: of the white one a second look finds more.
    x = torch.stack([torch.full((1, 256, 256), -0.3), torch.full((1, 256, 256), 0.9)])
    record = SimpleNamespace(source_index=0, paediatric=False, native_size=(256, 256))
    sampler = Sampler("twin-flow", 4, 3.0, 0.7, overshoot=None, healthy=True, passes=2, repeat_above=0.3)

    def erased(sampler: Sampler) -> Tensor:
        nets.asked.clear()
        return edit(nets, x, mask, 0.0, [record, record], sampler, 1)  # type: ignore[list-item]

    once = erased(replace(sampler, steps=2, passes=1))
    twice = erased(replace(sampler, repeat_above=0.3))
    assert nets.asked.count("healthy") == 2
    assert torch.allclose(twice[0], once[0], atol=1e-6)
    assert twice[1, 0, 128, 80] < once[1, 0, 128, 80] - 0.1
    erased(replace(sampler, repeat_above=0.9))
    assert nets.asked.count("healthy") == 1


def test_what_is_left_is_asked_of_the_cells_that_were_opaque() -> None:
    before = torch.tensor([[0.9, 0.1, 0.5], [0.2, 0.2, 0.1]])[:, None, None]
    after = torch.tensor([[0.2, 0.9, 0.8], [0.9, 0.9, 0.9]])[:, None, None]
    mask = torch.tensor([[1.0, 1, 0], [1, 1, 1]])[:, None, None]
    assert torch.allclose(remaining(before, after, mask, 0.3), torch.tensor([0.2, 0.0]))


def test_a_manifest_tells_the_eraser_apart_where_it_is_the_healthy_twin() -> None:
    flow = {"name": "twin-flow", "steps": 16, "guidance": 5, "start": 0.95}
    twin = flow | {"healthy": True, "steps": 8, "start": 0.7}
    block = sampling_block({"erase": twin, "remove": flow, "add": flow})
    assert block["healthyTwin"] == {"steps": 8, "guidance": 5.0, "maxTime": 0.7}
    again = sampling_block({"erase": twin | {"passes": 2, "repeat_above": 0.3}, "add": flow})["healthyTwin"]
    assert again == {"steps": 8, "guidance": 5.0, "maxTime": 0.7, "passes": 2, "repeatAbove": 0.3}
    assert block["steps"] == 16
    assert "remove" not in block["kinds"]
    assert "healthyTwin" not in sampling_block({"erase": flow, "add": flow})
