"""Organ masks of the JSRT radiographs as region targets, and pictures that are no frontal chest radiograph."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from ..networks.anatomist import CLASSES
from .index import SIZE, Index

LEFT_LUNG, RIGHT_LUNG, HEART = 1, 2, 4
"""Bit flags of masks/jsrt; the patient's left is image right."""


def thirds(lung: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Upper, mid and lower third of a lung mask by its vertical extent."""
    rows = np.flatnonzero(lung.any(1))
    if len(rows) == 0:
        return [np.zeros_like(lung)] * 3
    edges = np.linspace(rows[0], rows[-1] + 1, 4)
    line = np.arange(lung.shape[0])[:, None]
    return [lung & (line >= edges[i]) & (line < edges[i + 1]) for i in range(3)]


def region_target(flags: NDArray[np.uint8]) -> Tensor:
    """One-hot regions (8, 256, 256) of a flag image: background, right zones, left zones, heart (lungs win)."""
    right, left = (flags & RIGHT_LUNG) > 0, (flags & LEFT_LUNG) > 0
    heart = ((flags & HEART) > 0) & ~right & ~left
    parts = [*thirds(right), *thirds(left), heart]
    out = np.zeros((CLASSES, *flags.shape), np.float32)
    for i, part in enumerate(parts):
        out[i + 1] = part
    out[0] = 1 - out[1:].max(0)
    return torch.from_numpy(out)


def jsrt_targets(index: Index, rows: NDArray[np.int64], root: Path) -> dict[int, Tensor]:
    """Region targets by row number, uint8 (8, 256, 256), for the rows that have a mask."""
    found: dict[int, Tensor] = {}
    for i in rows:
        mask = root / "masks" / "jsrt" / (Path(index.records[int(i)].path).stem + ".png")
        if mask.is_file():
            with Image.open(mask) as image:
                flags = np.asarray(image.resize((SIZE, SIZE), Image.Resampling.NEAREST)).astype(np.uint8)
            found[int(i)] = region_target(flags).to(torch.uint8)
    return found


def not_frontal(images: Tensor, generator: torch.Generator) -> Tensor:
    """Each image (N, 1, 256, 256) made into something that is no upright frontal chest radiograph."""
    out = images.clone()
    kinds = torch.randint(0, 7, (len(images),), generator=generator).tolist()
    for i, kind in enumerate(kinds):
        x = images[i : i + 1]
        if kind < 3:
            x = torch.rot90(x, kind + 1, (2, 3))
        elif kind == 3:
            x = x.flip(2)
        elif kind == 4:
            tiles = x.unfold(2, 64, 64).unfold(3, 64, 64).reshape(16, 64, 64)
            tiles = tiles[torch.randperm(16, generator=generator)].reshape(4, 4, 64, 64)
            x = tiles.permute(0, 2, 1, 3).reshape(1, 1, SIZE, SIZE)
        elif kind == 5:
            side = int(torch.randint(40, 90, (1,), generator=generator))
            top, left = torch.randint(0, SIZE - side, (2,), generator=generator).tolist()
            x = F.interpolate(x[:, :, top : top + side, left : left + side], (SIZE, SIZE), mode="bilinear")
        else:
            x = random_field(generator)
        out[i] = x[0]
    return out


def random_field(generator: torch.Generator) -> Tensor:
    """Smooth noise, shapes and ramps, (1, 1, 256, 256) in [-1, 1]."""
    cells = int(2 ** torch.randint(1, 8, (1,), generator=generator))
    field = F.interpolate(torch.rand(1, 1, cells, cells, generator=generator), (SIZE, SIZE), mode="bilinear")
    if torch.rand((), generator=generator) < 0.5:
        field = (field > 0.5).float() * torch.rand((), generator=generator) + 0.2 * field
    ramp = torch.linspace(0, 1, SIZE).view(1, 1, SIZE, 1) * torch.rand((), generator=generator)
    return ((field + ramp) / 1.2 * 2 - 1).clamp(-1, 1)
