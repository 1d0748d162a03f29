"""Text control: are asked grades read in order, and does the asked zone change? Judged by the second reader."""

from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import SIZE, Index, Record
from ..data.statement import OPACITY, image_statement, say, zone_severity
from ..findings import FINDINGS, MAX_SEVERITY, ZONES
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..sampling import World
from ..stages.latents import context_of
from .edits import Networks, Sampler, edit_between, graded
from .figures import Figure, Section, mean_figure, too_few
from .ranking import spearman

GRADES = (0.0, 0.75, 1.5, 2.25, 3.0)
"""Severities asked for."""

FOUND = 4
"""A zone is found where the anatomist gives it more than half of so many cells."""

MINIMUM = 8


@dataclass
class Control:
    """read: (images, grades) mean opacity the judge sees in the asked zone; change: (images, zones) of its map."""

    asked_zone: list[int] = field(default_factory=list)
    read: list[NDArray[np.float64]] = field(default_factory=list)
    change: list[NDArray[np.float64]] = field(default_factory=list)
    missing: int = 0


def zone_mean(opacity: Tensor, zones: Tensor) -> Tensor:
    """Mean (N, 6) of maps (N, 1, 32, 32) in zones (N, 6, 32, 32)."""
    return (opacity * zones).sum((2, 3)) / zones.sum((2, 3)).clamp(min=1e-3)


def choose_zones(share: Tensor, generator: torch.Generator) -> list[int | None]:
    """A random zone of each image among those that are found; None where none is."""
    area = (share[:, 1 : 1 + len(ZONES)] > 0.5).sum((2, 3))
    out: list[int | None] = []
    for cells in area:
        found = torch.nonzero(cells >= FOUND).flatten()
        pick = torch.randint(0, max(1, len(found)), (1,), generator=generator)
        out.append(int(found[pick]) if len(found) else None)
    return out


def zone_worlds(
    nets: Networks, x: Tensor, zone: Tensor, asked: float, records: list[Record], scale: float
) -> tuple[World, World]:
    """The source as read, and the same with `asked` severity in one zone (N) and nothing painted: words alone."""
    share, opacity = nets.share(x), nets.opacity(x)
    unlabelled = torch.full((len(x), len(FINDINGS)), -1.0)
    before = image_statement(zone_severity(opacity, share[:, 1:7], scale), unlabelled)
    after = before.clone()
    for i, z in enumerate(zone.tolist()):
        say(after[i : i + 1], z, OPACITY, asked)
    regions = region_maps(share, torch.zeros(len(x), 1, GRID, GRID))
    return World(before, regions, context_of(records)), World(after, regions, context_of(records))


@torch.no_grad()
def run_control(nets: Networks, index: Index, rows: NDArray[np.int64], sampler: Sampler, batch: int = 16) -> Control:
    """Asks every grade in one zone of each image (mask: the zone), then grade 3 with the whole lungs free to change."""
    out = Control()
    generator = torch.Generator().manual_seed(4)
    for start in range(0, len(rows), batch):
        x = index.images(rows[start : start + batch])
        share = nets.share(x)
        zones = choose_zones(share, generator)
        keep = [i for i, z in enumerate(zones) if z is not None]
        out.missing += len(zones) - len(keep)
        if not keep:
            continue
        x, share = x[keep], share[keep]
        records = [index.records[int(rows[start + i])] for i in keep]
        zone = torch.tensor([z for z in zones if z is not None])
        maps = share[:, 1 : 1 + len(ZONES)]
        here = torch.arange(len(x))
        mask = F.interpolate((maps[here, zone] > 0.5).float()[:, None], (SIZE, SIZE), mode="nearest")
        made = graded(nets, x, mask, GRADES, records, sampler, seed=300 + start)
        read = [zone_mean(nets.second(y)[1].float().sigmoid(), maps)[here, zone] for y in made]
        lungs = F.interpolate((maps.sum(1, keepdim=True) > 0.5).float(), (SIZE, SIZE), mode="nearest")
        source, target = zone_worlds(nets, x, zone, MAX_SEVERITY, records, sampler.severity_scale)
        y = edit_between(nets, x, lungs, source, target, sampler, seed=700 + start)
        moved = (nets.second(y)[1].float().sigmoid() - nets.second(x)[1].float().sigmoid()).abs()
        out.asked_zone += zone.tolist()
        out.read += list(torch.stack(read, 1).double().numpy())
        out.change += list((moved * maps).sum((2, 3)).double().numpy())
    return out


def control_section(control: Control) -> Section:
    """Figures of a run; too few images with a zone print none."""
    n = len(control.asked_zone)
    section = Section("control", "Text control")
    section.notes.append(f"{control.missing} of {n + control.missing} images had no zone that the anatomist found.")
    if n < MINIMUM:
        section.figures = [too_few("severity and zone control", n, MINIMUM)]
        return section
    read, zone = np.stack(control.read), np.array(control.asked_zone)
    grades = np.array(GRADES)
    each = np.array([spearman(grades, r) for r in read])
    pooled = spearman(np.tile(grades, n), read.ravel())
    change = np.stack(control.change)
    total = change.sum(1)
    share = np.where(total > 0, change[np.arange(n), zone] / np.where(total > 0, total, 1), np.nan)
    section.figures = [
        mean_figure("severity: Spearman of asked and read, an image", each, "aim >= 0.8"),
        Figure("severity: Spearman of asked and read, all together", pooled, n, note="images differ to begin with"),
        mean_figure("zone: share of the change in the asked zone, words alone", share, "even over six zones: 0.17"),
        mean_figure("zone: the asked one changes most, words alone", (change.argmax(1) == zone).astype(np.float64)),
    ]
    section.detail = {"grades": list(GRADES), "mean_read": [round(float(v), 4) for v in read.mean(0)]}
    return section
