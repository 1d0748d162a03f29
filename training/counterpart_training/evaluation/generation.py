"""Samples to be judged: statements, layouts and contexts of real images, made anew from noise."""

from dataclasses import replace
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import random_affine, warp
from ..data.index import Index, Record
from ..data.statement import image_statement, zone_severity
from ..findings import FINDINGS
from ..networks.anatomist import region_maps
from ..networks.denoiser import Denoiser
from ..networks.reader import GRID
from ..sampling import World, generate
from ..stages.latents import context_of
from .edits import Networks
from .groups import GROUPS, carries

STEPS, GUIDANCE = 25, 2.0


def plan(index: Index, rows: NDArray[np.int64], count: int, seed: int = 0) -> NDArray[np.int64]:
    """Rows (at most count) whose statements are to be sampled: groups in equal parts, classes of a group by turns.

    A class without images is passed over; where a class has too few, its images come again with other noise.
    """
    random = np.random.default_rng(seed)
    out: list[int] = []
    groups = {name: members for name, members in GROUPS.items() if any_carries(index, rows, members)}
    for k, members in enumerate(groups.values()):
        wanted = count // len(groups) + (k < count % len(groups))
        pools = [
            random.permutation([i for i in rows if carries(index.records[int(i)].labels, (f,))])
            for f in members
            if any_carries(index, rows, (f,))
        ]
        out += [int(pools[j % len(pools)][(j // len(pools)) % len(pools[j % len(pools)])]) for j in range(wanted)]
    return np.array(out, dtype=np.int64)


def any_carries(index: Index, rows: NDArray[np.int64], findings: tuple[str, ...]) -> bool:
    return any(carries(index.records[int(i)].labels, findings) for i in rows)


@torch.no_grad()
def sample_like(
    nets: Networks, index: Index, rows: NDArray[np.int64], severity_scale: float, seed: int = 0, batch: int = 16
) -> Tensor:
    """Images (N, 1, 256, 256) in [-1, 1] sampled from noise, each from the statement of a row.

    Its labels and read zone severities are said; its region maps are bent by a small affine map, so that an outline is
    not simply traced. severity_scale: the one that the denoiser was trained with. Deterministic in seed.
    """
    out = []
    for start in range(0, len(rows), batch):
        generator = torch.Generator().manual_seed(seed + start)
        pick = rows[start : start + batch]
        x = index.images(pick)
        share, opacity = nets.share(x), nets.opacity(x)
        tokens = image_statement(zone_severity(opacity, share[:, 1:7], severity_scale), index.labels(pick))
        bent = warp(share, random_affine(len(pick), generator, rotate=4, scale=0.08, shift=0.03))
        regions = region_maps(bent, torch.zeros(len(pick), 1, GRID, GRID))
        world = World(tokens, regions, context_of([index.records[int(i)] for i in pick]))
        noise = torch.randn(len(pick), 8, GRID, GRID, generator=generator)
        z = generate(cast(Denoiser, nets.denoiser), noise, world, STEPS, GUIDANCE)
        out.append(nets.decode(z).clamp(-1, 1))
    return torch.cat(out)


def sampled_records(index: Index, rows: NDArray[np.int64]) -> list[Record]:
    """Records of the samples: the row's labels, source and patient (whose statement it is), split 'generated'."""
    assert len(FINDINGS) == len(index.records[0].labels)
    return [replace(index.records[int(i)], split="generated", opacity_boxes=None, brixia=None) for i in rows]
