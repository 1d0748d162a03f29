"""Muon: the update is orthogonalised; weights are shared out between Muon and AdamW by name and rank."""

import pytest
import torch
from torch import nn

from counterpart_training.stages.muon import muon_for, orthogonalise


@pytest.mark.parametrize("shape", [(8, 8), (6, 20), (20, 6)])
def test_singular_values_become_about_one(shape: tuple[int, int]) -> None:
    values = torch.linalg.svdvals(orthogonalise(torch.randn(shape)))
    assert values.shape == (min(shape),)
    assert values.min() > 0.5
    assert values.max() < 1.4


def test_singular_vectors_stay() -> None:
    u, _, v = torch.linalg.svd(torch.randn(6, 6))
    update = u @ torch.diag(torch.tensor([3.0, 2, 1.5, 1, 0.8, 0.5])) @ v
    assert torch.nn.functional.cosine_similarity(orthogonalise(update).flatten(), (u @ v).flatten(), dim=0) > 0.98


def test_edges_and_vectors_go_to_adam() -> None:
    model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
    optimiser = muon_for(model, 0.02, 0.001, edges=("1.",))
    kinds = {g["kind"]: [tuple(p.shape) for p in g["params"]] for g in optimiser.param_groups}
    assert kinds == {"muon": [(4, 4)], "adam": [(4,), (4, 4), (4,)]}


def test_it_finds_the_minimum_of_a_quadratic() -> None:
    target = torch.randn(6, 6)
    model = nn.Linear(6, 6, bias=False)
    optimiser = muon_for(model, 0.05, 0.001)
    for step in range(200):
        for group in optimiser.param_groups:
            group["lr"] = group["base_lr"] * (1 - step / 200)
        optimiser.zero_grad()
        (model.weight - target).square().sum().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert (model.weight - target).abs().max() < 0.1
