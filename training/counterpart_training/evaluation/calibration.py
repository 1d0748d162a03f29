"""Calibration: Platt scaling and an operating point for every finding, the scale from opacity to Brixia's severity."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.index import Index
from ..findings import FINDINGS, MAX_SEVERITY, ZONES
from .checkpoints import CheckpointNetworks
from .edits import add_cases, erase_cases, operating_point

MINIMUM = 8
"""Fewer positives than this cannot place an operating point: the finding keeps scale 1, offset 0, threshold 0.5."""


def platt(logits: Tensor, labels: Tensor) -> tuple[float, float]:
    """Scale and offset of sigmoid(scale * logit + offset) by maximum likelihood with a weak prior on scale 1."""
    parameters = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        likelihood = F.binary_cross_entropy_with_logits(parameters[0] * logits + parameters[1], labels, reduction="sum")
        loss: Tensor = likelihood + 2 * (parameters[0] - 1).square()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return max(0.05, float(parameters[0])), float(parameters[1])


def best_threshold(probability: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """The probability with the largest sensitivity + specificity."""
    return float(
        max(
            np.unique(probability),
            key=lambda t: float((probability[positive] >= t).mean() + (probability[~positive] < t).mean()),
        )
    )


@torch.no_grad()
def finding_logits(model: nn.Module, index: Index, rows: NDArray[np.int64]) -> Tensor:
    return torch.cat([model(index.images(rows[i : i + 64]))[0] for i in range(0, len(rows), 64)])


def calibrate_findings(model: nn.Module, index: Index, rows: NDArray[np.int64]) -> dict[str, dict[str, float]]:
    """Per finding: scale, offset, threshold, and on how many positives and negatives they rest.

    On adults, where they have enough of both: all children come from one hospital, and nearly all their images are
    pneumonia, so that a joint threshold would be theirs. Else on everyone.
    """
    logits, labels = finding_logits(model, index, rows), index.labels(rows)
    adult = torch.tensor([not index.records[int(i)].paediatric for i in rows])
    out: dict[str, dict[str, float]] = {}
    for k, name in enumerate(FINDINGS):
        known = (labels[:, k] >= 0) & adult
        if min(int((labels[known, k] == c).sum()) for c in (0, 1)) < MINIMUM:
            known = labels[:, k] >= 0
        x, y = logits[known, k], labels[known, k]
        positives, negatives = int(y.sum()), int((1 - y).sum())
        scale, offset, threshold = 1.0, 0.0, 0.5
        if min(positives, negatives) >= MINIMUM:
            scale, offset = platt(x, y)
            threshold = best_threshold((scale * x + offset).sigmoid().double().numpy(), (y == 1).numpy())
        out[name] = {
            "scale": round(scale, 4),
            "offset": round(offset, 4),
            "threshold": round(threshold, 4),
            "positives": positives,
            "negatives": negatives,
        }
    return out


@torch.no_grad()
def severity_scale(nets: CheckpointNetworks, index: Index) -> dict[str, float]:
    """Least-squares scale of zone severity = min(3, scale * mean opacity) against Brixia scores; its correlation."""
    rows = np.array([i for i, r in enumerate(index.records) if r.brixia is not None])
    means, scores = [], []
    for i in range(0, len(rows), 32):
        x = index.images(rows[i : i + 32])
        zones, opacity = nets.share(x)[:, 1 : 1 + len(ZONES)], nets.opacity(x)
        means.append((opacity * zones).sum((2, 3)) / zones.sum((2, 3)).clamp(min=1e-3))
        scores.append(torch.tensor([index.records[int(j)].brixia for j in rows[i : i + 32]]))
    mean, score = torch.cat(means).flatten(), torch.cat(scores).flatten()
    candidates = torch.linspace(1, 8, 141)
    errors = torch.stack([((s * mean).clamp(max=MAX_SEVERITY) - score).square().mean() for s in candidates])
    best = float(candidates[errors.argmin()])
    correlation = float(torch.corrcoef(torch.stack([mean, score]))[0, 1])
    return {
        "brixia_scale": best,
        "rmse": float(errors.min().sqrt()),
        "correlation": correlation,
        "images": float(len(rows)),
    }


def calibrate(runs: Path, index: Index) -> dict[str, Any]:
    """Writes calibration.json into both reader runs and returns the blocks of the manifest."""
    nets = CheckpointNetworks.readers(runs)
    val = index.where("val")
    out: dict[str, Any] = {}
    assert nets.judge is not None
    for name, model in (("reader", nets.guides.reader), ("second-reader", nets.judge)):
        out[name] = calibrate_findings(model, index, val)
    out["severity"] = severity_scale(nets, index)
    siim = index.where("val", source="siim")
    point, local = operating_point(nets, index, erase_cases(index, siim), add_cases(index, siim))
    out["operatingPoint"] = {"second-reader-local": round(point, 4), "local_auroc": round(local, 4)}
    (runs / "calibration.json").write_text(json.dumps(out, indent=2) + "\n", encoding="utf-8")
    return out
