"""One evaluation for both worlds: a student begins as its teacher, and changes nothing where nothing is asked."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from counterpart_training.bounds import Bounds, Grey
from counterpart_training.networks.denoiser import TOKEN, Denoiser
from counterpart_training.networks.twin import TwinDenoiser, Velocities, beside
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


def student() -> TwinDenoiser:
    model = stirred(TwinDenoiser(Denoiser(8), 8))
    assert isinstance(model, TwinDenoiser)
    return model


def world(seed: int) -> World:
    return World(noise(seed, 2, 10, TOKEN).abs(), noise(90, 2, 10, 32, 32).abs(), noise(91, 2, 8))


@given(st.floats(0, 9), st.integers(0, 99))
def test_guidance_multiplies_just_the_asked_difference(w: float, seed: int) -> None:
    told, away, factual = noise(seed, 3, 1, 8, 4, 4)
    both = Velocities(told, told - away, told - factual)
    assert torch.allclose(both.guided(w), away + w * (told - away), atol=1e-4)
    assert torch.allclose(both.change(both.guided(w)), both.guided(w) - factual, atol=1e-4)


def test_statements_that_agree_say_nothing_beside_themselves() -> None:
    same, other = world(2).tokens, world(3).tokens
    assert torch.equal(beside(same, same)[..., :TOKEN], same)
    assert not beside(same, same)[..., TOKEN:].any()
    assert torch.allclose(same - beside(same, other)[..., TOKEN:], other, atol=1e-6)


def test_a_student_answers_as_its_denoiser_whatever_else_it_is_told() -> None:
    new = student()
    z, told, away, time = noise(1, 2, 8, 32, 32), world(2), world(3), torch.full((2, 1), 0.6)
    free = full_inpaint(z)
    expected = new.denoiser(z, time, told.tokens, told.regions, free, told.context)
    assert torch.equal(new(z, time, told.tokens, told.regions, free, told.context), expected)
    tokens, ahead = beside(told.tokens, away.tokens), noise(4, 2, 8, 32, 32)
    assert torch.equal(new.twin(z, ahead, time, tokens, told.regions, free, told.context).told, expected)


def test_an_untaught_branch_answers_nothing_and_leaves_no_hook_behind() -> None:
    new = TwinDenoiser(teacher(), 8)
    z, told, time = noise(1, 2, 8, 32, 32), world(2), torch.full((2, 1), 0.6)
    tokens = beside(told.tokens, world(3).tokens)
    got = new.twin(z, z, time, tokens, told.regions, full_inpaint(z), told.context)
    assert not got.push.any()
    assert not got.lead.any()
    assert not new.denoiser.head._forward_pre_hooks
    assert not any(p.requires_grad for p in new.denoiser.parameters())
    assert all(p.requires_grad for p in new.branch.parameters())


def test_a_student_hears_what_is_seen_and_how_far_it_is_ahead() -> None:
    new, z, told, away = student(), noise(1, 2, 8, 32, 32), world(2), world(3)
    time, free, still = torch.full((2, 1), 0.6), full_inpaint(noise(1, 2, 8, 32, 32)), torch.zeros(2, 8, 32, 32)

    def answer(ahead: torch.Tensor, seen: World) -> torch.Tensor:
        tokens = beside(told.tokens, seen.tokens)
        return new.twin(z, ahead, time, tokens, told.regions, free, told.context).push

    plain = answer(still, told)
    assert not torch.allclose(answer(still, away), plain)
    assert not torch.allclose(answer(still + 1, told), plain)


def test_without_a_lead_of_its_own_a_student_asks_for_the_factual_velocity() -> None:
    new, z, ahead, told, seen = student(), noise(1, 2, 8, 32, 32), noise(4, 2, 8, 32, 32), world(2), world(3)
    new.leads = False
    time, free = torch.full((2, 1), 0.6), full_inpaint(z)
    got = new.twin(z, ahead, time, beside(told.tokens, seen.tokens), told.regions, free, told.context)
    factual = new(z - ahead, time, seen.tokens, told.regions, free, told.context)
    assert torch.allclose(got.told - got.lead, factual, atol=1e-4)


def test_with_a_perfect_student_one_evaluation_walks_as_three(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = teacher(), student()
    source, target = world(2), world(3)

    def known(
        self: TwinDenoiser, latent: torch.Tensor, ahead: torch.Tensor, time: torch.Tensor, *_: torch.Tensor
    ) -> Velocities:
        def ask(z: torch.Tensor, w: World) -> torch.Tensor:
            return torch.as_tensor(old(z, time, w.tokens, w.regions, full_inpaint(z), w.context))

        told, away, factual = ask(latent, target), ask(latent, source), ask(latent - ahead, source)
        return Velocities(told, told - away, told - factual)

    monkeypatch.setattr(TwinDenoiser, "twin", known)
    z, mask = noise(1, 2, 8, 32, 32), torch.ones(2, 1, 32, 32)
    shape = (2, 1, 32, 32)
    bounds = Bounds(
        Grey(noise(7, 2, 8, 1, 1), torch.zeros(2, 1, 1, 1)), torch.full(shape, -0.2), torch.full(shape, 0.3)
    )
    for held in (None, bounds):
        one, three = (
            twin_flow(
                m,
                z,
                mask,
                source,
                target,
                4,
                4.0,
                0.95,
                torch.Generator().manual_seed(0),
                against="source",
                bounds=held,
            )
            for m in (new, old)
        )
        assert torch.allclose(one, three, atol=1e-3)


def test_a_student_is_asked_once_or_twice_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, whole = [], Denoiser.with_middle

    def counted(self: Denoiser, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        calls.append(len(inputs[0]))
        return whole(self, *inputs)

    monkeypatch.setattr(Denoiser, "with_middle", counted)
    z, mask = noise(1, 2, 8, 32, 32), torch.ones(2, 1, 32, 32)
    asked_twice = student()
    asked_twice.leads = False
    for model, evaluations in ((teacher(), 3), (asked_twice, 2), (student(), 1)):
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
