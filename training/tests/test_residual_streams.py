"""The residual dual stream: no difference is nothing, sub-zones fill the lungs, a pathology fits another chest."""

import json
from pathlib import Path

import numpy as np
import torch

from counterpart_training.evaluation.stream_swaps import found_figures, likeness
from counterpart_training.networks.residual_streams import (
    COLUMNS,
    ROWS,
    ResidualStreams,
    lung_coordinates,
    sub_zones,
)
from counterpart_training.stages.erasures import Erasures, accepted_rows
from counterpart_training.stages.residual_streams import SourceJudge, jitter_of
from counterpart_training.stages.stream_ablation import ARMS, arm_config


def chest(top: int, bottom: int, left: int, right: int) -> torch.Tensor:
    """Region maps (1, 10, 32, 32) of two square lungs of three equal zones each, mirrored about the middle."""
    out = torch.zeros(1, 10, 32, 32)
    third = (bottom - top) // 3
    for zone in range(3):
        rows = slice(top + zone * third, top + (zone + 1) * third)
        out[0, zone, rows, left:right] = 1
        out[0, 3 + zone, rows, 32 - right : 32 - left] = 1
    out[0, 6, top:bottom, right : 32 - right] = 1
    return out


def trained() -> ResidualStreams:
    """Networks whose last layers are not zero, as training leaves them."""
    torch.manual_seed(3)
    model = ResidualStreams(8)
    with torch.no_grad():
        for p in model.recompose.head.parameters():
            p.copy_(0.1 * torch.randn_like(p))
    return model


def test_coordinates_run_from_apex_to_base_and_from_the_mediastinum_outward_in_both_lungs() -> None:
    lung, down, out = lung_coordinates(chest(4, 28, 3, 13))
    inside = lung[0, 0] > 0
    assert down[0, 0][4, 8] < 0.05 < 0.95 < down[0, 0][27, 8]
    assert out[0, 0][10, 12] < 0.1 < 0.9 < out[0, 0][10, 3]
    assert torch.allclose(out[0, 0].flip(1)[inside.flip(1)], out[0, 1][inside.flip(1)], atol=1e-5)


def test_sub_zones_add_up_to_the_lungs_wherever_they_are_moved() -> None:
    regions = torch.cat([chest(4, 28, 3, 13), chest(2, 20, 5, 14)])
    for jitter in (None, jitter_of(2, 0.05, torch.Generator().manual_seed(1))):
        maps = sub_zones(regions, jitter)
        assert maps.shape == (2, 2 * ROWS * COLUMNS, 32 * 32)
        assert torch.allclose(maps.sum(1).view(2, 32, 32), regions[:, :6].sum(1), atol=1e-5)


def test_a_film_that_is_its_own_twin_has_no_pathology_and_nothing_is_drawn() -> None:
    model, regions = trained(), chest(4, 28, 3, 13)
    z, maps = torch.randn(1, 8, 32, 32), sub_zones(regions)
    tokens, told = model.read(z, z, torch.ones(1, 1, 32, 32), regions, maps)
    assert torch.count_nonzero(tokens) == torch.count_nonzero(told) == 0
    assert torch.count_nonzero(model.draw(z, tokens, regions, maps)) == 0


def test_what_is_drawn_lies_where_the_tokens_are_also_in_another_chest() -> None:
    model, other = trained(), chest(2, 20, 5, 14)
    tokens = torch.zeros(1, 2 * ROWS * COLUMNS, 8)
    tokens[:, :COLUMNS] = 1
    drawn = model.draw(torch.randn(1, 8, 32, 32), tokens, other, sub_zones(other))[0].abs().sum(0)
    assert drawn[2:4, 5:14].min() > 0
    assert drawn[8:].max() == 0
    assert drawn[:, 20:].max() == 0


def test_pairs_are_kept_back_once() -> None:
    pairs = Erasures(*(torch.arange(33.0).view(33, 1, 1, 1) for _ in range(5)))
    held, learnt = pairs.split(16)
    assert held.before.flatten().tolist() == [0, 1, 2]
    assert learnt.mask.flatten().tolist() == list(range(3, 33))


def test_a_donor_is_found_where_the_change_is_most_like_its_own() -> None:
    donors = torch.eye(3).repeat(1, 4)
    alike = likeness(donors[[0, 2, 2]], donors)
    values = {figure.name: figure.value for figure in found_figures(alike)}
    assert values["its own donor is the most alike"] == 2 / 3
    assert np.allclose(alike.diagonal(), [1, -0.5, 1])


def test_an_arm_of_the_ablation_leaves_all_but_its_part_as_it_was() -> None:
    config = {"jitter": 0.03, "noise": 0.1, "weights": {"own": 0.5, "cycle": 0.03}}
    assert arm_config(config, ARMS["whole"]) == config
    assert arm_config(config, ARMS["without-cycle"]) == {**config, "weights": {"own": 0.5, "cycle": 0.0}}
    assert arm_config(config, ARMS["without-group"]) == {**config, "jitter": 0.0, "noise": 0.0}


def test_the_judge_of_sources_learns_what_tokens_tell_and_makes_their_encoder_hide_it() -> None:
    torch.manual_seed(5)
    judge, source = SourceJudge(2), torch.tensor([0, 1]).repeat(16)

    def films() -> torch.Tensor:
        tokens = torch.randn(32, 2 * ROWS * COLUMNS, 8)
        tokens[:, 0] += 8.0 * source[:, None]
        return tokens

    for _ in range(100):
        judge.learn(films(), source)
    asked = films().requires_grad_()
    sure = judge.learn(asked, source)
    (pull,) = torch.autograd.grad(sure, asked)
    pull = pull.abs().sum((0, 2))
    assert sure.item() > 0.3 and pull.argmax() == 0
    assert all(p.requires_grad for p in judge.parameters())


def test_how_much_pathology_there_is_tells_the_judge_nothing() -> None:
    judge, tokens = SourceJudge(3).eval(), torch.randn(4, 2 * ROWS * COLUMNS, 8)
    assert torch.allclose(judge(tokens), judge(3 * tokens), atol=1e-5)


def test_the_rows_of_pairs_are_those_of_the_erasures_that_were_kept(tmp_path: Path) -> None:
    kept = [{"row": 2, "accepted": True}, {"row": 0, "accepted": False}, {"row": 1, "accepted": True}]
    (tmp_path / "log.json").write_text(json.dumps(kept))
    assert accepted_rows(tmp_path) == [2, 1]
