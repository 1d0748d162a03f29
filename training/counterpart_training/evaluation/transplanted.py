"""Does a reader see opacity that lies alone? Pieces of opacity and of clear lung set into clear lungs."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.index import Index
from ..data.transplant import UPPER, Transplants
from ..networks.reader import GRID
from .ranking import auroc

MINIMUM = 8
"""Fewer pieces of a kind give no figure."""


@torch.no_grad()
def evaluate_transplants(model: nn.Module, index: Index, transplants: Transplants, seed: int = 8) -> dict[str, float]:
    """AUROC of the mean opacity in the covered cells, opaque against clear pieces, in upper and in other zones.

    Each clear radiograph of `transplants` gets one of either. Also the mean opacity where opaque ones lie (seen) and
    where clear ones lie (feared).
    """
    generator = torch.Generator().manual_seed(seed)
    scores: dict[tuple[bool, bool], list[float]] = {(u, o): [] for u in (False, True) for o in (False, True)}
    for start in range(0, len(transplants.clear), 32):
        images: list[Tensor] = []
        pieces: list[tuple[NDArray[np.bool_], bool, bool]] = []
        for row in transplants.clear[start : start + 32]:
            for opaque in (False, True):
                x = index.images(np.array([row]))[0]
                cells = transplants.set_in(x, torch.zeros(GRID, GRID), row, opaque, generator)
                if cells is not None:
                    upper = bool(np.isin(transplants.lungs[row].zone[cells], UPPER).mean() > 0.5)
                    images.append(x)
                    pieces.append((cells, upper, opaque))
        if not images:
            continue
        maps = model(torch.stack(images).to(memory_format=torch.channels_last))[1].float().sigmoid()[:, 0]
        for found, (cells, upper, opaque) in zip(maps, pieces, strict=True):
            scores[upper, opaque].append(float(found[torch.from_numpy(cells)].mean()))
    out: dict[str, float] = {}
    for name, upper in (("upper", True), ("other", False)):
        clear, opaque_scores = np.array(scores[upper, False]), np.array(scores[upper, True])
        if min(len(clear), len(opaque_scores)) < MINIMUM:
            continue
        truth = np.arange(len(clear) + len(opaque_scores)) >= len(clear)
        out[f"alone_{name}_auroc"] = auroc(np.concatenate([clear, opaque_scores]), truth)
        out[f"alone_{name}_seen"] = float(opaque_scores.mean())
        out[f"alone_{name}_feared"] = float(clear.mean())
    return out
