"""Sampling: plain generation, inpainting from noise, and the twin flow. The reference for src/counterfactual/."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import torch
from torch import Tensor

from .bounds import Bounds
from .networks.denoiser import Denoiser

Restated = Callable[[Tensor], "tuple[World, World] | None"]
"""The worlds of a further pass from the latent so far; None where nothing is left to ask."""


@dataclass(frozen=True)
class World:
    """What a velocity is conditioned on beside time and latent.

    tokens (N, 10, 32), regions (N, 10, 32, 32), context (N, 8).
    """

    tokens: Tensor
    regions: Tensor
    context: Tensor


@dataclass(frozen=True)
class Flow:
    """Settings of a twin flow.

    steps: of all passes together; start: the time it begins at; generator: of its noises; averages: noises a step;
    against: what guidance moves away from, "empty" statement or "source"; bounds: where it may take a cell's grey.
    """

    steps: int
    guidance: float
    start: float
    generator: torch.Generator
    shift: float = 1.0
    averages: int = 1
    against: str = "empty"
    bounds: Bounds | None = None
    passes: int = 1


@dataclass(frozen=True)
class Twins:
    """How the healthy twin of a latent is made, and when once more.

    before: opacity (N, 1, 32, 32) of the film by the first reader; `opacity_of` a latent gives the same, `twin_of` the
    latent without the opacity that is seen in it. A pass after the first is made where more is left
    than `repeat_above`.
    """

    before: Tensor
    twin_of: Callable[[Tensor, Tensor], Tensor]
    opacity_of: Callable[[Tensor], Tensor]
    repeat_above: float


def full_inpaint(z: Tensor) -> Tensor:
    """The inpaint input for generation of everything: mask one, no known latent."""
    return torch.cat([torch.ones_like(z[:, :1]), torch.zeros_like(z)], 1)


def velocity(
    model: Denoiser,
    z: Tensor,
    t: float,
    world: World,
    inpaint: Tensor,
    guidance: float = 1.0,
    against: Tensor | None = None,
    bounds: Bounds | None = None,
) -> Tensor:
    """v(against) + guidance * (v(statement) - v(against)); one evaluation when guidance is 1.

    `against`: tokens (N, 10, 32) to move away from; the empty statement when None. `bounds` are applied to the clean
    latent that the guided velocity points at, z - t v.
    """
    time = torch.full((len(z), 1), t)
    told = model(z, time, world.tokens, world.regions, inpaint, world.context)
    if guidance == 1.0:
        return told  # type: ignore[no-any-return]
    other = torch.zeros_like(world.tokens) if against is None else against
    untold = model(z, time, other, world.regions, inpaint, world.context)
    guided = untold + guidance * (told - untold)
    if bounds is None:
        return guided  # type: ignore[no-any-return]
    return (z - bounds.held(z - t * told, z - t * guided)) / t


def times(steps: int, start: float, shift: float = 1.0) -> list[float]:
    """steps + 1 falling times from `start` to 0, denser near the start for shift > 1."""
    line = [1 - i / steps for i in range(steps + 1)]
    return [start * (shift * u / (1 + (shift - 1) * u)) for u in line]


def pass_steps(steps: int, passes: int) -> list[int]:
    """How many of the steps each pass gets, as even as can be; a pass has one at least."""
    passes = max(1, min(passes, steps))
    return [steps * (k + 1) // passes - steps * k // passes for k in range(passes)]


def generate(model: Denoiser, noise: Tensor, world: World, steps: int, guidance: float, shift: float = 1.6) -> Tensor:
    """Latents from noise (N, 8, 32, 32) by Euler steps; differentiable in the noise."""
    z = noise
    grid = times(steps, 1.0, shift)
    inpaint = full_inpaint(z)
    for t, s in pairwise(grid):
        z = z + (s - t) * velocity(model, z, t, world, inpaint, guidance)
    return z


@torch.no_grad()
def vary(model: Denoiser, z: Tensor, noise: Tensor, world: World, start: float, steps: int, guidance: float) -> Tensor:
    """z (N, 8, 32, 32) noised to `start` and denoised by Euler steps under its statement: SDEdit (arXiv 2108.01073)."""
    e = (1 - start) * z + start * noise
    inpaint = full_inpaint(z)
    for t, s in pairwise(times(steps, start)):
        e = e + (s - t) * velocity(model, e, t, world, inpaint, guidance)
    return e


EXPECTED_AT = (0.98, 0.98, 0.9, 0.9)
"""Times at which `expected` is asked, one noise each: near noise, where the answer is a mean over what could be."""


@torch.no_grad()
def expected(model: Denoiser, z: Tensor, mask: Tensor, world: World, noises: Tensor) -> Tensor:
    """The mean latent (N, 8, 32, 32) that the model expects inside the mask of a world, given z outside it.

    noises: (len(EXPECTED_AT), N, 8, 32, 32).
    """
    known = torch.cat([mask, z * (1 - mask)], 1)
    total = torch.zeros_like(z)
    for t, noise in zip(EXPECTED_AT, noises, strict=True):
        mixed = mask * noise + (1 - mask) * ((1 - t) * z + t * noise)
        total += mixed - t * velocity(model, mixed, t, world, known)
    return total / len(EXPECTED_AT)


@torch.no_grad()
def inpaint(
    model: Denoiser,
    z: Tensor,
    mask: Tensor,
    noise: Tensor,
    world: World,
    steps: int,
    guidance: float,
    shift: float = 1.6,
) -> Tensor:
    """z (N, 8, 32, 32) with the masked part (N, 1, 32, 32) made anew from noise; outside it z is kept exactly."""
    known = torch.cat([mask, z * (1 - mask)], 1)
    e = noise
    grid = times(steps, 1.0, shift)
    for t, s in pairwise(grid):
        e = mask * e + (1 - mask) * ((1 - t) * z + t * noise)
        e = e + (s - t) * velocity(model, e, t, world, known, guidance)
    return mask * e + (1 - mask) * z


@torch.no_grad()
def twin_flow(
    model: Denoiser,
    z: Tensor,
    mask: Tensor,
    source: World,
    target: World,
    flow: Flow,
) -> Tensor:
    """FlowEdit (arXiv 2412.08629): two worlds share their noise; e moves by the difference of their velocities.

    de = [v(z_t + e - z | target) - v(z_t | source)] dt with z_t = (1 - t) z + t n, from `start` down to 0,
    in one pass. The target is guided away from the empty statement or, with against="source", from what is seen: then
    guidance multiplies just the asked difference. Outside the mask
    e = z at every step; source = target at guidance 1 returns z exactly.
    """
    e = z.clone()
    grid = times(flow.steps, flow.start, flow.shift)
    free = full_inpaint(z)
    away = source.tokens if flow.against == "source" else None
    for t, s in pairwise(grid):
        change = torch.zeros_like(z)
        for _ in range(flow.averages):
            noise = torch.randn(z.shape, generator=flow.generator)
            factual = (1 - t) * z + t * noise
            other = factual + (e - z)
            asked = velocity(model, other, t, target, free, flow.guidance, away, flow.bounds)
            change += asked - velocity(model, factual, t, source, free)
        e = e + (s - t) * change / flow.averages
        e = mask * e + (1 - mask) * z
    return e


def composed(x: Tensor, soft: Tensor, before: Tensor, after: Tensor) -> Tensor:
    """x + m (D(e) - D(z)), held to [-1, 1]: what a pixel cannot show, no reader shall see. (N, 1, H, W) each."""
    return (x + soft * (after - before)).clamp(-1, 1)


def flow_in_passes(
    model: Denoiser,
    z: Tensor,
    mask: Tensor,
    worlds: tuple[World, World],
    again: Restated | None,
    flow: Flow,
) -> Tensor:
    """The twin flow in passes that share the steps; each after the first asks for what is left of the way.

    Mask, focus and bounds are those of the first pass: what an edit has done so far moves no lung. Without `again`
    there is one pass. An edit that both clears and adds is two of these: all that goes, then all that comes,
    from where the first ended and as its image is read then, each with its own mask, focus, guidance and bounds.
    """
    e = z
    for k, share in enumerate(pass_steps(flow.steps, flow.passes if again else 1)):
        if k and again:
            restated = again(e)
            if restated is None:
                break
            worlds = restated
        e = twin_flow(model, e, mask, *worlds, replace(flow, steps=share))
    return e


def flow_from_twins(
    model: Denoiser,
    z: Tensor,
    mask: Tensor,
    twins: Twins,
    again: Callable[[Tensor], tuple[World, World]],
    flow: Flow,
) -> Tensor:
    """The twin flow in passes that each start from the healthy twin of what there is, while too much is left.

    Mask and bounds are those of the first.
    """
    seen, e = twins.before, z
    for k, share in enumerate(pass_steps(flow.steps, flow.passes)):
        goes_on = torch.ones(len(z), dtype=torch.bool)
        if k:
            seen = twins.opacity_of(e)
            goes_on = remaining(twins.before, seen, mask, twins.repeat_above) > twins.repeat_above
            if not goes_on.any():
                break
        begin = twins.twin_of(e, seen)
        worlds = again(begin)
        then = twin_flow(model, begin, mask, *worlds, replace(flow, steps=share))
        e = torch.where(goes_on.view(-1, 1, 1, 1), then, e)
    return e


def remaining(before: Tensor, after: Tensor, mask: Tensor, opaque: float) -> Tensor:
    """Mean opacity (N) after, over the cells of the mask that were opaque before; 0 where none was. (N, 1, 32, 32)."""
    there = mask * (before >= opaque)
    return (after * there).sum((1, 2, 3)) / there.sum((1, 2, 3)).clamp(min=1)
