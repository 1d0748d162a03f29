"""Zone labels where nobody drew any: a lung box places the atlas of the JSRT zones, the network refines it."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..networks.anatomist import SIDE
from ..precision import autocast
from .augment import warp
from .index import Box

FLOOR, PRIOR_FLOOR = 0.05, 0.01
"""What is added to the network's share and to the atlas before they are multiplied, so that either can be overruled."""

VIEWS = ((0.0, 0.0, 1.0), (0.03, -0.03, 1.04), (-0.03, 0.03, 0.96))
"""Offsets (x, y, as fractions) and zoom of the frame under which the network is asked; its answers are averaged."""


@dataclass(frozen=True)
class ZoneAtlas:
    """Mean regions (8, 64, 64) of masked radiographs brought to one frame, where the lungs fill `box`."""

    shares: Tensor
    box: Box
    grey: tuple[float, float]
    """Mean and standard deviation of the grey inside the lung boxes."""


def lung_box(regions: Tensor, threshold: float = 0.5) -> Box | None:
    """Box of the lungs in region shares (8, H, W), as fractions x0, y0, x1, y1; None where there are none."""
    lungs = regions[1:7].sum(0)
    _, h, w = regions.shape
    rows = (lungs > threshold).sum(1).ge(2).nonzero().flatten().tolist()
    columns = (lungs > threshold).sum(0).ge(2).nonzero().flatten().tolist()
    if not rows or not columns:
        return None
    return columns[0] / w, rows[0] / h, (columns[-1] + 1) / w, (rows[-1] + 1) / h


def to_frame(boxes: list[Box], frame: Box) -> Tensor:
    """Matrices (N, 2, 3) for `warp` that sample an image so that its lung box lands on the frame's."""
    b, f = torch.tensor(boxes), torch.tensor(frame)
    scale = (b[:, 2:] - b[:, :2]) / (f[2:] - f[:2])
    offset = (b[:, :2] + b[:, 2:] - 1) - scale * (f[:2] + f[2:] - 1)
    return _diagonal(scale, offset)


def inverse(theta: Tensor) -> Tensor:
    """The inverse of matrices that only scale and shift."""
    scale = torch.stack([theta[:, 0, 0], theta[:, 1, 1]], 1)
    return _diagonal(1 / scale, -theta[:, :, 2] / scale)


def _diagonal(scale: Tensor, offset: Tensor) -> Tensor:
    theta = torch.zeros(len(scale), 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = scale[:, 0], scale[:, 1]
    theta[:, :, 2] = offset
    return theta


def build_atlas(images: Tensor, targets: Tensor) -> ZoneAtlas:
    """Atlas of masked radiographs: images (N, 1, 256, 256), one-hot regions (N, 8, 64, 64)."""
    boxes = [box for regions in targets if (box := lung_box(regions))]
    frame = tuple(torch.tensor(boxes).mean(0).tolist())
    theta = to_frame(boxes, frame)
    mean = warp(targets, theta, fill="zeros").mean(0)
    mean[0] = (1 - mean[1:].sum(0)).clamp(min=0)
    inside = _inside(warp(images, theta), frame)
    return ZoneAtlas(mean, frame, (float(inside.mean()), float(inside.std())))


def _inside(framed: Tensor, frame: Box) -> Tensor:
    h, w = framed.shape[2:]
    x0, y0, x1, y1 = frame
    return framed[:, :, int(y0 * h) : int(y1 * h), int(x0 * w) : int(x1 * w)]


@torch.no_grad()
def propose_zones(model: nn.Module, images: Tensor, boxes: list[Box], atlas: ZoneAtlas) -> Tensor:
    """Region shares (N, 8, 64, 64) of images (N, 1, 256, 256) whose lung boxes are known.

    The lungs are brought to the atlas's frame and grey, the network (regions, frontal logit) is asked there under
    three slightly different frames, and its mean share is multiplied with the atlas: where it sees nothing (white
    lungs) the atlas decides, where it sees an edge the network does. Self-training with a shape prior.
    """
    model.eval()
    frame = torch.tensor(atlas.box)
    total = torch.zeros(len(images), *atlas.shares.shape)
    for dx, dy, zoom in VIEWS:
        centre, half = (frame[:2] + frame[2:]) / 2, (frame[2:] - frame[:2]) / 2 * zoom
        shift = torch.tensor([dx, dy])
        view: Box = tuple(torch.cat([centre + shift - half, centre + shift + half]).tolist())
        framed = warp(images, to_frame(boxes, view))
        inside = _inside(framed, view)
        mean, std = inside.mean((1, 2, 3), keepdim=True), inside.std((1, 2, 3), keepdim=True).clamp(min=0.05)
        framed = ((framed - mean) / std * atlas.grey[1] + atlas.grey[0]).clamp(-1, 1)
        with autocast():
            logits, _ = model(framed.contiguous(memory_format=torch.channels_last))
        back = to_frame([view] * len(boxes), atlas.box)
        total += warp(logits.float().softmax(1), back, fill="border")
    share = (total / len(VIEWS) + FLOOR) * (atlas.shares + PRIOR_FLOOR)
    share = share / share.sum(1, keepdim=True)
    home = warp(share[:, 1:], inverse(to_frame(boxes, atlas.box)), fill="zeros")
    return torch.cat([(1 - home.sum(1, keepdim=True)).clamp(min=0), home], 1)


def plausible(regions: Tensor) -> Tensor:
    """Which proposals (N, 8, 64, 64) look like two lungs of three zones each: bool (N).

    Every zone holds at least 4 % of the lungs, right zones lie left of left ones in the picture, upper above lower,
    and the lungs cover 8 to 70 % of it.
    """
    zones = regions[:, 1:7]
    area = zones.sum((2, 3))
    lungs = area.sum(1, keepdim=True).clamp(min=1e-3)
    line = (torch.arange(SIDE) + 0.5) / SIDE
    x = (zones.sum(2) * line).sum(2) / area.clamp(min=1e-3)
    y = (zones.sum(3) * line).sum(2) / area.clamp(min=1e-3)
    covered = lungs.flatten() / (SIDE * SIDE)
    ordered = (y[:, 0] < y[:, 1]) & (y[:, 1] < y[:, 2]) & (y[:, 3] < y[:, 4]) & (y[:, 4] < y[:, 5])
    sided = x[:, :3].amax(1) < x[:, 3:].amin(1)
    return ordered & sided & (area / lungs).amin(1).gt(0.04) & covered.gt(0.08) & covered.lt(0.7)


def small_targets(masks: Tensor) -> Tensor:
    """One-hot regions (N, 8, 256, 256) as shares of the network's cells (N, 8, 64, 64)."""
    return F.avg_pool2d(masks.float(), masks.shape[-1] // SIDE)
