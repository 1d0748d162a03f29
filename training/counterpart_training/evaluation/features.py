"""Feature spaces that images are compared in. The one whose network also shapes generation is marked."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.index import SIZE, Index
from ..networks.reader import Reader, SecondReader
from ..precision import has_bfloat16_units
from .frechet import Features

Described = dict[str, NDArray[np.float32]]
"""Features (N, d) of the same images in every space."""

SPACES: dict[str, str] = {
    "judge": "second reader, averaged last maps (guides nothing)",
    "judge-scales": "second reader, mean and spread of its earlier maps at 64 and 32 cells (guides nothing)",
    "reader-scales": "first reader, averaged maps at 64 to 8 cells; shapes the decoder's loss, so a cross-check only",
    "bands": "no network: log energy in 16 frequency bands and 9 grey quantiles",
}


def mean_and_spread(maps: Tensor) -> Tensor:
    """(N, C, H, W) -> (N, 2C)."""
    return torch.cat([maps.mean((2, 3)), maps.flatten(2).std(2)], 1)


def bands(x: Tensor, count: int = 16) -> Tensor:
    """Log mean energy in `count` rings of the spectrum, then grey quantiles 1, 5, 10, 25 .. 99 %: (N, count + 9)."""
    fy, fx = torch.fft.fftfreq(SIZE)[:, None], torch.fft.rfftfreq(SIZE)[None, :]
    radius = (fy.square() + fx.square()).sqrt()
    edges = torch.logspace(np.log10(1 / SIZE), np.log10(0.5), count + 1)
    ring = torch.bucketize(radius, edges).flatten().clamp(1, count) - 1
    window = torch.hann_window(SIZE, periodic=False)
    energy = torch.fft.rfft2(x.float()[:, 0] * window[:, None] * window[None, :]).abs().square().flatten(1)
    use = radius.flatten() >= 1 / SIZE
    sums = torch.zeros(len(x), count).index_add_(1, ring[use], energy[:, use])
    counts = torch.zeros(count).index_add_(0, ring[use], torch.ones(int(use.sum()))).clamp(min=1)
    levels = torch.tensor([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])
    quantiles = torch.quantile(x.float().flatten(1), levels, dim=1).T
    return torch.cat([torch.log(sums / counts + 1e-6), quantiles], 1)


class Describer:
    """Features of images (N, 1, 256, 256) in every space. bfloat16 as the networks were trained, float32 if `exact`."""

    def __init__(self, judge: SecondReader, reader: Reader, exact: bool = False) -> None:
        self.judge, self.reader, self.exact = judge.eval(), reader.eval(), exact

    @torch.no_grad()
    def __call__(self, x: Tensor) -> dict[str, Tensor]:
        x = x.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=not self.exact and has_bfloat16_units()):
            stem = self.judge.stem(F.avg_pool2d(x, 2))
            body = self.judge.body(stem)
            context = body
            for block in self.judge.context:
                context = block(context)
            last = self.judge.embed(context)
            maps = self.reader.features(x)
        return {
            "judge": last.float(),
            "judge-scales": torch.cat([mean_and_spread(m.float()) for m in (stem, body, context)], 1),
            "reader-scales": torch.cat([m.float().mean((2, 3)) for m in maps], 1),
            "bands": bands(x),
        }

    def describe(self, images: Callable[[int, int], Tensor], count: int, batch: int = 32) -> Described:
        """Features of `count` images that `images(start, stop)` gives, batch by batch."""
        parts = [self(images(i, min(i + batch, count))) for i in range(0, count, batch)]
        return {name: torch.cat([p[name] for p in parts]).numpy() for name in SPACES}

    def of_rows(self, index: Index, rows: NDArray[np.int64]) -> Described:
        """Features of rows of an index. Raises ValueError for none."""
        if len(rows) == 0:
            raise ValueError("there are no images to describe")
        return self.describe(lambda a, b: index.images(rows[a:b]), len(rows))

    def cached(self, index: Index, rows: NDArray[np.int64], folder: Path) -> Described:
        """As `of_rows`, kept in `folder` under a name that depends on the networks' weights and the images' paths."""
        key = digest(self.judge, self.reader)
        paths = hashlib.sha256("\n".join(index.records[int(i)].path for i in rows).encode()).hexdigest()[:12]
        root = hashlib.sha256(str(getattr(index, "root", "")).encode()).hexdigest()[:6]
        path = folder / f"features-{key}-{root}-{paths}{'-exact' if self.exact else ''}.npz"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            found = self.of_rows(index, rows)
            partial = path.with_suffix(".partial.npz")
            np.savez(partial, **found)  # type: ignore[arg-type]
            partial.rename(path)
        with np.load(path) as stored:
            return {name: stored[name] for name in SPACES}


def digest(*modules: nn.Module) -> str:
    """Twelve hex digits of the weights."""
    total = hashlib.sha256()
    for module in modules:
        for name, value in module.state_dict().items():
            total.update(name.encode() + value.detach().contiguous().float().numpy().tobytes())
    return total.hexdigest()[:12]


@torch.no_grad()
def fingerprint(judge: SecondReader) -> list[float]:
    """What the judge says of one drawn pattern, 16 logits: known again after weights were rounded, unlike a digest."""
    line = torch.linspace(-3, 3, SIZE)
    pattern = torch.sin(3 * line[:, None] + line.square()[None, :])[None, None]
    return [round(float(v), 4) for v in judge(pattern)[0][0].float()]


def same_judge(a: list[float], b: list[float]) -> bool:
    """Whether two fingerprints are one network's, up to half precision."""
    return len(a) == len(b) > 0 and bool(np.allclose(a, b, rtol=0.02, atol=0.02))


@dataclass(frozen=True)
class Standardiser:
    """Centres and scales each dimension by a fixed real set, so that no unit outweighs another; dead ones are left out.

    Fitted once for all comparisons that are set beside each other.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    keep: NDArray[np.bool_]

    @staticmethod
    def fit(real: NDArray[np.float32]) -> "Standardiser":
        x = real.astype(np.float64)
        scale = x.std(0)
        keep = scale > 1e-3 * max(float(np.median(scale)), 1e-12)
        return Standardiser(x.mean(0), scale, keep)

    def __call__(self, x: NDArray[np.float32]) -> Features:
        """(N, d) -> (N, kept dimensions)."""
        return np.asarray(((x - self.mean)[:, self.keep]) / self.scale[self.keep])
