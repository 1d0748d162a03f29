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
from ..data.reader_labels import reader_labels
from ..findings import FINDINGS, MAX_SEVERITY, ZONES
from ..stages.latents import config_of
from ..stages.reader import hash_fold
from .checkpoints import CheckpointNetworks
from .edits import add_cases, erase_cases, operating_point
from .false_alarms import as_rows, held_threshold, within_sources

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


ALARMS = 0.1
"""Share of clear films of a source on which a finding may be called: the operating point lies no lower."""

READABLE = 0.35
"""Sensitivity within sources from which, at that operating point, a finding counts as readable."""


def tuning_rows(index: Index, fold: int | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to calibrate on and rows to report on; the network has learnt from neither.

    A network trained without a fold is calibrated on it and reported on val: no patient is in both. One that learnt
    from every fold is calibrated and reported on val, halves of which hold too few films of a source.
    """
    val = index.where("val")
    if fold is None:
        return val, val
    train = index.where("train")
    return train[[hash_fold(index.records[int(i)].patient) == fold for i in train]], val


def calibrate_findings(
    model: nn.Module, index: Index, rows: NDArray[np.int64], report: NDArray[np.int64]
) -> dict[str, dict[str, Any]]:
    """Per finding: scale, offset and threshold, chosen on `rows`; what they are worth, on `report`, source by source.

    Scale and offset on adults, where they have enough of both: all children come from one hospital, and nearly all
    their images are pneumonia. The threshold has the largest sensitivity + specificity among those that call the
    finding on at most ALARMS of the clear films of every source (`held_threshold`). A finding that is then found in
    fewer than READABLE of the reported positives, or of which there are too few to tell, is not readable.
    """
    logits, told = finding_logits(model, index, np.concatenate([rows, report])), [index.records[int(i)] for i in rows]
    reported = [index.records[int(i)] for i in report]
    labels = torch.tensor([reader_labels(r) for r in told], dtype=torch.float32)
    adult = torch.tensor([not r.paediatric for r in told])
    out: dict[str, dict[str, Any]] = {}
    for k, name in enumerate(FINDINGS):
        known = (labels[:, k] >= 0) & adult
        if min(int((labels[known, k] == c).sum()) for c in (0, 1)) < MINIMUM:
            known = labels[:, k] >= 0
        x, y = logits[: len(rows)][known, k], labels[known, k]
        positives, negatives = int(y.sum()), int((1 - y).sum())
        scale, offset, threshold = 1.0, 0.0, 0.5
        if min(positives, negatives) >= MINIMUM:
            scale, offset = platt(x, y)
        probability = (scale * logits[:, k] + offset).sigmoid().double().numpy()
        if min(positives, negatives) >= MINIMUM:
            threshold = best_threshold(probability[: len(rows)][known.numpy()], (y == 1).numpy())
        if name != "no_finding":
            threshold = min(1.0, max(threshold, held_threshold(name, probability[: len(rows)], told, ALARMS)))
        threshold = round(threshold, 4)
        within = within_sources(name, probability[len(rows) :], reported, threshold)
        found = [(r.sensitivity, r.positives) for r in within if r.sensitivity is not None]
        sensitivity = sum(s * n for s, n in found) / sum(n for _, n in found) if found else None
        out[name] = {
            "scale": round(scale, 4),
            "offset": round(offset, 4),
            "threshold": threshold,
            "positives": positives,
            "negatives": negatives,
            "readable": name == "no_finding" or (sensitivity is not None and sensitivity >= READABLE),
            "sensitivity": None if sensitivity is None else round(sensitivity, 3),
            "sources": as_rows(within),
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
    out: dict[str, Any] = {}
    assert nets.judge is not None
    for name, model in (("reader", nets.guides.reader), ("second-reader", nets.judge)):
        fold = config_of(runs, name).get("fold")
        out[name] = calibrate_findings(model, index, *tuning_rows(index, None if fold is None else int(fold)))
    out["severity"] = severity_scale(nets, index)
    siim = index.where("val", source="siim")
    point, local = operating_point(nets, index, erase_cases(index, siim), add_cases(index, siim))
    out["operatingPoint"] = {"second-reader-local": round(point, 4), "local_auroc": round(local, 4)}
    (runs / "calibration.json").write_text(json.dumps(out, indent=2) + "\n", encoding="utf-8")
    return out
