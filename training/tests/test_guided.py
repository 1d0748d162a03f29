"""One evaluation for both worlds: the student begins as its teacher, and asks nothing where nothing is asked."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from counterpart_training.bounds import Bounds, Grey
from counterpart_training.networks.denoiser import TOKEN, Denoiser
from counterpart_training.networks.guided import GuidedDenoiser, toward
from counterpart_training.sampling import World, full_inpaint, twin_flow, velocity


def noise(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def stirred(model: torch.nn.Module) -> torch.nn.Module:
    """With no weight at zero, so that nothing is right by accident."""
    with torch.no_grad():
        for k, p in enumerate(model.parameters()):
            p.add_(0.05 * noise(k, *p.shape))
    return model.eval().requires_grad_(False)


def teacher() -> Denoiser:
    model = stirred(Denoiser(8))
    assert isinstance(model, Denoiser)
    return model


def student() -> GuidedDenoiser:
    model = stirred(GuidedDenoiser(8))
    assert isinstance(model, GuidedDenoiser)
    return model


def world(seed: int) -> World:
    return World(noise(seed, 2, 10, TOKEN).abs(), noise(90, 2, 10, 32, 32).abs(), noise(91, 2, 8))


@given(st.floats(1, 9), st.integers(0, 99))
def test_without_guidance_or_without_a_difference_nothing_is_added_to_a_statement(w: float, seed: int) -> None:
    asked, away = noise(seed, 1, 10, TOKEN), noise(seed + 100, 1, 10, TOKEN)
    assert not toward(asked, away, torch.ones(1))[..., TOKEN:].any()
    assert not toward(asked, asked, torch.full((1,), w))[..., TOKEN:].any()
    assert torch.equal(toward(asked, away, torch.full((1,), w))[..., :TOKEN], asked)


@given(st.floats(1.1, 9), st.floats(1.1, 9))
def test_a_weight_and_a_difference_can_be_told_apart(w: float, other: float) -> None:
    asked, away = torch.ones(1, 10, TOKEN), torch.zeros(1, 10, TOKEN)
    half = asked - (asked - away) / 2
    one, two = toward(asked, away, torch.tensor([w])), toward(asked, half, torch.tensor([2 * w - 1]))
    assert torch.allclose(one[..., TOKEN : 2 * TOKEN], two[..., TOKEN : 2 * TOKEN])
    assert not torch.allclose(one[..., 2 * TOKEN :], two[..., 2 * TOKEN :])
    ratio = toward(asked, away, torch.tensor([other]))[0, 0, TOKEN] / one[0, 0, TOKEN]
    assert float(ratio) == pytest.approx((other - 1) / (w - 1), rel=1e-3)


def test_a_student_begins_as_its_teacher_whatever_else_it_is_told() -> None:
    old, new = teacher(), student()
    new.begin_as(old)
    z, told, away, time = noise(1, 2, 8, 32, 32), world(2), world(3), torch.full((2, 1), 0.6)
    free = full_inpaint(z)
    expected = old(z, time, told.tokens, told.regions, free, told.context)
    assert torch.allclose(new(z, time, told.tokens, told.regions, free, told.context), expected, atol=1e-5)
    tokens = toward(told.tokens, away.tokens, torch.tensor([2.0, 6.0]))
    guided, change = new.both(z, noise(4, 2, 8, 32, 32), time, tokens, told.regions, free, told.context)
    assert torch.allclose(guided, expected, atol=1e-5)
    assert not change.any()


def test_a_student_hears_what_to_move_away_from_and_the_lead() -> None:
    new, z, told, away = student(), noise(1, 2, 8, 32, 32), world(2), world(3)
    time, free, still = torch.full((2, 1), 0.6), full_inpaint(noise(1, 2, 8, 32, 32)), torch.zeros(2, 8, 32, 32)

    def answer(lead: torch.Tensor, w: float) -> torch.Tensor:
        tokens = toward(told.tokens, away.tokens, torch.full((2,), w))
        return torch.cat(new.both(z, lead, time, tokens, told.regions, free, told.context), 1)

    plain = answer(still, 1)
    assert not torch.allclose(answer(still, 4), plain)
    assert not torch.allclose(answer(still + 1, 1), plain)


def test_a_student_is_asked_once_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, whole = [], Denoiser.with_middle

    def counted(self: Denoiser, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        calls.append(len(inputs[0]))
        return whole(self, *inputs)

    monkeypatch.setattr(Denoiser, "with_middle", counted)
    z, mask = noise(1, 2, 8, 32, 32), torch.ones(2, 1, 32, 32)
    for model, evaluations in ((teacher(), 3), (student(), 1)):
        calls.clear()
        twin_flow(model, z, mask, world(2), world(3), 4, 3.0, 0.95, torch.Generator().manual_seed(0), against="source")
        assert len(calls) == 4 * evaluations


def test_the_same_statement_twice_gives_the_image_back_exactly() -> None:
    z, mask = noise(1, 2, 8, 32, 32), torch.ones(2, 1, 32, 32)
    same, other = world(2), world(3)
    mixed = World(torch.stack([same.tokens[0], other.tokens[1]]), same.regions, same.context)
    e = twin_flow(student(), z, mask, same, mixed, 4, 5.0, 0.95, torch.Generator().manual_seed(0), against="source")
    assert torch.equal(e[0], z[0])
    assert not torch.allclose(e[1], z[1])


def test_a_flow_that_is_not_guided_away_from_the_source_asks_the_student_as_a_denoiser() -> None:
    z, told, new = noise(1, 2, 8, 32, 32), world(2), student()
    plain = velocity(new, z, 0.5, told, full_inpaint(z))
    empty = velocity(new, z, 0.5, World(torch.zeros(2, 10, TOKEN), told.regions, told.context), full_inpaint(z))
    guided = velocity(new, z, 0.5, told, full_inpaint(z), 3.0)
    assert torch.allclose(guided, empty + 3 * (plain - empty), atol=1e-4)


@given(st.integers(0, 500), st.floats(-0.5, 0.5), st.floats(0.01, 0.5))
def test_grey_is_put_back_on_its_bounds_and_nothing_else_is_touched(seed: int, low: float, width: float) -> None:
    weight = noise(seed, 2, 8, 1, 1)
    grey = Grey(weight, torch.full((2, 1, 1, 1), 0.1))
    z, shape = noise(seed + 1, 2, 8, 32, 32), (2, 1, 32, 32)
    bounds = Bounds(grey, torch.full(shape, low), torch.full(shape, low + width))
    out = bounds.kept(z)
    assert (grey(out) >= low - 1e-4).all()
    assert (grey(out) <= low + width + 1e-4).all()
    inside = (grey(z) >= low) & (grey(z) <= low + width)
    moved = out - z
    assert (moved.abs().amax(1, keepdim=True)[inside] == 0).all()
    across = moved - (moved * weight).sum(1, keepdim=True) * weight / weight.square().sum(1, keepdim=True)
    assert across.abs().max() < 1e-4
