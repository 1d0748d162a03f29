"""Scores of arms that are done, kept on disk: a run of hours that is cut goes on where it was."""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .arms import Arm, Generated
from .classifier import Pool


class KeptScores:
    """A folder with a file for each arm and seed, named by a hash of all that its scores depend on.

    folds: (n,) the fold of every image; learnt: what else decides what is learnt from. The hash covers both.
    """

    def __init__(self, folder: Path, folds: NDArray[np.int64], learnt: str = "") -> None:
        self.folder = folder
        self.folds = folds
        self.learnt = learnt
        folder.mkdir(parents=True, exist_ok=True)

    def read(
        self, pool: Pool, arm: Arm, generated: Generated | None, seed: int, steps: int, width: int
    ) -> NDArray[np.float64] | None:
        """Out-of-fold scores (n, 16) of an earlier run with the same images, folds and settings, or None."""
        path = self._path(pool, arm, generated, seed, steps, width)
        if not path.exists():
            return None
        scores: NDArray[np.float64] = np.load(path)
        return scores

    def write(
        self,
        scores: NDArray[np.float64],
        pool: Pool,
        arm: Arm,
        generated: Generated | None,
        seed: int,
        steps: int,
        width: int,
    ) -> None:
        """Keeps the scores (n, 16) of one arm and seed; a file is whole or not there."""
        path = self._path(pool, arm, generated, seed, steps, width)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.save(file, scores)
        part.replace(path)

    def _path(self, pool: Pool, arm: Arm, generated: Generated | None, seed: int, steps: int, width: int) -> Path:
        content = hashlib.sha256(f"{arm.balanced} {seed} {steps} {width}{self.learnt}".encode())
        content.update(np.ascontiguousarray(self.folds).tobytes())
        for part in (pool, generated.pool if generated else None):
            if part:
                content.update(part.pixels.tobytes())
                content.update(part.labels.tobytes())
        if generated:
            content.update("\n".join(generated.patients).encode())
        return self.folder / f"{content.hexdigest()[:16]}.npy"
