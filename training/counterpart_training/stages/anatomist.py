"""Anatomist: zones and heart from the JSRT masks, lung boxes of SIIM as weak labels, and a frontal-chest logit."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.augment import jitter_contrast, random_affine, warp
from ..data.index import Box, data_root, load_index
from ..data.organs import jsrt_targets, not_frontal
from ..evaluation.ranking import auroc
from ..findings import ZONES
from ..networks.anatomist import SIDE, Anatomist
from .loop import Metrics, Run
from .muon import muon_for
from .reader import cutout


def dice_loss(probability: Tensor, target: Tensor) -> Tensor:
    """1 - soft Dice, mean over images and foreground classes; both (N, C, H, W), class 0 is background."""
    p, t = probability[:, 1:], target[:, 1:]
    overlap = (p * t).sum((2, 3))
    return 1 - ((2 * overlap + 1) / (p.sum((2, 3)) + t.sum((2, 3)) + 1)).mean()


def box_projection_loss(lungs: Tensor, boxes: list[Box]) -> Tensor:
    """Weak label: nothing outside the lung box, and every row of it, and its outer columns, hold some lung.

    lungs (N, H, W): probability of any zone. The middle 40 % of the columns may hold none (the mediastinum).
    """
    _, h, w = lungs.shape
    ys = (torch.arange(h) + 0.5) / h
    xs = (torch.arange(w) + 0.5) / w
    b = torch.tensor(boxes)
    inside_y = (ys > b[:, 1:2]) & (ys < b[:, 3:4])
    inside_x = (xs > b[:, 0:1]) & (xs < b[:, 2:3])
    along = (xs - b[:, 0:1]) / (b[:, 2:3] - b[:, 0:1]).clamp(min=1e-3)
    outer = inside_x & ((along < 0.3) | (along > 0.7))
    rows, columns = lungs.amax(2).clamp(1e-4, 1 - 1e-4), lungs.amax(1).clamp(1e-4, 1 - 1e-4)
    row_loss = F.binary_cross_entropy(rows, inside_y.float())
    known = outer | ~inside_x
    column_loss = (F.binary_cross_entropy(columns, outer.float(), reduction="none") * known).sum() / known.sum()
    return row_loss + column_loss


@torch.no_grad()
def evaluate_anatomist(model: nn.Module, images: Tensor, targets: Tensor, boxed: Tensor, boxes: list[Box]) -> Metrics:
    """Dice of each region and of the lungs on JSRT val, IoU of the lung box on SIIM val, frontal AUROC.

    zone_side_agreement and all_zones_found are of the SIIM images, where no zone is labelled: there the weak labels
    could be met by the sum of the zones alone (side agreement 0.5 is chance).
    """
    model.eval()
    logits, _ = model(images)
    hard = logits.argmax(1)
    truth = F.avg_pool2d(targets.float(), 256 // SIDE).argmax(1)
    out: Metrics = {}

    def dice(a: Tensor, b: Tensor) -> float:
        return float((2 * (a & b).sum((1, 2)) / (a.sum((1, 2)) + b.sum((1, 2))).clamp(min=1)).mean())

    for k, name in enumerate(ZONES, start=1):
        out[f"dice_{name}"] = dice(hard == k, truth == k)
    out["dice_heart"] = dice(hard == 7, truth == 7)
    out["dice_lungs"] = dice((hard > 0) & (hard < 7), (truth > 0) & (truth < 7))
    region, frontal = model(boxed)
    share = region.softmax(1)
    right, left = share[:, 1:4].sum(1), share[:, 4:7].sum(1)
    half = SIDE // 2
    sided = right[..., :half].sum() + left[..., half:].sum()
    out["zone_side_agreement"] = float(sided / (right.sum() + left.sum()))
    out["all_zones_found"] = float((share[:, 1:7].amax((2, 3)).amin(1) > 0.5).float().mean())
    lungs = share[:, 1:7].sum(1) > 0.5
    ious = []
    for mask, (x0, y0, x1, y1) in zip(lungs, boxes, strict=True):
        at = mask.nonzero()
        if len(at) == 0:
            ious.append(0.0)
            continue
        (top, left), (bottom, right) = (at.amin(0) / SIDE).tolist(), ((at.amax(0) + 1) / SIDE).tolist()
        inter = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, bottom) - max(y0, top))
        ious.append(inter / ((x1 - x0) * (y1 - y0) + (right - left) * (bottom - top) - inter))
    out["lung_box_iou"] = float(np.mean(ious))
    _, wrong = model(not_frontal(boxed, torch.Generator().manual_seed(5)))
    scores = torch.cat([frontal, wrong]).flatten().double().numpy()
    out["auroc_frontal"] = auroc(scores, np.arange(len(scores)) < len(frontal))
    return out


def train_anatomist(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the anatomist; config keys as in configs/anatomist.json."""
    index, root = load_index(cache), data_root()
    masks = jsrt_targets(index, index.where("train", source="jsrt"), root)
    masked = np.array(sorted(masks))
    siim = np.array([i for i in index.where("train", source="siim") if index.records[int(i)].lung_box])
    everyone = index.where("train")
    model = Anatomist(int(config["width"]))
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem.0", "regions", "frontal"))
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), half_life=200)
    third = int(config["batch"]) // 3

    def pick(
        rows: np.ndarray[Any, np.dtype[np.int64]], generator: torch.Generator
    ) -> np.ndarray[Any, np.dtype[np.int64]]:
        return rows[np.sort(torch.randint(0, len(rows), (third,), generator=generator).numpy())]  # type: ignore[no-any-return]

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        own, weak, other = pick(masked, generator), pick(siim, generator), pick(everyone, generator)
        theta = random_affine(third, generator, rotate=12, scale=0.3, shift=0.15)
        x = warp(index.images(own), theta)
        target = warp(torch.stack([masks[int(i)] for i in own]).float(), theta, fill="zeros")
        target = F.avg_pool2d(target, 256 // SIDE)
        target[:, 0] = (1 - target[:, 1:].sum(1)).clamp(0, 1)
        x = cutout(torch.cat([x, index.images(weak)]), generator)
        mild = random_affine(third, generator)
        upright = warp(index.images(other), mild)
        batch = torch.cat([x, not_frontal(upright, generator)])
        batch = jitter_contrast(batch, generator, 0.4).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits, frontal = model(batch)
        logits, frontal = logits.float(), frontal.float().flatten()
        share = logits[:third].softmax(1)
        segment = dice_loss(share, target) + F.cross_entropy(logits[:third], target)
        lungs = logits[third : 2 * third].softmax(1)[:, 1:7].sum(1)
        box = box_projection_loss(lungs, [b for i in weak if (b := index.records[int(i)].lung_box)])
        upright_is = (torch.arange(3 * third) < 2 * third).float()
        front = F.binary_cross_entropy_with_logits(frontal, upright_is)
        loss = segment + float(config["box_weight"]) * box + 0.5 * front
        return loss, {"segment": segment.item(), "box": box.item(), "frontal": front.item()}

    held = jsrt_targets(index, index.where("val", source="jsrt"), root)
    held_rows = np.array(sorted(held))
    boxed = np.array([i for i in index.where("val", source="siim") if index.records[int(i)].lung_box])[::4]
    boxes = [b for i in boxed if (b := index.records[int(i)].lung_box)]

    def evaluate(module: nn.Module) -> Metrics:
        return evaluate_anatomist(
            module, index.images(held_rows), torch.stack([held[int(i)] for i in held_rows]), index.images(boxed), boxes
        )

    return run.train(batch_loss, 3 * third, evaluate, evaluate_every_minutes=3)
