"""Does a reader see opacity that lies alone? Zones of others, opaque or clear, set into clear lungs."""

import numpy as np
import torch
from torch import Tensor, nn

from ..data.index import Index
from ..data.transplant import UPPER, Transplants
from ..networks.reader import GRID
from .ranking import auroc

MINIMUM = 8
"""Fewer zones of a kind give no figure."""


@torch.no_grad()
def evaluate_transplants(model: nn.Module, index: Index, transplants: Transplants, seed: int = 8) -> dict[str, float]:
    """AUROC of the mean opacity in a zone, opaque against clear ones of others, in upper and in other zones.

    Each radiograph without boxes gets one of either into the same zone. Also the mean opacity where opaque ones lie
    (seen) and where clear ones lie (feared).
    """
    generator = torch.Generator().manual_seed(seed)
    scores: dict[tuple[bool, bool], list[float]] = {(u, o): [] for u in (False, True) for o in (False, True)}
    for row in transplants.clear_rows:
        zone = transplants.choose_zone(row, generator)
        if zone is None:
            continue
        for opaque in (False, True):
            x = index.images(np.array([row]))[0]
            moved = transplants.set_in(x, torch.zeros(GRID, GRID), row, zone, opaque, generator)
            if moved is not None:
                scores[zone in UPPER, opaque].append(mean_opacity(model, x, torch.from_numpy(moved.cells)))
    out: dict[str, float] = {}
    for name, upper in (("upper", True), ("other", False)):
        clear, seen = np.array(scores[upper, False]), np.array(scores[upper, True])
        if min(len(clear), len(seen)) < MINIMUM:
            continue
        truth = np.arange(len(clear) + len(seen)) >= len(clear)
        out[f"alone_{name}_auroc"] = auroc(np.concatenate([clear, seen]), truth)
        out[f"alone_{name}_seen"], out[f"alone_{name}_feared"] = float(seen.mean()), float(clear.mean())
    return out


def mean_opacity(model: nn.Module, x: Tensor, cells: Tensor) -> float:
    """Mean opacity probability that a reader gives cells (32, 32) of an image (1, 256, 256)."""
    dense: Tensor = model(x[None].contiguous(memory_format=torch.channels_last))[1]
    return float(dense.float().sigmoid()[0, 0][cells].mean())
