"""Anatomist: zones and heart from the JSRT masks, self-training elsewhere, and a frontal-chest logit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.augment import jitter_contrast, random_affine, warp
from ..data.index import Box, Index, data_root, load_index
from ..data.organs import jsrt_targets, not_frontal
from ..data.zone_labels import ZoneAtlas, build_atlas, lung_box, plausible, propose_zones, small_targets
from ..evaluation.ranking import auroc
from ..findings import ZONES
from ..networks.anatomist import Anatomist
from ..precision import autocast
from .loop import Metrics, Run
from .muon import muon_for
from .reader import cutout


def dice_loss(probability: Tensor, target: Tensor) -> Tensor:
    """1 - soft Dice, mean over images and foreground classes; both (N, C, H, W), class 0 is background."""
    p, t = probability[:, 1:], target[:, 1:]
    overlap = (p * t).sum((2, 3))
    return 1 - ((2 * overlap + 1) / (p.sum((2, 3)) + t.sum((2, 3)) + 1)).mean()


def zone_layout(regions: Tensor) -> tuple[float, float]:
    """Share of the lung cells whose side is right, and share of images with all six zones, of shares (N, 8, 64, 64).

    Sides are told by the middle column of each image's own lungs; 0.5 is chance.
    """
    zones = regions[:, 1:7]
    right, left = zones[:, :3].sum(1), zones[:, 3:].sum(1)
    sided = total = 0.0
    for one, other in zip(right, left, strict=True):
        columns = ((one + other) > 0.5).any(0).nonzero().flatten()
        if len(columns):
            middle = int((columns[0] + columns[-1] + 1) / 2)
            sided += float(one[:, :middle].sum() + other[:, middle:].sum())
            total += float(one.sum() + other.sum())
    found = zones.amax((2, 3)).amin(1) > 0.5
    return sided / max(total, 1e-6), float(found.float().mean())


@torch.no_grad()
def evaluate_anatomist(
    model: nn.Module, images: Tensor, targets: Tensor, boxed: Tensor, boxes: list[Box], others: dict[str, Tensor]
) -> Metrics:
    """Dice of each region and of the lungs on JSRT val, IoU of the lung box on SIIM val, frontal AUROC.

    zone_side_* and all_zones_* are of each source in `others`, where no zone is labelled (see zone_layout).
    """
    model.eval()
    logits, _ = model(images)
    hard = logits.argmax(1)
    truth = targets.argmax(1)
    out: Metrics = {}

    def dice(a: Tensor, b: Tensor) -> float:
        return float((2 * (a & b).sum((1, 2)) / (a.sum((1, 2)) + b.sum((1, 2))).clamp(min=1)).mean())

    for k, name in enumerate(ZONES, start=1):
        out[f"dice_{name}"] = dice(hard == k, truth == k)
    out["dice_heart"] = dice(hard == 7, truth == 7)
    out["dice_lungs"] = dice((hard > 0) & (hard < 7), (truth > 0) & (truth < 7))
    for source, pictures in others.items():
        side, found = zone_layout(model(pictures)[0].softmax(1))
        out[f"zone_side_{source}"], out[f"all_zones_{source}"] = side, found
    region, frontal = model(boxed)
    found_boxes = [lung_box(share) for share in region.softmax(1)]
    out["lung_box_iou"] = float(np.mean([box_iou(a, b) if a else 0.0 for a, b in zip(found_boxes, boxes, strict=True)]))
    _, wrong = model(not_frontal(boxed, torch.Generator().manual_seed(5)))
    scores = torch.cat([frontal, wrong]).flatten().double().numpy()
    out["auroc_frontal"] = auroc(scores, np.arange(len(scores)) < len(frontal))
    return out


def box_iou(a: Box, b: Box) -> float:
    """Intersection over union of two boxes x0, y0, x1, y1."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    inter = max(0.0, width) * max(0.0, height)
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


@dataclass
class Proposals:
    """Zone labels the network proposed: rows of the index and their shares (N, 8, 64, 64)."""

    rows: NDArray[np.int64]
    shares: Tensor


def propose(model: nn.Module, index: Index, rows: NDArray[np.int64], atlas: ZoneAtlas) -> Proposals:
    """Proposals for images with a lung box, and for others whose lungs the network finds; implausible ones are left."""
    kept, shares = [], []
    for start in range(0, len(rows), 32):
        some = rows[start : start + 32]
        images = index.images(some)
        with torch.no_grad(), autocast():
            seen = model(images.contiguous(memory_format=torch.channels_last))[0].float().softmax(1)
        boxes = [index.records[int(i)].lung_box or lung_box(share) for i, share in zip(some, seen, strict=True)]
        known = [k for k, box in enumerate(boxes) if box]
        if not known:
            continue
        proposal = propose_zones(model, images[known], [b for b in boxes if b], atlas)
        good = plausible(proposal).nonzero().flatten().tolist()
        kept += [int(some[known[g]]) for g in good]
        shares.append(proposal[good].half())
    print(f"zones proposed for {len(kept)} of {len(rows)} images", flush=True)
    return Proposals(np.array(kept), torch.cat(shares))


def train_anatomist(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the anatomist; config keys as in configs/anatomist.json.

    Three rounds of self-training, each a share of the schedule (`rounds`): the JSRT masks alone; then also zones
    proposed for SIIM images inside their lung boxes; then also for the sources that have neither mask nor box.
    """
    index, root = load_index(cache), data_root()
    masks = jsrt_targets(index, index.where("train", source="jsrt"), root)
    masked = np.array(sorted(masks))
    drawn = small_targets(torch.stack([masks[int(i)] for i in masked]))
    atlas = build_atlas(index.images(masked), drawn)
    chooser = np.random.default_rng(int(config["seed"]))
    pools = {}
    for source, count in config["proposals"].items():
        rows = index.where("train", source=source)
        if source == "siim":
            rows = np.array([i for i in rows if index.records[int(i)].lung_box])
        pools[source] = np.sort(chooser.permutation(rows)[: int(count)])
    everyone = index.where("train")
    model = Anatomist(int(config["width"]))
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem.0", "regions", "frontal"))
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), half_life=100)
    third = int(config["batch"]) // 3
    ends = np.cumsum(config["rounds"])[:2] * run.schedule
    proposals: list[Proposals] = []
    round_now = 0

    def next_round() -> None:
        """Labels afresh with the averaged weights: SIIM in the second round, every source in the third."""
        nonlocal round_now
        round_now = int((run.spent / 60 >= ends).sum())
        if round_now:
            sources = ["siim"] if round_now == 1 else list(pools)
            proposals[:] = [propose(run.average.module, index, pools[s], atlas) for s in sources]

    def proposed_batch(generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Images and proposed shares: half SIIM, the other half from the rest in turn."""
        images, shares = [], []
        for k in range(third):
            other = 1 + k // 2 % (len(proposals) - 1) if k % 2 and len(proposals) > 1 else 0
            chosen = int(torch.randint(0, len(proposals[other].rows), (1,), generator=generator))
            images.append(index.images(proposals[other].rows[[chosen]]))
            shares.append(proposals[other].shares[chosen].float())
        return torch.cat(images), torch.stack(shares)

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        if int((run.spent / 60 >= ends).sum()) > round_now:
            next_round()
        model.train()
        pick = torch.randint(0, len(masked), (third,), generator=generator)
        x, target = index.images(masked[pick.numpy()]), drawn[pick]
        if proposals:
            more, theirs = proposed_batch(generator)
            x, target = torch.cat([x, more]), torch.cat([target, theirs])
        theta = random_affine(len(x), generator, rotate=12, scale=0.25, shift=0.12)
        x, target = warp(x, theta), warp(target, theta, fill="zeros")
        target[:, 0] = (1 - target[:, 1:].sum(1)).clamp(0, 1)
        other = everyone[torch.randint(0, len(everyone), (third,), generator=generator).numpy()]
        upright = warp(index.images(np.sort(other)), random_affine(third, generator))
        batch = torch.cat([cutout(x, generator), not_frontal(upright, generator)])
        batch = jitter_contrast(batch, generator, 0.5).contiguous(memory_format=torch.channels_last)
        with autocast():
            logits, frontal = model(batch)
        logits, frontal = logits.float()[: len(x)], frontal.float().flatten()
        segment = dice_loss(logits.softmax(1), target) + F.cross_entropy(logits, target)
        upright_is = (torch.arange(len(batch)) < len(x)).float()
        front = F.binary_cross_entropy_with_logits(frontal, upright_is)
        return segment + 0.5 * front, {"segment": segment.item(), "frontal": front.item()}

    next_round()
    held = jsrt_targets(index, index.where("val", source="jsrt"), root)
    held_rows = np.array(sorted(held))
    truth = small_targets(torch.stack([held[int(i)] for i in held_rows]))
    boxed = np.array([i for i in index.where("val", source="siim") if index.records[int(i)].lung_box])[::6]
    boxes = [b for i in boxed if (b := index.records[int(i)].lung_box)]
    others = {s: index.where("val", source=s) for s in ("siim", *[s for s in pools if s != "siim"])}

    def evaluate(module: nn.Module) -> Metrics:
        pictures = {s: index.images(rows[:: max(1, len(rows) // 100)]) for s, rows in others.items()}
        return evaluate_anatomist(module, index.images(held_rows), truth, index.images(boxed), boxes, pictures)

    return run.train(batch_loss, 3 * third, evaluate, evaluate_every_minutes=4)
