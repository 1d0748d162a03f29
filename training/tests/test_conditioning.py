"""Statements, region maps and the twin flow: the closed forms that the browser repeats."""

from itertools import pairwise

import torch

from counterpart_training.data.statement import ANYWHERE, KNOWN, forget, image_statement, unknown, zone_severity
from counterpart_training.findings import FINDINGS, REGIONS, ZONES
from counterpart_training.networks.anatomist import region_maps, region_share
from counterpart_training.networks.denoiser import Denoiser
from counterpart_training.sampling import Flow, World, times, twin_flow


def test_zone_severity_is_the_scaled_mean_of_opacity_at_most_three() -> None:
    zones = torch.zeros(1, len(ZONES), 32, 32)
    for z in range(len(ZONES)):
        zones[0, z, 4 * z : 4 * z + 4] = 1
    opacity = torch.zeros(1, 1, 32, 32)
    opacity[0, 0, 0:4, :16] = 1
    opacity[0, 0, 4:8] = 1
    assert zone_severity(opacity, zones, 4.0)[0].tolist() == [2, 3, 0, 0, 0, 0]


def test_unknown_labels_stay_unknown_in_the_statement() -> None:
    labels = torch.full((1, len(FINDINGS)), -1.0)
    labels[0, FINDINGS.index("effusion")] = 1
    labels[0, FINDINGS.index("mass")] = 0
    tokens = image_statement(torch.zeros(1, len(ZONES)), labels)[0]
    known = tokens[ANYWHERE, KNOWN:].nonzero().flatten().tolist()
    assert known == sorted([FINDINGS.index("effusion"), FINDINGS.index("mass")])
    pleura = tokens[REGIONS.index("pleura")]
    assert pleura[FINDINGS.index("effusion")] > 0
    assert pleura[KNOWN + FINDINGS.index("effusion")] == 1


def test_forgetting_everything_leaves_the_empty_statement() -> None:
    tokens = torch.ones_like(unknown(5))
    assert torch.equal(forget(tokens, torch.Generator(), 0, 0, 1.1), unknown(5))
    assert torch.equal(forget(tokens, torch.Generator(), 0, 0, 0), tokens)


def test_region_maps_are_shares_a_rim_and_the_mask() -> None:
    logits = torch.full((1, 8, 64, 64), -20.0)
    logits[:, 0] = 0
    logits[:, 1, 16:32, 16:32] = 40
    focus = torch.zeros(1, 1, 32, 32)
    focus[..., 3, 4] = 1
    maps = region_maps(region_share(logits), focus)[0]
    assert maps.shape == (len(REGIONS), 32, 32)
    assert maps.min() >= 0
    assert maps.max() <= 1
    assert maps[0].sum().round() == 64
    assert maps[REGIONS.index("pleura")].sum().round() == 10 * 10 - 8 * 8
    assert torch.equal(maps[REGIONS.index("focus")], focus[0, 0])
    assert (maps[REGIONS.index("anywhere")] == 1).all()


def test_times_fall_from_start_to_zero() -> None:
    grid = times(7, 0.9, 1.6)
    assert grid[0] == 0.9
    assert grid[-1] == 0
    assert all(a > b for a, b in pairwise(grid))


def test_the_twin_of_an_unchanged_statement_is_the_image_itself() -> None:
    model = Denoiser(width=8, condition=16, routed=4).eval()
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.05)
    z = torch.randn(1, 8, 32, 32)
    world = World(torch.rand(1, 10, 32), torch.rand(1, 10, 32, 32), torch.zeros(1, 8))
    other = World(torch.zeros(1, 10, 32), world.regions, world.context)
    mask = torch.zeros(1, 1, 32, 32)
    mask[..., 8:16, 8:16] = 1

    def edited(target: World) -> torch.Tensor:
        return twin_flow(model, z, mask, world, target, Flow(3, 1.0, 0.9, torch.Generator().manual_seed(1)))

    assert torch.equal(edited(world), z)
    changed = edited(other)
    assert (changed[..., 8:16, 8:16] != z[..., 8:16, 8:16]).any()
    assert torch.equal(changed * (1 - mask), z * (1 - mask))
