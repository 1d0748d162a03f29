"""Probes of the dual stream: pathology must tell findings, anatomy must tell the patient and nothing else."""

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..findings import FINDINGS
from .ranking import auroc

FEWEST = 5
"""Positives (and negatives) that a finding must have in a source's val images to be probed there."""


def linear_probe(
    features: Tensor, labels: Tensor, held: Tensor, penalty: float = 1e-2, steps: int = 300
) -> NDArray[np.float64]:
    """Scores (M, findings) of held-out features (M, D) by logistic regressions on features (N, D), labels -1 masked.

    Features are standardised by the training set; L2 penalty, full-batch Adam, all findings at once.
    """
    mean, std = features.mean(0), features.std(0).clamp(min=1e-4)
    x, y = (features - mean) / std, (held - mean) / std
    probe = nn.Linear(x.shape[1], labels.shape[1])
    nn.init.zeros_(probe.weight)
    optimiser = torch.optim.Adam(probe.parameters(), lr=0.01)
    known = (labels >= 0).float()
    for _ in range(steps):
        each = F.binary_cross_entropy_with_logits(probe(x), labels.clamp(min=0), reduction="none")
        loss = (each * known).sum(0).div(known.sum(0).clamp(min=1)).sum() + penalty * probe.weight.square().sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    with torch.no_grad():
        return np.asarray(probe(y).double().numpy())


def macro_auroc(
    scores: NDArray[np.float64], labels: NDArray[np.float64], sources: NDArray[np.str_]
) -> tuple[float, int]:
    """Mean AUROC over (source, finding) pairs with enough of both, and how many pairs those are.

    Within a source only: across sources the scanner would tell the label.
    """
    values = []
    for source in np.unique(sources):
        here = sources == source
        for k in range(len(FINDINGS)):
            known = here & (labels[:, k] >= 0)
            positive = labels[known, k] == 1
            if min(positive.sum(), (~positive).sum()) >= FEWEST:
                values.append(auroc(scores[known, k], positive))
    return (float(np.mean(values)) if values else float("nan")), len(values)


def retrieval_top1(embedding: Tensor, patients: list[str], gallery: Tensor, gallery_patients: list[str]) -> float:
    """Share of queries (N, D) whose nearest gallery row (cosine) is another study of the same patient.

    Queries without another study in the gallery are left out; a query must not be in the gallery itself.
    """
    similarity = F.normalize(embedding, dim=1) @ F.normalize(gallery, dim=1).T
    nearest = similarity.argmax(1).tolist()
    able = [i for i, p in enumerate(patients) if p in gallery_patients]
    return float(np.mean([gallery_patients[nearest[i]] == patients[i] for i in able])) if able else float("nan")
