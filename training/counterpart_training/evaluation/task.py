"""What one evaluation is about: data, networks, and how much of it."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .checkpoints import CheckpointNetworks
from .dataset import FolderIndex, rows_of
from .edits import Sampler
from .features import Describer
from .ruler import Judgement


@dataclass
class Task:
    """What is evaluated. limit: at most so many images, samples or edits of each kind in each part."""

    index: FolderIndex
    split: str
    nets: CheckpointNetworks
    describer: Describer
    calibration: dict[str, Any]
    samplers: dict[str, Sampler]
    cache: Path
    limit: int | None = None
    samples: int = 240
    generated: Path | None = None
    save_samples: Path | None = None
    sheets: Path | None = None
    training: FolderIndex | None = None
    runs: Path | None = None
    ladder: tuple[str, ...] = ()
    judgements: dict[str, dict[str, Judgement]] = field(default_factory=dict)

    @property
    def rows(self) -> NDArray[np.int64]:
        return rows_of(self.index, self.split)

    @property
    def bank(self) -> FolderIndex:
        """Where training images are: the folder itself, or the one named beside it."""
        return self.training or self.index


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
