"""Least-squares concept erasure (LEACE, Belrose et al., arXiv 2306.03819): a code that tells a concept no more.

The projection takes out of a code the directions that correlate with the concepts, and moves it as little as possible
otherwise. On the data that it was fitted to, no linear classifier then does better than a constant.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

FEWEST = 8
"""Concepts that fewer images of a source show (or lack) say nothing about their direction there."""


class ConceptErasure(nn.Module):
    """x (N, D) -> mean + projection (x - mean); the identity until it is fitted."""

    mean: Tensor
    projection: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("projection", torch.eye(size))

    def forward(self, x: Tensor) -> Tensor:
        return self.mean + (x - self.mean) @ self.projection.T

    @torch.no_grad()
    def fit(self, x: Tensor, concepts: Tensor, known: Tensor, sources: Sequence[str], shrink: float = 0.02) -> int:
        """Fits to codes (N, D) and concepts (N, K), of which `known` (N, K) are told; returns how many directions go.

        Everything is centred within its source: across sources the scanner would tell the finding, and what is to be
        erased is the finding. shrink: share of the covariance that is taken from its mean diagonal.
        """
        names = np.array(sources)
        members = [torch.from_numpy(names == s) for s in np.unique(names)]
        centred = x.double().clone()
        for m in members:
            centred[m] -= centred[m].mean(0)
        covariance = centred.T @ centred / len(x)
        size = x.shape[1]
        covariance = (1 - shrink) * covariance + shrink * torch.eye(size).double() * covariance.trace() / size
        values, vectors = torch.linalg.eigh(covariance)
        root = values.clamp(min=1e-9).sqrt()
        whiten, colour = (vectors * s @ vectors.T for s in (1 / root, root))
        directions = [
            whiten @ d
            for k in range(concepts.shape[1])
            for m in members
            if (d := direction(x, concepts[:, k], m & known[:, k])) is not None
        ]
        if not directions:
            return 0
        basis, strength, _ = torch.linalg.svd(torch.stack(directions, 1), full_matrices=False)
        basis = basis[:, strength > 1e-6 * strength[0]]
        erased = torch.eye(size).double() - colour @ basis @ basis.T @ whiten
        self.mean.copy_(x.mean(0))
        self.projection.copy_(erased)
        return int(basis.shape[1])


def direction(x: Tensor, concept: Tensor, rows: Tensor) -> Tensor | None:
    """Covariance (D) of codes with a concept over the rows; None where it hardly varies among them."""
    z = concept[rows].double()
    away = (z != z.mode().values).sum() if len(z) else 0
    if away < FEWEST:
        return None
    here = x[rows].double()
    z = (z - z.mean()) / z.std()
    return (here - here.mean(0)).T @ z / len(z)
