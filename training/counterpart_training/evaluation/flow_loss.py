"""How well a denoiser knows each group: its velocity error on held-out images, told their statement or not.

Noises and times are the same for every denoiser, so that two of them can be compared image by image.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import Index
from ..data.statement import image_statement, zone_severity
from ..networks.anatomist import region_maps
from ..networks.denoiser import Denoiser
from ..networks.reader import GRID
from ..precision import autocast
from ..sampling import World, full_inpaint
from ..stages.examples import Widen
from ..stages.latents import Guides, context_of
from .groups import rarest_group

TIMES = (0.15, 0.35, 0.55, 0.75, 0.92)
"""Times at which the velocity is judged; noise is 1."""


@dataclass(frozen=True)
class HeldOut:
    """Images that a denoiser never saw: clean latents (N, 8, 32, 32), their worlds, group and patient of each."""

    latent: Tensor
    world: World
    groups: list[str]
    patients: list[str]


def held_out(index: Index, rows: NDArray[np.int64], runs: Path, scale: float) -> HeldOut:
    """The images at `rows`, described by the guides; statements are as read, with nothing forgotten."""
    guides = Guides.load(runs)
    records = [index.records[int(i)] for i in rows]
    parts = [guides.describe(index.images(rows[i : i + 32]))[:3] for i in range(0, len(rows), 32)]
    latent, share, opacity = (torch.cat(values) for values in zip(*parts, strict=True))
    tokens = image_statement(zone_severity(opacity, share[:, 1:7], scale), index.labels(rows))
    regions = region_maps(share, torch.zeros(len(rows), 1, GRID, GRID))
    return HeldOut(
        latent,
        World(tokens, regions, context_of(records)),
        [rarest_group(r.labels) for r in records],
        [f"{r.source}/{r.patient}" for r in records],
    )


@torch.no_grad()
def velocity_errors(model: Denoiser, held: HeldOut, widen: Widen | None = None, told: bool = True) -> Tensor:
    """Mean squared velocity error (N) over cells, channels and TIMES; with an empty statement when not `told`."""
    model.eval()
    out = []
    for start in range(0, len(held.latent), 32):
        part = slice(start, start + 32)
        z, regions = held.latent[part], held.world.regions[part]
        tokens = held.world.tokens[part]
        tokens = widen(tokens, z, regions) if widen else tokens
        tokens = tokens if told else torch.zeros_like(tokens)
        noise = torch.randn(z.shape, generator=torch.Generator().manual_seed(start))
        errors = torch.zeros(len(z))
        for t in TIMES:
            time = torch.full((len(z), 1), t)
            with autocast():
                mixed = (1 - t) * z + t * noise
                v = model(mixed, time, tokens, regions, full_inpaint(z), held.world.context[part])
            errors += (v.float() - (noise - z)).square().mean((1, 2, 3)) / len(TIMES)
        out.append(errors)
    return torch.cat(out)


def by_group(values: Tensor, held: HeldOut) -> dict[str, float]:
    """Mean over each group's images."""
    return {name: round(float(values[[g == name for g in held.groups]].mean()), 5) for name in sorted(set(held.groups))}


def compared(values: Tensor, baseline: Tensor, held: HeldOut, draws: int = 1000) -> dict[str, dict[str, float]]:
    """Relative difference of the mean to a baseline's a group, with a 95 % interval over patients drawn again."""
    out: dict[str, dict[str, Any]] = {}
    generator = np.random.default_rng(0)
    a, b = values.double().numpy(), baseline.double().numpy()
    for name in sorted(set(held.groups)):
        here = np.array([g == name for g in held.groups])
        _, member = np.unique(np.array(held.patients)[here], return_inverse=True)
        mine, theirs = np.bincount(member, a[here]), np.bincount(member, b[here])
        picks = generator.integers(0, len(mine), (draws, len(mine)))
        spread = mine[picks].sum(1) / theirs[picks].sum(1) - 1
        low, high = np.quantile(spread, (0.025, 0.975))
        out[name] = {
            "images": int(here.sum()),
            "change": round(float(a[here].mean() / b[here].mean() - 1), 5),
            "low": round(float(low), 5),
            "high": round(float(high), 5),
        }
    return out
