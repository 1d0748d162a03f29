"""Edits to distil on are such as users ask for, flows pass where real ones do, and a student learns from them."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from counterpart_training.bounds import Grey
from counterpart_training.data.statement import FOCUS, KNOWN, OPACITY, unknown
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.denoiser import CONTEXT, Denoiser
from counterpart_training.networks.twin import TwinDenoiser, Velocities
from counterpart_training.precision import autocast
from counterpart_training.sampling import World, full_inpaint, velocity
from counterpart_training.stages.distil import answered, chosen, flow_loss, taught
from counterpart_training.stages.edit_flows import (
    EditFlows,
    asked_severity,
    finding_statements,
    opacity_statements,
)

IMAGES = 6
CONFIG: dict[str, Any] = {
    "pool": 8,
    "start": 0.95,
    "steps": [2, 4],
    "guidance": [1, 6],
    "overshoot": 0.25,
    "undershoot": 0.04,
    "second_pass": 0.5,
    "other_findings": 0.3,
}


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


class Latents:
    """Random latents of images whose lungs are two halves of the middle, the left one opaque."""

    views = 1

    def read(self, name: str, view: torch.Tensor, item: torch.Tensor) -> torch.Tensor:
        n = len(item)
        if name == "theta":
            return torch.eye(2, 3).repeat(n, 1, 1)
        if name == "latent":
            return torch.randn(n, 8, 32, 32, generator=generator(1))
        share, opacity = torch.zeros(n, 8, 32, 32), torch.zeros(n, 1, 32, 32)
        share[:, 1, 4:28, 4:15] = 1
        share[:, 4, 4:28, 17:28] = 1
        opacity[..., 17:28] = 0.8
        return share if name == "share" else opacity


def flows(**changes: Any) -> EditFlows:
    box = torch.zeros(32, 32)
    box[8:16, 18:26] = 1
    examples: Any = SimpleNamespace(
        latents=Latents(),
        scale=2.75,
        boxes=[box if k % 2 else None for k in range(IMAGES)],
        labels=torch.zeros(IMAGES, len(FINDINGS)),
        context=torch.zeros(IMAGES, CONTEXT),
    )
    grey = Grey(torch.full((1, 8, 1, 1), 0.1), torch.zeros(1, 1, 1, 1))
    return EditFlows({**CONFIG, **changes}, examples, torch.ones(IMAGES), Denoiser(8).eval(), grey)


def test_only_what_is_there_is_cleared() -> None:
    before = torch.cat([torch.zeros(300), torch.full((300,), 2.0)])
    asked = asked_severity(before, generator())
    assert (asked[:300] > 0).all()
    assert 0.3 < float((asked[300:] == 0).float().mean()) < 0.5
    assert asked.max() <= 3


def test_an_opacity_edit_asks_in_its_focus_and_its_zones_and_nowhere_else() -> None:
    share = Latents().read("share", torch.zeros(1), torch.zeros(1))
    opacity = Latents().read("opacity", torch.zeros(1), torch.zeros(1))
    focus = torch.zeros(1, 1, 32, 32)
    focus[..., 4:28, 17:28] = 1
    labels = torch.full((1, len(FINDINGS)), -1.0)
    source, target = opacity_statements(opacity, share, focus, labels, torch.zeros(1), 2.75)
    rows = (source != target).any(-1)[0].nonzero().flatten().tolist()
    assert rows == [3, FOCUS]
    assert source[0, FOCUS, OPACITY].item() == pytest.approx(0.8 * 2.75 / 3)
    assert target[0, FOCUS, OPACITY] == target[0, 3, OPACITY] == 0


def test_a_finding_is_brought_or_cleared_alone() -> None:
    source, target = finding_statements(unknown(40), generator())
    assert torch.equal(source[..., KNOWN:], target[..., KNOWN:])
    columns = (source != target).any(1)
    assert (columns.sum(1) == 1).all()
    assert not columns[:, OPACITY].any()
    assert torch.minimum(source, target)[..., :KNOWN].max() == 0


def test_flows_change_only_inside_their_masks_and_end() -> None:
    pool, random = flows(second_pass=0), generator()
    pool.begin(random)
    nothing, before = torch.zeros(8, 8, 32, 32), pool.edits["latent"].clone()
    for k in range(4):
        pick = pool.taken(8, random)
        assert sorted(pick.tolist()) == list(range(8))
        state = pool.state(pick, random)
        assert (state["time"] > 0).all()
        assert (state["next"] >= -1e-6).all()
        pool.advance(pick, state, Velocities(nothing, nothing, nothing + 1))
        if k == 0:
            assert torch.equal(pool.edits["latent"], before)
            assert (pool.edits["moved"] != before).any()
        outside = (pool.edits["moved"] - pool.edits["latent"]).abs() * (1 - pool.edits["mask"])
        assert outside.max() == 0
    assert (pool.edits["done"] <= pool.edits["steps"]).all()


def test_the_noise_is_shared_and_the_lead_is_what_has_changed_so_far() -> None:
    pool, random = flows(), generator()
    pool.begin(random)
    pool.edits["moved"] = pool.edits["latent"] + 0.5 * pool.edits["mask"]
    state = pool.state(torch.arange(8), random)
    assert torch.allclose(state["other"] - state["factual"], 0.5 * state["mask"].expand(-1, 8, -1, -1), atol=1e-5)


def test_a_second_pass_starts_from_the_image_so_far_and_asks_for_less() -> None:
    pool, random = flows(second_pass=1), generator()
    pool.begin(random)
    before = {k: v.clone() for k, v in pool.edits.items()}
    pool.edits["moved"] = before["moved"] + before["mask"]
    pool.restart(torch.arange(8), random)
    assert torch.equal(pool.edits["latent"], before["latent"] + before["mask"])
    assert torch.equal(pool.edits["target"], before["target"])
    left = (pool.edits["target"] - pool.edits["source"]).abs().sum((1, 2))
    assert (left < (before["target"] - before["source"]).abs().sum((1, 2))).all()
    pool.restart(torch.arange(8), random)
    assert (pool.edits["passes"] == 1).all()


def test_advancing_is_held_by_the_bounds() -> None:
    pool, random = flows(other_findings=0, second_pass=0), generator()
    pool.begin(random)
    pick = torch.arange(8)
    state = pool.state(pick, random)
    t = state["time"].view(-1, 1, 1, 1)
    calm = (state["other"] - state["latent"]) / t
    push = torch.full_like(calm, 40)
    pool.advance(pick, {**state, "next": torch.zeros(8, 1)}, Velocities(calm, push, 0 * push))
    grey, inside = pool.grey(pool.edits["moved"]), pool.edits["mask"] > 0
    low = torch.minimum(pool.edits["low"], pool.grey(state["latent"]))
    assert (grey[inside] >= low[inside] - 1e-3).all()


def test_what_is_taught_is_the_guided_velocity_of_the_sampler() -> None:
    pool, random = flows(), generator()
    with torch.no_grad():
        for p in pool.teacher.parameters():
            p.add_(0.05 * torch.randn(p.shape, generator=random))
    pool.begin(random)
    state = pool.state(torch.arange(8), random)
    out, seen = taught(TwinDenoiser(pool.teacher, 8), state)
    assert seen.shape == (8, 8, 32, 32)
    guided = out.guided(state["guidance"])
    changed = out.change(guided)
    for i in range(3):
        one = {k: v[i : i + 1] for k, v in state.items()}
        t, free = float(one["time"]), full_inpaint(one["other"])
        target, source = (World(one[k], one["regions"], one["context"]) for k in ("target", "source"))
        with torch.no_grad(), autocast():
            asked = velocity(pool.teacher, one["other"], t, target, free, float(one["guidance"]), source.tokens)
            seen = velocity(pool.teacher, one["factual"], t, source, free)
        assert torch.allclose(guided[i], asked[0].float(), atol=0.05)
        assert torch.allclose(changed[i], (asked - seen)[0].float(), atol=0.05)


def test_a_right_answer_costs_nothing_and_none_costs_the_whole_change() -> None:
    mask = torch.zeros(2, 1, 32, 32)
    mask[..., :8, :8] = 1
    theirs = Velocities(*torch.randn(3, 2, 8, 32, 32, generator=generator()))
    strong = torch.full((2, 1, 1, 1), 4.0)
    loss, metrics = flow_loss(mask, strong, theirs, theirs)
    assert float(loss) == 0
    assert metrics == {"change": 0, "push": 0, "lead": 0}
    silent = Velocities(theirs.told, 0 * theirs.push, 0 * theirs.lead)
    assert flow_loss(mask, strong, silent, theirs)[1] == pytest.approx({"change": 1, "push": 1, "lead": 1})
    costs = [
        flow_loss(mask, strong, replace(theirs, lead=theirs.lead + wrong), theirs)[0] for wrong in (mask, 1 - mask)
    ]
    assert costs[0] > costs[1] / 2


def test_flows_move_by_the_students_answers_where_it_is_its_turn() -> None:
    mine, theirs = (Velocities(*torch.full((3, 2, 8, 4, 4), value)) for value in (1.0, 2.0))
    mine.push.requires_grad_()
    got = chosen(torch.tensor([True, False]), mine, theirs)
    assert got.push[:, 0, 0, 0].tolist() == got.told[:, 0, 0, 0].tolist() == [1, 2]
    assert not got.push.requires_grad


def test_a_branch_learns_a_batch() -> None:
    pool, random = flows(), generator()
    with torch.no_grad():
        for p in pool.teacher.parameters():
            p.add_(0.1 * torch.randn(p.shape, generator=random))
    pool.begin(random)
    pool.edits["moved"] = pool.edits["latent"] + pool.edits["mask"]
    state = pool.state(torch.arange(8), random)
    student = TwinDenoiser(pool.teacher, 16)
    theirs, seen = taught(student, state)
    optimiser = torch.optim.Adam(student.branch.parameters(), 2e-3)
    shares: list[dict[str, float]] = []
    for _ in range(30):
        mine = answered(student.branch, state, theirs.told, seen)
        loss, metrics = flow_loss(state["mask"], state["guidance"], mine, theirs)
        shares.append(metrics)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert shares[0] == pytest.approx({"change": 1, "push": 1, "lead": 1})
    assert max(shares[-1].values()) < 0.95
