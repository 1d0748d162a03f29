"""Initial-noise optimisation: of the noises a sampler could start from, one whose outcome shows what was asked.

After "Causal disentanglement for long-tail medical images". Gradient-free, so that the browser can run it
(src/counterfactual holds its twin), and by gradient for comparison.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

Render = Callable[[Tensor], Tensor]
"""Noises (K, 8, 32, 32) -> what is scored (images or latents, K first)."""

Score = Callable[[Tensor], Tensor]
"""What was rendered -> one number each (K), higher is better."""


@dataclass(frozen=True)
class Found:
    """The best noise (1, 8, 32, 32), its score, and the best score after each round."""

    noise: Tensor
    score: float
    history: list[float]
    evaluations: int


def neighbours(noise: Tensor, count: int, rho: float, generator: torch.Generator) -> Tensor:
    """`count` noises sqrt(1 - rho^2) n + rho xi around one (1, 8, 32, 32): still standard normal, for rho in (0, 1]."""
    fresh = torch.randn(count, *noise.shape[1:], generator=generator)
    return float((1 - rho**2) ** 0.5) * noise + rho * fresh


@torch.no_grad()
def search_noise(
    render: Render,
    score: Score,
    noise: Tensor,
    rounds: int,
    candidates: int,
    rho: float,
    generator: torch.Generator,
) -> Found:
    """Keeps the best of `candidates` neighbours in each round; never worse than where it started.

    rho 1 is best-of-N over fresh noises. Renders 1 + rounds * candidates times.
    """
    if not 0 < rho <= 1:
        raise ValueError(f"rho is {rho}: it mixes in fresh noise and must be above 0 and at most 1")
    best, value = noise, float(score(render(noise))[0])
    history = []
    for _ in range(rounds):
        around = neighbours(best, candidates, rho, generator)
        scores = score(render(around))
        k = int(scores.argmax())
        if float(scores[k]) > value:
            best, value = around[k : k + 1], float(scores[k])
        history.append(value)
    return Found(best, value, history, 1 + rounds * candidates)


def climb_noise(render: Render, score: Score, noise: Tensor, steps: int, rate: float) -> Found:
    """Gradient ascent on the noise, put back onto the sphere of its own norm after each step; the best step is kept.

    Renders steps + 1 times, each step also backwards (about two more renders' work, counted as such).
    """
    norm = noise.norm()
    current, best, value = noise.clone(), noise, float("-inf")
    history = []
    for step in range(steps + 1):
        current = current.detach().requires_grad_(step < steps)
        with torch.set_grad_enabled(step < steps):
            here = score(render(current))
        reached = float(here.detach()[0])
        if reached > value:
            best, value = current.detach(), reached
        history.append(value)
        if step < steps:
            (gradient,) = torch.autograd.grad(here.sum(), current)
            moved = current.detach() + rate * norm * gradient / gradient.norm().clamp(min=1e-12)
            current = moved * (norm / moved.norm())
    return Found(best, value, history, 1 + 3 * steps)


def edit_score(logit: Tensor, outside: Tensor, similarity: Tensor, beta: float, gamma: float) -> Tensor:
    """Target logit - beta * change outside the mask - gamma * likeness to what was accepted already; (K) each."""
    return logit - beta * outside - gamma * similarity
