"""Normal-first augmentation: erase the head lesion of an image that also shows a tail lesion, and keep what is left.

After "Normal-X-ray diffusion for long-tailed augmentation". An image is accepted where the second reader says that the
head lesion is gone inside the mask and the tail finding still there; everything that was tried is in the log, with what
the image-level probability would have said.
"""

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import SIZE, Index, Record, load_index
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.dataset import write_folder
from ..evaluation.edits import Sampler, edit, judge, within_lungs
from ..evaluation.groups import GROUPS, LESIONS, carries
from ..export.wrappers import ReaderWithActivation
from ..findings import FINDINGS
from ..networks.reader import GRID
from ..precision import autocast


def mixed_rows(index: Index, splits: tuple[str, ...]) -> NDArray[np.int64]:
    """Images known to carry a head lesion and a tail finding."""
    rows = np.concatenate([index.where(split) for split in splits])
    labels = [index.records[int(i)].labels for i in rows]
    return rows[[carries(known, LESIONS) and carries(known, GROUPS["tail"]) for known in labels]]


def carried(records: list[Record], findings: tuple[str, ...]) -> Tensor:
    """Which of the findings each image is known to carry, (N, FINDINGS) as 0 or 1."""
    wanted = torch.tensor([name in findings for name in FINDINGS])
    return ((torch.tensor([r.labels for r in records]) == 1) & wanted).float()


def lesion_masks(
    opacity: Tensor, activation: Tensor, share: Tensor, head: Tensor, tail: Tensor, least: float, protect: float
) -> Tensor:
    """Latent masks (N, 1, 32, 32) of the head lesions, and not of the tail's.

    Cells in the lungs whose opacity (N, 1, 32, 32) is at least `least`, or where the head findings' activation
    (N, FINDINGS, 32, 32) is in its top tenth; without the share `protect` of cells that say most for the tail findings.
    head, tail: (N, FINDINGS), what is known to be there.
    """
    n = len(opacity)
    says_head = (activation * head[:, :, None, None]).sum(1) / head.sum(1).clamp(min=1)[:, None, None]
    says_tail = (activation * tail[:, :, None, None]).sum(1) / tail.sum(1).clamp(min=1)[:, None, None]
    top = says_head.flatten(1).quantile(0.9, dim=1)[:, None, None]
    keep = says_tail.flatten(1).quantile(1 - protect, dim=1)[:, None, None]
    wanted = (opacity[:, 0] >= least) | (says_head >= top)
    mask = (wanted & (says_tail <= keep)).float().view(n, 1, GRID, GRID)
    lungs = (share[:, 1:7].sum(1, keepdim=True) > 0.3).float()
    return within_lungs(mask * lungs, share)


@dataclass(frozen=True)
class Judged:
    """What the second reader says of an image: findings (N, FINDINGS), mean opacity inside the mask (N)."""

    findings: Tensor
    inside: Tensor


def verdict(
    before: Judged, after: Judged, head: Tensor, tail: Tensor, gone: float, drop: float, inside: bool
) -> dict[str, Tensor]:
    """Values (N): the head lesion before and after, the largest fall among the tail findings, and acceptance.

    The head lesion is the mean opacity inside the mask, or else the largest probability among the head findings in the
    whole image. Accepted: it was at least `gone` and is below, and no tail finding fell by more than `drop`.
    """
    was, now = (j.inside if inside else (j.findings * head).amax(1) for j in (before, after))
    fall = ((before.findings - after.findings) * tail).amax(1)
    accepted = (was >= gone) & (now < gone) & (fall <= drop)
    return {"head_before": was, "head_after": now, "tail_fall": fall, "accepted": accepted}


@torch.no_grad()
def erase_heads(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Erases within `minutes`; config keys as in configs/normal-first.json.

    Writes log.json, and the accepted images with their remaining labels as a folder that evaluation reads.
    """
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent, denoiser=config["denoiser"])
    reader = ReaderWithActivation(nets.guides.reader).eval()
    sampler = Sampler(**config["sampler"])
    rows = mixed_rows(index, tuple(config["splits"]))
    log: list[dict[str, Any]] = []
    made: list[Tensor] = []
    of: list[Record] = []
    for k, some in enumerate(rows[i : i + 16] for i in range(0, len(rows), 16)):
        if time.time() - begin > minutes * 60:
            break
        records = [index.records[int(i)] for i in some]
        head, tail = carried(records, LESIONS), carried(records, GROUPS["tail"])
        x = index.images(some)
        with autocast():
            _, dense, activation = (out.float() for out in reader(x))
            cells = lesion_masks(
                dense.sigmoid(), activation, nets.share(x).float(), head, tail, config["least"], config["protect"]
            )
            masks = F.interpolate(cells, SIZE)
            y = edit(nets, x, masks, 0.0, records, sampler, seed=int(config["seed"]) + k).float()
            before, after = (Judged(p, local) for local, _, p in (judge(nets, v, masks) for v in (x, y)))
        limits = config["gone"], config["drop"]
        judged = verdict(before, after, head, tail, *limits, inside=True)
        whole = verdict(before, after, head, tail, *limits, inside=False)
        judged |= {"image_before": whole["head_before"], "image_after": whole["head_after"]}
        for j, r in enumerate(records):
            log.append(
                {
                    "row": int(some[j]),
                    "tail": [f for f, there in zip(FINDINGS, tail[j], strict=True) if there],
                    "mask": round(float(cells[j].mean()), 4),
                    **{name: round(float(v[j]), 4) for name, v in judged.items() if name != "accepted"},
                    "accepted": bool(judged["accepted"][j]),
                    "accepted_by_image": bool(whole["accepted"][j]),
                }
            )
            if judged["accepted"][j]:
                made.append(y[j])
                of.append(without_heads(r, certain=bool(whole["accepted"][j])))
        print(f"{len(log)} of {len(rows)} erased, {len(made)} accepted", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "log.json").write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    if made:
        write_folder(folder / "images", torch.stack(made), of, FINDINGS)


def without_heads(record: Record, certain: bool) -> Record:
    """The record with its head lesions said to be absent if that is certain of the whole image, else unknown."""
    said = 0 if certain else -1
    gone = tuple(said if name in LESIONS else v for name, v in zip(FINDINGS, record.labels, strict=True))
    return replace(record, labels=gone, split="generated", opacity_boxes=() if certain else None)
