"""Contact sheets, to look at. They may show images of the data set: written to the runs folder, never committed."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor


def grey(x: Tensor) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """(1, H, W) in [-1, 1] as bytes."""
    return ((x[0].clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).numpy()


def write_sheet(path: Path, rows: list[list[Tensor]]) -> None:
    """A PNG of rows of images (1, H, W) in [-1, 1], all of one size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.vstack([np.hstack([grey(x) for x in row]) for row in rows])).save(path)


def outlined(x: Tensor, mask: Tensor) -> Tensor:
    """The image with the mask's border drawn in white; both (1, H, W)."""
    inner = -torch.nn.functional.max_pool2d(-mask[None], 3, stride=1, padding=1)[0]
    return torch.where((mask - inner) > 0.5, torch.ones_like(x), x)
