"""Swaps: the opacity that the reader states of a donor, asked on a recipient whose anatomy stays.

The judge says whether the donor's grades came, zone by zone, beside what it saw there before; the anatomist whether the
recipient's lungs and heart stayed.
"""

from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..blend import ends
from ..data.index import SIZE, Index, Record
from ..data.statement import FOCUS, OPACITY, image_statement, say, zone_severity
from ..findings import FINDINGS, ZONES
from ..networks.anatomist import region_maps
from ..sampling import World
from ..stages.latents import context_of
from .axioms import anatomy_dice, preservation
from .control import zone_mean
from .edits import BATCH, REST, Networks, Sampler, edit_between
from .figures import Figure, Section, mean_figure, too_few
from .intervals import mean_interval

LUNG = 0.5
"""Share of lung in a latent cell from which a swap may change it."""

MINIMUM = 8


def stated(nets: Networks, x: Tensor, scale: float) -> Tensor:
    """Severity (N, 6) of opacity that the reader states of each zone of images (N, 1, 256, 256)."""
    return zone_severity(nets.opacity(x).float(), nets.share(x).float()[:, 1 : 1 + len(ZONES)], scale)


def swap_worlds(
    nets: Networks, x: Tensor, severity: Tensor, records: list[Record], scale: float
) -> tuple[World, World]:
    """Recipients as read, and the same with a severity (N, 6) asked in every zone; free to change: all zones."""
    share, own = nets.share(x).float(), stated(nets, x, scale)
    zones = share[:, 1 : 1 + len(ZONES)]
    total = zones.sum(1, keepdim=True)
    mask = (total > LUNG).float()
    unlabelled = torch.full((len(x), len(FINDINGS)), -1.0)
    told = []
    for grades in (own, severity):
        everywhere = (grades[:, :, None, None] * zones).sum(1, keepdim=True) / total.clamp(min=1e-3)
        statement = image_statement(grades, unlabelled)
        say(statement, FOCUS, OPACITY, (everywhere * mask).sum((1, 2, 3)) / mask.sum((1, 2, 3)).clamp(min=1))
        told.append(statement)
    regions, context = region_maps(share, mask), context_of(records)
    return World(told[0], regions, context), World(told[1], regions, context)


def swap(nets: Networks, x: Tensor, severity: Tensor, records: list[Record], sampler: Sampler, seed: int) -> Tensor:
    """Recipients (N, 1, 256, 256) with the severities (N, 6) of their donors; only lungs and their rim change.

    As the studio makes it: every zone is asked for the end of the scale and takes its share of the change.
    """
    end, share = ends(severity, stated(nets, x, sampler.severity_scale))

    def asked(y: Tensor) -> tuple[World, World]:
        return swap_worlds(nets, y, end, records, sampler.severity_scale)

    source, target = asked(x)
    free = F.interpolate(target.regions[:, FOCUS : FOCUS + 1], (SIZE, SIZE), mode="nearest")
    y = edit_between(nets, x, free, source, target, sampler, seed, asked)
    return x + shares(share, nets.share(x).float()) * (y - x)


def shares(share: Tensor, regions: Tensor) -> Tensor:
    """Share (N, 1, 256, 256) of the change at each pixel, from that of each zone (N, 6) and a cell around it."""
    zones = regions[:, 1 : 1 + len(ZONES)]
    weighted = (share[:, :, None, None] * zones).sum(1, keepdim=True)
    near, total = (F.avg_pool2d(v, 3, stride=1, padding=1) for v in (weighted, zones.sum(1, keepdim=True)))
    return F.interpolate(near / total.clamp(min=1e-3), (SIZE, SIZE), mode="bilinear")


def pairs(rows: NDArray[np.int64], seed: int = 6) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Recipients and donors: every row once as either, none with itself."""
    order = np.random.default_rng(seed).permutation(rows)
    return order, np.roll(order, 1)


@dataclass
class Swaps:
    """What the judge sees in each zone of recipients, donors and results, (n, 6) each; values of each swap (n)."""

    recipient: list[NDArray[np.float64]] = field(default_factory=list)
    donor: list[NDArray[np.float64]] = field(default_factory=list)
    result: list[NDArray[np.float64]] = field(default_factory=list)
    lungs: list[float] = field(default_factory=list)
    heart: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    def add(self, nets: Networks, x: Tensor, donor: Tensor, y: Tensor) -> None:
        """Notes a batch of recipients, their donors and the results."""
        share = nets.share(x).float()
        seen = []
        for images, regions in ((x, share), (donor, nets.share(donor).float()), (y, share)):
            findings, dense = (out.float() for out in nets.second(images))
            seen.append((findings.sigmoid(), zone_mean(dense.sigmoid(), regions[:, 1 : 1 + len(ZONES)])))
        for store, (_, zones) in zip((self.recipient, self.donor, self.result), seen, strict=True):
            store += list(zones.double().numpy())
        lungs, heart = anatomy_dice(share, nets.share(y).float())
        self.lungs += lungs.tolist()
        self.heart += heart.tolist()
        self.others += preservation(seen[0][0], seen[2][0], REST).tolist()


@torch.no_grad()
def run_swaps(nets: Networks, index: Index, rows: NDArray[np.int64], sampler: Sampler) -> Swaps:
    """Each row receives the opacity of another."""
    out = Swaps()
    taking, giving = pairs(rows)
    for start in range(0, len(rows), BATCH):
        some = slice(start, start + BATCH)
        x, donor = index.images(taking[some]), index.images(giving[some])
        records = [index.records[int(i)] for i in taking[some]]
        y = swap(nets, x, stated(nets, donor, sampler.severity_scale), records, sampler, seed=900 + start)
        out.add(nets, x, donor, y)
    return out


def agreement(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Correlation of two tables (n, 6) over all their zones; NaN where one of them does not vary."""
    if min(a.std(), b.std()) < 1e-9:
        return float("nan")
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def agreement_figure(name: str, a: NDArray[np.float64], b: NDArray[np.float64], note: str = "") -> Figure:
    """With an interval in which whole images are drawn again."""
    value = agreement(a, b)
    if not np.isfinite(value):
        return Figure(name, None, len(a), note="undefined: no difference between zones")
    random = np.random.default_rng(0)
    drawn = np.array([agreement(a[pick], b[pick]) for pick in random.integers(0, len(a), (500, len(a)))])
    low, high = np.quantile(drawn[np.isfinite(drawn)], [0.025, 0.975])
    return Figure(name, value, len(a), float(low), float(high), note)


def swap_section(swaps: Swaps, threshold: float) -> Section:
    """Figures of the swaps; `threshold`: the judge's local operating point, at which a zone counts as opaque."""
    n = len(swaps.lungs)
    section = Section("swaps", "Swaps: a donor's opacity, this patient's anatomy")
    if n < MINIMUM:
        section.figures = [too_few("swaps", n, MINIMUM)]
        return section
    before, donor, after = (np.stack(v) for v in (swaps.recipient, swaps.donor, swaps.result))
    differ = (before >= threshold) != (donor >= threshold)
    came = ((after >= threshold) == (donor >= threshold))[differ]
    section.figures = [
        agreement_figure("zones: result with donor", after, donor, "correlation of what the judge sees"),
        agreement_figure("zones: recipient with donor, before", before, donor),
        agreement_figure("zones: result with recipient as it was", after, before),
        share_of("zones that differed and now are as the donor's", came),
        share_of("of these, opaque in the donor", came[(donor >= threshold)[differ]]),
        share_of("of these, clear in the donor", came[(donor < threshold)[differ]]),
        mean_figure("anatomy: Dice of the lungs with the recipient's", np.array(swaps.lungs)),
        mean_figure("anatomy: Dice of the heart with the recipient's", np.array(swaps.heart)),
        mean_figure("other findings: mean change", np.array(swaps.others), "aim <= 0.08"),
    ]
    section.notes.append(f"A zone is opaque from the judge's mean of {threshold:.3g} on.")
    return section


def share_of(name: str, hits: NDArray[np.bool_]) -> Figure:
    """Share of zones; zones of one image are not independent, so the interval is somewhat narrow."""
    if len(hits) < MINIMUM:
        return too_few(name, len(hits), MINIMUM)
    low, high = mean_interval(hits.astype(np.float64))
    return Figure(name, float(hits.mean()), len(hits), low, high, "zones")


def swap_matrix(
    nets: Networks, images: Tensor, records: list[Record], sampler: Sampler, seed: int = 17
) -> tuple[Tensor, Swaps]:
    """Every image (n, 1, 256, 256) with the opacity of every one: (n, n, 1, 256, 256), recipients down, donors across.

    On the diagonal an image gets its own statement: nothing is asked, and it stays as it is, bit for bit.
    """
    severity = stated(nets, images, sampler.severity_scale)
    rows, found = [], Swaps()
    for i in range(len(images)):
        x = images[i : i + 1].repeat(len(images), 1, 1, 1)
        # Its own statement is read in the same batch as before the edit: batches differ in their last bits.
        asked = torch.where(torch.arange(len(x))[:, None] == i, stated(nets, x, sampler.severity_scale), severity)
        y = swap(nets, x, asked, [records[i]] * len(images), sampler, seed)
        others = [k for k in range(len(images)) if k != i]
        found.add(nets, x[others], images[others], y[others])
        rows.append(y)
    return torch.stack(rows), found
