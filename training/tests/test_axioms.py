"""Axioms on edits whose answer is known, the flow's own promises, and how figures are written."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from evaluation_data import write_data
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from counterpart_training.bounds import Bounds
from counterpart_training.data.index import Record
from counterpart_training.evaluation import axioms
from counterpart_training.evaluation.audit import Audit, audit_edits, undo
from counterpart_training.evaluation.audit_report import axiom_section, ratio_figure
from counterpart_training.evaluation.control import GRADES, Control, choose_zones, control_section, zone_mean
from counterpart_training.evaluation.dataset import open_folder
from counterpart_training.evaluation.edits import (
    Sampler,
    batch_of,
    bounds_of,
    carried,
    edit,
    edit_between,
    erase_cases,
    evaluate_edits,
    feather,
    latent_mask,
    within_lungs,
    worlds,
)
from counterpart_training.evaluation.figures import Figure, Section, as_markdown, as_table, mean_figure, rounded
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.denoiser import Denoiser
from counterpart_training.sampling import World, pass_steps


class Toy:
    """Networks with known behaviour: latent = pooled image, a fixed lung layout, the judge sees brightness."""

    def __init__(self) -> None:
        self.denoiser = Denoiser(16).eval()
        torch.nn.init.normal_(self.denoiser.head.weight, std=0.1)

    def encode(self, x: Tensor) -> Tensor:
        return torch.nn.functional.avg_pool2d(x, 8).repeat(1, 8, 1, 1)

    def decode(self, z: Tensor) -> Tensor:
        return torch.nn.functional.interpolate(z.mean(1, keepdim=True), scale_factor=8.0)

    def share(self, x: Tensor) -> Tensor:
        share = torch.zeros(len(x), 8, 32, 32)
        for k, (rows, columns) in enumerate([(r, c) for c in (4, 20) for r in (4, 12, 20)]):
            share[:, 1 + k, rows : rows + 8, columns : columns + 8] = 1
        return share

    def opacity(self, x: Tensor) -> Tensor:
        return torch.nn.functional.avg_pool2d(x, 8).add(1).div(2)

    def healthy(self, z: Tensor, *_: Tensor) -> Tensor:
        return torch.zeros_like(z)

    def second(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return torch.zeros(len(x), len(FINDINGS)), torch.logit(self.opacity(x).clamp(0.01, 0.99))


def record() -> Record:
    return Record("a.png", "siim", "val", "p", (100, 90), False, (-1,) * 16, None, None, None, None, False)


SAMPLER = Sampler("twin-flow", 3, 2.0, 0.9, against="source")


def disc(side: int = 256) -> Tensor:
    mask = torch.zeros(1, 1, side, side)
    mask[..., 64:128, 64:128] = 1
    return mask


def test_asking_for_nothing_changes_nothing_bit_for_bit() -> None:
    nets, x, mask = Toy(), torch.rand(2, 1, 256, 256) - 0.5, disc().repeat(2, 1, 1, 1)
    source, target = worlds(nets, x, torch.nn.functional.avg_pool2d(mask, 8), 2.5, [record()] * 2, 3.7)
    null = edit_between(nets, x, mask, source, source, SAMPLER, seed=1)
    assert axioms.composition(x, null).tolist() == [0, 0]
    asked = edit_between(nets, x, mask, source, target, SAMPLER, seed=1)
    assert axioms.composition(x, asked).min() > 0
    assert axioms.outside_change(x, asked, feather(mask)).max() == 0


def test_kept_pictures_are_judged_as_they_were_when_made(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 0, 40))
    rows, samplers = index.where("val", source="siim"), {"erase": SAMPLER, "add": SAMPLER}
    kept: dict[str, list[Tensor]] = {}

    def keep(kind: str, _cases: object, _before: Tensor, after: Tensor) -> None:
        kept.setdefault(kind, []).append(after)

    made = evaluate_edits(Toy(), index, rows, samplers, keep=keep)
    pictures = {kind: torch.cat(parts) for kind, parts in kept.items()}
    silent = Toy()
    silent.denoiser = None  # type: ignore[assignment]
    assert evaluate_edits(silent, index, rows, samplers, made=pictures) == made
    brighter = {kind: images + 0.2 for kind, images in pictures.items()}
    judged = evaluate_edits(silent, index, rows, samplers, made=brighter)
    assert judged["erase_local_after"] > made["erase_local_after"]


@given(st.integers(1, 60), st.integers(1, 5))
def test_passes_share_all_the_steps_evenly(steps: int, passes: int) -> None:
    shares = pass_steps(steps, passes)
    assert sum(shares) == steps
    assert len(shares) == min(steps, passes)
    assert min(shares) >= 1 and max(shares) - min(shares) <= 1


def test_a_further_pass_asks_anew_from_the_image_so_far() -> None:
    nets, x, mask = Toy(), torch.rand(1, 1, 256, 256) - 0.5, disc()
    source, target = worlds(nets, x, torch.nn.functional.avg_pool2d(mask, 8), 0.0, [record()], 3.7)
    seen: list[Tensor] = []

    def again(y: Tensor) -> tuple[World, World]:
        seen.append(y)
        return source, target

    twice = replace(SAMPLER, passes=2, overshoot=0.1)
    edited = edit_between(nets, x, mask, source, target, twice, 1, again)
    assert len(seen) == 1
    assert axioms.composition(x, seen[0]).min() > 0
    assert axioms.composition(seen[0], edited).min() > 0
    assert axioms.outside_change(x, edited, feather(mask)).max() == 0


def test_only_what_changes_is_bounded() -> None:
    nets, x = Toy(), torch.rand(3, 1, 256, 256) - 0.5
    mask = (torch.nn.functional.avg_pool2d(disc().repeat(3, 1, 1, 1), 8) > 0.25).float()
    clear, opaque = worlds(nets, x, mask, 2.5, [record()] * 3, 3.7)
    sampler, z = replace(SAMPLER, overshoot=0.1), nets.encode(x)

    def bounds(source: World, target: World) -> Bounds | None:
        return bounds_of(nets, x, z, mask, source, target, sampler, torch.Generator().manual_seed(1))

    def mixed(first: World, second: World, third: World) -> World:
        return World(
            torch.stack([w.tokens[k] for k, w in enumerate((first, second, third))]), first.regions, first.context
        )

    assert bounds(clear, clear) is None
    some = bounds(mixed(opaque, clear, clear), mixed(clear, opaque, clear))
    assert some is not None
    now = some.grey(z)
    assert some.low[:2].isfinite().all() and some.high[:2].isfinite().all() and some.low[2].isinf().all()
    assert torch.allclose(some.high[0], now[0] + sampler.undershoot)
    assert torch.allclose(some.low[1], now[1] - sampler.undershoot)
    assert (some.high[1] >= now[1] + 0.1 - 1e-6).all()


def test_change_and_localisation_of_a_known_change() -> None:
    x, mask = torch.zeros(1, 1, 256, 256), disc()
    y = x + 0.4 * mask
    assert axioms.mean_change(x, y, mask).item() == pytest.approx(0.2)
    assert axioms.mean_change(x, y).item() == pytest.approx(0.2 / 16)
    assert axioms.localisation(x, y, mask).item() == 1
    everywhere = axioms.localisation(x, x + 0.1, mask).item()
    assert everywhere == pytest.approx(1 / 16)
    assert math.isnan(axioms.localisation(x, x, mask).item())


def test_the_judges_localisation_sees_context_that_pixels_do_not() -> None:
    before, mask = torch.zeros(1, 1, 32, 32), disc(32 * 8)[..., ::8, ::8]
    after = before + 2 * mask
    assert axioms.judged_localisation(before, after, mask).item() == pytest.approx(1)
    assert axioms.judged_localisation(before, after + 1, mask).item() < 0.6


def test_dice_of_equal_half_disjoint_and_empty_maps() -> None:
    a = torch.zeros(4, 8, 8)
    b = a.clone()
    a[:3, :4], b[0, :4], b[1, :2], b[2, 4:] = 1, 1, 1, 1
    assert axioms.dice(a, b).tolist() == pytest.approx([1, 2 * 16 / 48, 0, 1])


def test_anatomy_that_stays_has_dice_one() -> None:
    share = Toy().share(torch.zeros(2, 1, 256, 256))
    lungs, heart = axioms.anatomy_dice(share, share)
    assert lungs.tolist() == heart.tolist() == [1, 1]


def test_only_those_on_the_other_side_can_cross() -> None:
    before, after = np.array([0.2, 0.2, 0.8]), np.array([0.6, 0.3, 0.9])
    there, able = axioms.crossed(before, after, 0.5, add=True)
    assert (there.tolist(), able.tolist()) == ([True, False, False], [True, True, False])
    there, able = axioms.crossed(before[::-1], after, 0.7, add=False)
    assert (there.tolist(), able.tolist()) == ([True, False, False], [True, False, False])


def test_latent_divergence_is_best_between_the_classes() -> None:
    near, far = np.full((1, 10), 1.0), np.full((1, 10), 9.0)
    assert axioms.latent_divergence(np.array([5.0]), to_target=far, to_source=near).item() == pytest.approx(0)
    assert axioms.latent_divergence(np.array([0.1]), far, near).item() == pytest.approx(math.log((1 + math.e) / 2))
    assert axioms.latent_divergence(np.array([5.0]), near, far).item() == pytest.approx(1)


def test_preservation_looks_at_the_rest_only() -> None:
    before, after = torch.zeros(1, 16), torch.zeros(1, 16)
    after[0, 0], after[0, 4] = 0.9, 0.2
    assert axioms.preservation(before, after, [4, 5]).item() == pytest.approx(0.1)


def test_reversibility_is_a_ratio_of_means() -> None:
    figure = ratio_figure("r", np.full(10, 0.3), np.full(10, 0.2))
    assert [figure.value, figure.low, figure.high] == pytest.approx([1.5, 1.5, 1.5])
    assert ratio_figure("r", np.ones(3), np.ones(3)).note == "too few: 3, needs 8"


def test_an_audit_judges_edits_as_they_are_shipped(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 0, 20))
    nets, cases = Toy(), erase_cases(index, index.where("val"))
    sampler = replace(SAMPLER, steps=4, passes=2, overshoot=0.1)
    audit = audit_edits(nets, index, cases, "erase", {"erase": sampler, "add": SAMPLER}, None, None)
    x, masks, records = batch_of(index, cases)
    assert torch.equal(audit.after[0], edit(nets, x, masks, 0.0, records, sampler, seed=1000))


def test_an_edit_is_undone_from_what_was_asked_as_edits_of_that_direction_are_made(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 0, 20))
    nets, cases = Toy(), erase_cases(index, index.where("val"))
    samplers = {"erase": SAMPLER, "add": replace(SAMPLER, steps=5, guidance=1.5, passes=2)}
    audit = audit_edits(nets, index, cases, "erase", samplers, None, None)
    x, masks, records = batch_of(index, cases)
    source, target = worlds(nets, x, latent_mask(masks), 0.0, records, SAMPLER.severity_scale)
    y = audit.after[0]
    undone = undo(nets, y, masks, source, target, records, samplers["add"], seed=1000)
    assert audit.array("undone_error").tolist() == axioms.mean_change(x, undone, masks).double().tolist()
    assert not torch.equal(undone, undo(nets, y, masks, source, target, records, samplers["erase"], seed=1000))
    told = undo(nets, y, masks, source, source, records, SAMPLER, seed=1000)
    assert torch.equal(told, y), "from a statement to itself nothing moves"


def test_an_audit_without_edits_says_so_in_every_figure() -> None:
    section = axiom_section(Audit("add"), 0.5, np.array([]))
    assert all(f.value is None for f in section.figures)


def test_control_of_a_model_that_obeys_and_of_one_that_does_the_opposite() -> None:
    obeys, defies = Control(), Control()
    for i in range(12):
        obeys.asked_zone.append(i % 6)
        defies.asked_zone.append(i % 6)
        obeys.read.append(np.array(GRADES) + i)
        defies.read.append(-np.array(GRADES))
        obeys.change.append(np.eye(6)[i % 6])
        defies.change.append(1 - np.eye(6)[i % 6])
    assert [f.value for f in control_section(obeys).figures if "an image" in f.name or "zone" in f.name] == [1, 1, 1]
    assert [f.value for f in control_section(defies).figures if "an image" in f.name or "zone" in f.name] == [-1, 0, 0]
    assert "too few" in control_section(Control(missing=3)).figures[0].note


def test_zones_are_chosen_among_those_found() -> None:
    share = torch.zeros(2, 8, 32, 32)
    share[0, 3, :4] = 1
    assert choose_zones(share, torch.Generator().manual_seed(0)) == [2, None]
    opacity = torch.zeros(2, 1, 32, 32)
    opacity[0, :, :2] = 1
    assert zone_mean(opacity, share[:, 1:7])[0].tolist() == [0, 0, 0.5, 0, 0, 0]


def test_figures_are_written_without_numbers_that_are_none() -> None:
    section = Section(
        "s", "Title", [mean_figure("a|b", np.array([1.0, math.nan, 3.0])), Figure("c", None, 2, note="too few")]
    )
    section.figures.append(Figure("d", 1.0, 5, counts=False))
    text = json.dumps(section.as_json(), allow_nan=False)
    assert json.loads(text)["figures"][0]["value"] == 2
    assert json.loads(text)["figures"][2]["counts"] is False
    page = as_markdown("T", ["lead"], [section])
    assert "a\\|b" in page
    assert "does not count" in page
    assert "too few" in as_table([section])
    assert rounded(math.inf) is None


def test_what_is_added_stays_inside_the_lungs_unless_none_are_near() -> None:
    share = torch.zeros(2, 8, 32, 32)
    share[:, 1, 4:12, 4:12] = 1
    mask = torch.zeros(2, 1, 32, 32)
    mask[0, 0, :, 8:20] = 1
    mask[1, 0, 28:, 28:] = 1
    inside = within_lungs(mask, share)
    assert inside[0, 0].nonzero().amin(0).tolist() == [3, 8]
    assert inside[0, 0].nonzero().amax(0).tolist() == [12, 12]
    assert torch.equal(inside[1], mask[1])


def test_a_borrowed_box_keeps_its_place_in_the_lungs() -> None:
    donor, here = (0.2, 0.1, 0.8, 0.7), (0.1, 0.3, 0.9, 0.9)
    assert carried(donor, donor, here) == pytest.approx(here)
    assert carried((0.2, 0.4, 0.5, 0.7), donor, here) == pytest.approx((0.1, 0.6, 0.5, 0.9))
    assert carried((0.0, 0.1, 0.2, 1.0), donor, here) == pytest.approx((0.0, 0.3, 0.1, 1.0))
    assert carried(donor, None, here) == donor
