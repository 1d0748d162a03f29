"""Readers: findings from masked labels, the dense opacity map from the boxes."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.augment import boxes_to_map, disguise, jitter_contrast, random_affine, warp
from ..data.index import Index, Record, load_index
from ..data.reader_labels import excess, reader_labels, without_airspace
from ..data.transplant import Transplants
from ..evaluation.ranking import auroc
from ..evaluation.transplanted import evaluate_transplants
from ..findings import FINDINGS
from ..networks.anatomist import region_share
from ..networks.reader import GRID, Reader, SecondReader, pooled_opacity
from ..precision import autocast
from .latents import load_anatomist
from .loop import Metrics, Run
from .muon import muon_for

OPACITY = FINDINGS.index("lung_opacity")
NO_FINDING = FINDINGS.index("no_finding")


def opacity_target(record: Record) -> Tensor | None:
    """Dense target (32, 32): covered share of each cell; None where no place is known. No opacity: zero."""
    if record.opacity_boxes is not None:
        return boxes_to_map(record.opacity_boxes, GRID)
    labels = dict(zip(FINDINGS, record.labels, strict=True))
    return torch.zeros(GRID, GRID) if labels["no_finding"] == 1 else None


def image_opacity(record: Record) -> int:
    """Image-level opacity: 1, 0, or -1 where no source label says."""
    if record.opacity_boxes:
        return 1
    labels = dict(zip(FINDINGS, record.labels, strict=True))
    if labels["lung_opacity"] >= 0:
        return labels["lung_opacity"]
    return 0 if labels["no_finding"] == 1 else -1


def sampling_weights(
    records: list[Record], rows: NDArray[np.int64], of_source: dict[str, float], *, balanced: bool = False
) -> Tensor:
    """Each source gets its share; within a source rare positives are drawn up to four times as often.

    balanced: half of a source's share goes to its radiographs without any finding that it annotates, so that the source
    of an image says nothing of what it shows.
    """
    labels = np.array([reader_labels(records[int(i)]) for i in rows])
    source = np.array([records[int(i)].source for i in rows])
    positives = np.maximum((labels == 1).sum(0), 1)
    rarity = np.where(labels == 1, np.minimum(4.0, (800 / positives) ** 0.5), 1.0).max(1)
    weight = np.zeros(len(rows))
    for name, share in of_source.items():
        here = source == name
        if here.any():
            weight[here] = share * rarity[here] / rarity[here].sum()
            if balanced:
                weight[here & (labels < 0).all(1)] = 0
            clear = here & (labels >= 0).any(1) & ~(labels[:, :NO_FINDING] == 1).any(1)
            if balanced and clear.any() and (here & ~clear).any():
                weight[clear] *= share / 2 / weight[clear].sum()
                weight[here & ~clear] *= share / 2 / weight[here & ~clear].sum()
    return torch.from_numpy(weight)


def masked_cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean binary cross-entropy over known labels; -1 is unknown. Zero where nothing is known."""
    known = (labels >= 0).float()
    each = F.binary_cross_entropy_with_logits(logits, labels.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)


def reader_loss(
    findings: Tensor, dense: Tensor, labels: Tensor, target: Tensor, located: Tensor, image: Tensor
) -> tuple[Tensor, Metrics]:
    """Masked cross-entropies. labels (N, F), -1 unknown; target (N, 1, 32, 32); located, image (N), -1 unknown."""
    finding = masked_cross_entropy(findings, labels)
    per_image = F.binary_cross_entropy_with_logits(dense, target, reduction="none").mean((1, 2, 3))
    local = (per_image * located).sum() / located.sum().clamp(min=1)
    whole = masked_cross_entropy(pooled_opacity(dense), image)
    return finding + 2 * local + 0.5 * whole, {"finding": finding.item(), "dense": local.item(), "whole": whole.item()}


@torch.no_grad()
def evaluate_reader(model: nn.Module, index: Index, rows: NDArray[np.int64]) -> Metrics:
    """AUROC of each finding, of SIIM opacity by both routes, and of the dense map cell by cell inside SIIM."""
    model.eval()
    findings, dense = [], []
    for start in range(0, len(rows), 64):
        f, d = model(index.images(rows[start : start + 64]).to(memory_format=torch.channels_last))
        findings.append(f)
        dense.append(d)
    scores, maps = torch.cat(findings).numpy(), torch.cat(dense)
    pooled = pooled_opacity(maps).numpy()
    labels = index.labels(rows).numpy()
    records = [index.records[int(i)] for i in rows]
    out: Metrics = {}
    for k, name in enumerate(FINDINGS):
        known = labels[:, k] >= 0
        if (labels[known, k] == 1).sum() >= 3:
            out[f"auroc_{name}"] = auroc(scores[known, k], labels[known, k] == 1)
    siim = np.array([r.source == "siim" and image_opacity(r) >= 0 for r in records])
    truth = np.array([image_opacity(r) == 1 for r in records])
    out["siim_opacity"] = auroc(scores[siim, OPACITY], truth[siim])
    out["siim_pooled"] = auroc(pooled[siim], truth[siim])
    out["siim_both"] = auroc(pooled[siim] + scores[siim, OPACITY], truth[siim])
    boxed = np.array([r.source == "siim" and r.opacity_boxes is not None for r in records])
    cells = torch.stack([t for r, b in zip(records, boxed, strict=True) if b and (t := opacity_target(r)) is not None])
    out["siim_cells"] = auroc(maps[torch.from_numpy(boxed)].flatten().double().numpy(), cells.flatten().numpy() > 0.5)
    return out


def train_reader(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the first or the second reader; config keys as in configs/reader.json."""
    index = load_index(cache)
    rows = index.where("train", low_resolution=True)
    seed = int(config["seed"])
    if "fold" in config:
        patients = {r.patient for r in index.records if r.split == "train"}
        keep = {p for p in patients if hash_fold(p) != int(config["fold"])}
        rows = np.array([i for i in rows if index.records[int(i)].patient in keep])
    model: nn.Module = {"reader": Reader, "second-reader": SecondReader}[config["network"]](int(config["width"]))
    still = frozen(model, config["trained"]) if "trained" in config else []
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem.0.0", "findings", "dense"))
    half_life = float(config.get("half_life", 300))
    run = Run(folder, config, model, optimiser, minutes, seed, half_life)
    weights = sampling_weights(index.records, rows, config["sources"], balanced=bool(config.get("balanced")))
    batch = int(config["batch"])
    labels = torch.tensor([reader_labels(index.records[int(i)]) for i in rows], dtype=torch.float32)
    prevalence, disguised = float(config.get("prevalence", 0)), bool(config.get("disguise"))
    targets = [opacity_target(index.records[int(i)]) for i in rows]
    images = torch.tensor([image_opacity(index.records[int(i)]) for i in rows], dtype=torch.float32)
    smooth = float(config.get("label_smoothing", 0.03))
    share = float(config.get("transplant", 0))
    transplants = transplants_of(index, rows, folder.parent) if share else None

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        for part in still:
            part.eval()
        pick = torch.multinomial(weights, batch, replacement=True, generator=generator)
        order = np.sort(pick.numpy())
        x = index.images(rows[order])
        located = torch.tensor([float(targets[i] is not None) for i in order])
        target = torch.stack([t if (t := targets[i]) is not None else torch.zeros(GRID, GRID) for i in order])
        y, image = labels[order], images[order]
        if transplants:
            before = y[:, OPACITY].clone()
            transplants.spread(share, rows[order], x, target, y, image, generator)
            without_airspace(y, y[:, OPACITY] != before)
        theta = random_affine(batch, generator)
        x = jitter_contrast(warp(x, theta), generator)
        target = warp(target[:, None], theta, fill="zeros")
        y = torch.where(y >= 0, y.clamp(smooth, 1 - smooth), y)
        x = cutout(disguise(x, generator) if disguised else x, generator)
        with autocast():
            findings, dense = model(x.contiguous(memory_format=torch.channels_last))
        loss, metrics = reader_loss(findings.float(), dense.float(), y, target, located, image)
        if prevalence:
            over = excess(findings.float(), y, (y[:, OPACITY] >= 0).float() * (y[:, OPACITY] < 0.5))
            loss, metrics = loss + prevalence * over, metrics | {"excess": over.item()}
        return loss, metrics

    val = index.where("val")
    unseen = transplants_of(index, val, folder.parent) if share else None

    def evaluate(m: nn.Module) -> Metrics:
        alone = evaluate_transplants(m, index, unseen) if unseen else {}
        return evaluate_reader(m, index, val) | alone

    return run.train(batch_loss, batch, evaluate)


def frozen(model: nn.Module, trained: list[str]) -> list[nn.Module]:
    """All children but those named in `trained`, held still: what they give, the opacity map too, stays to the bit."""
    still = [child for name, child in model.named_children() if name not in trained]
    for child in still:
        child.requires_grad_(False)
    return still


def transplants_of(index: Index, rows: NDArray[np.int64], runs: Path) -> Transplants:
    """Donors and recipients among SIIM's images of `rows`, their lungs as the trained anatomist sees them."""
    boxed = np.array([i for i in rows if (r := index.records[int(i)]).source == "siim" and r.opacity_boxes is not None])
    anatomist = load_anatomist(runs)
    with torch.no_grad(), autocast():
        parts = [
            region_share(anatomist(index.images(boxed[i : i + 64]).to(memory_format=torch.channels_last))[0].float())
            for i in range(0, len(boxed), 64)
        ]
    return Transplants(index, boxed, torch.cat(parts))


def hash_fold(patient: str, folds: int = 5) -> int:
    """A fold number that depends on the patient alone (stable between runs and machines)."""
    value = 0
    for character in patient:
        value = (value * 131 + ord(character)) % 1_000_003
    return value % folds


def cutout(x: Tensor, generator: torch.Generator) -> Tensor:
    """In half of the images one random square of 32-64 pixels is greyed; in place."""
    n, _, h, w = x.shape
    numbers = torch.rand(n, 4, generator=generator).tolist()
    for i, (use, a, b, c) in enumerate(numbers):
        if use < 0.5:
            side = int(32 + 32 * a)
            top, left = int(b * (h - side)), int(c * (w - side))
            x[i, :, top : top + side, left : left + side] = 0
    return x
