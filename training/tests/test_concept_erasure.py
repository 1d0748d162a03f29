"""Concept erasure: what told a concept linearly no longer does, and the rest stays."""

import numpy as np
import pytest
import torch

from counterpart_training.evaluation.probes import linear_probe
from counterpart_training.evaluation.ranking import auroc
from counterpart_training.networks.concept_erasure import ConceptErasure

N, D = 3000, 12


def codes() -> tuple[torch.Tensor, torch.Tensor, list[str]]:
    """Two sources of codes that tell one concept in two directions, and a second code number nothing tells."""
    concept = (torch.rand(N, 1) < 0.3).float()
    x = torch.randn(N, D) @ torch.randn(D, D)
    x[:, :2] += 3 * concept
    sources = ["a" if k % 3 else "b" for k in range(N)]
    x += torch.tensor([[5.0 if s == "a" else -5.0] for s in sources])
    return x, concept, sources


def test_until_it_is_fitted_nothing_changes() -> None:
    x = torch.randn(5, D)
    assert torch.equal(ConceptErasure(D)(x), x)


def test_no_linear_probe_finds_the_concept_again_and_little_moves() -> None:
    x, concept, sources = codes()
    erase = ConceptErasure(D)
    assert 1 <= erase.fit(x, concept, torch.ones(N, 1, dtype=torch.bool), sources, shrink=0.0) <= 2
    half, truth = N // 2, concept[N // 2 :, 0].numpy() == 1

    def probed(codes: torch.Tensor) -> float:
        scores = linear_probe(codes[:half], concept[:half], codes[half:])
        return auroc(scores[:, 0], truth)

    assert probed(x) > 0.75
    assert probed(erase(x)) == pytest.approx(0.5, abs=0.06)
    a = torch.tensor([s == "a" for s in sources])
    moved = erase(x)[a] - x[a]
    assert (moved - moved.mean(0)).square().sum() / (x[a] - x[a].mean(0)).square().sum() < 0.4


def test_what_is_not_known_does_not_count() -> None:
    x, concept, sources = codes()
    known = torch.rand(N, 1) < 0.5
    told = torch.where(known, concept, -torch.ones_like(concept))
    one, other = ConceptErasure(D), ConceptErasure(D)
    one.fit(x, told, known, sources)
    other.fit(x, torch.where(known, concept, 7 * torch.rand_like(concept)), known, sources)
    assert torch.allclose(one.projection, other.projection)


def test_a_concept_that_hardly_varies_erases_nothing() -> None:
    x, _, sources = codes()
    erase = ConceptErasure(D)
    rare = torch.zeros(N, 1)
    rare[:5] = 1
    assert erase.fit(x, rare, torch.ones(N, 1, dtype=torch.bool), sources) == 0
    assert np.array_equal(erase.projection.numpy(), np.eye(D, dtype=np.float32))
