"""Does an edit do what was asked? The second reader judges: locally inside the mask, and for the whole image.

Erase: every val image with opacity boxes, mask = its boxes. Add: every val negative, mask = the boxes of another
patient, at the same place in the lungs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..blend import ends
from ..bounds import Bounds, Grey, smoothed
from ..data.augment import boxes_to_map
from ..data.index import SIZE, Box, Index, Record
from ..data.statement import FOCUS, OPACITY, focus_severity, image_statement, say, trained_severity_scale, zone_severity
from ..findings import FINDINGS, MAX_SEVERITY
from ..networks.anatomist import region_maps
from ..networks.healthy_twin import soft_cells
from ..networks.reader import GRID, pooled_opacity
from ..sampling import EXPECTED_AT, Flow, Twins, World, composed, expected, flow_from_twins, flow_in_passes, inpaint
from ..stages.latents import context_of
from . import axioms
from .ranking import auroc

ASKED = float(MAX_SEVERITY)
"""Severity asked for when adding: severe. (2.5 until release 0.7.0, when what was drawn did not depend on it.)"""


OPACITY_LIKE = frozenset(
    ("lung_opacity", "consolidation", "infiltration", "atelectasis", "edema", "pneumonia", "no_finding")
)
"""Findings that an opacity edit may rightly move."""

REST = [i for i, name in enumerate(FINDINGS) if name not in OPACITY_LIKE]
"""Columns of the findings that an opacity edit must leave alone."""

NEAR_LUNG = 0.2
"""Largest share of lung in a cell or its neighbours above which the cell is in reach of a lung finding."""


class Networks(Protocol):
    """What an edit needs; checkpoints and exported graphs both offer it. Images (N, 1, 256, 256) in [-1, 1]."""

    @property
    def denoiser(self) -> Any: ...
    def encode(self, x: Tensor) -> Tensor: ...
    def decode(self, z: Tensor) -> Tensor: ...
    def share(self, x: Tensor) -> Tensor: ...
    def opacity(self, x: Tensor) -> Tensor: ...
    def second(self, x: Tensor) -> tuple[Tensor, Tensor]: ...
    def healthy(self, z: Tensor, regions: Tensor, mask: Tensor, opacity: Tensor) -> Tensor: ...


@dataclass(frozen=True)
class Sampler:
    """How edits are sampled.

    `steps` are those of all `passes` together; each pass after the first starts from what the reader sees by then.
    `healthy`: the first starts from the healthy twin and what is seen in it; for edits that take opacity away alone.
    `repeat_above`: so does each further pass, which is made only where the first reader still sees more than this in
    the cells where it saw so much before; None for passes that are always made, and go on from where they are.
    `overshoot`: how far past the expected grey, and `undershoot`: how far from the source's the wrong way, guidance may
    take a cell whose opacity is to change, in units of [-1, 1]; None for no bounds.
    """

    name: str
    steps: int
    guidance: float
    start: float
    averages: int = 1
    shift: float = 1.0
    severity_scale: float = field(default_factory=trained_severity_scale)
    against: str = "empty"
    passes: int = 1
    healthy: bool = False
    repeat_above: float | None = None
    overshoot: float | None = None
    undershoot: float = 0.04


def feather(mask: Tensor, pixels: int = 6) -> Tensor:
    """A mask (N, 1, 256, 256) with a rim outside it that falls linearly to 0 over `pixels`, as the studio composes."""
    soft = mask
    for k in range(1, pixels):
        soft = torch.maximum(soft, (1 - k / pixels) * F.max_pool2d(mask, 2 * k + 1, stride=1, padding=k))
    return soft


def worlds(
    nets: Networks,
    x: Tensor,
    mask: Tensor,
    asked: float,
    records: list[Record],
    scale: float,
    focus: Tensor | None = None,
) -> tuple[World, World]:
    """The source's statement as read, and the same with `asked` severity inside the latent-grid mask (N, 1, 32, 32).

    What is added in a lung is added inside the lungs only: the focus of both worlds is the mask's part there. `focus`:
    that of an earlier pass, which a further one keeps, whatever the anatomist makes of the image by then.
    """
    share, opacity = nets.share(x), nets.opacity(x)
    if focus is not None:
        mask = focus
    elif asked > 0:
        mask = within_lungs(mask, share)
    nothing = torch.full((len(x), len(FINDINGS)), -1.0)
    before = image_statement(zone_severity(opacity, share[:, 1:7], scale), nothing)
    say(before, FOCUS, OPACITY, focus_severity(opacity, mask, scale))
    wished = opacity * (1 - mask) + mask * min(1.0, asked / scale)
    after = image_statement(zone_severity(wished, share[:, 1:7], scale), nothing)
    say(after, FOCUS, OPACITY, torch.full((len(x),), asked))
    regions, context = region_maps(share, mask), context_of(records)
    return World(before, regions, context), World(after, regions, context)


def within_lungs(mask: Tensor, share: Tensor) -> Tensor:
    """The part of a latent mask (N, 1, 32, 32) in or beside the lungs (N, 8, 32, 32); all of it if none is."""
    lungs = F.max_pool2d(share[:, 1:7].sum(1, keepdim=True), 3, stride=1, padding=1)
    inside = mask * (lungs > NEAR_LUNG).float()
    return torch.where(inside.amax((1, 2, 3), keepdim=True) > 0, inside, mask)


def edit(
    nets: Networks, x: Tensor, masks: Tensor, asked: float, records: list[Record], sampler: Sampler, seed: int
) -> Tensor:
    """Counterfactual images (N, 1, 256, 256): x + feathered mask * (D(e) - D(z)). masks: (N, 1, 256, 256), 0 or 1."""
    first = worlds(nets, x, latent_mask(masks), asked, records, sampler.severity_scale)

    focus = first[1].regions[:, FOCUS : FOCUS + 1]

    def again(y: Tensor) -> tuple[World, World]:
        return worlds(nets, y, latent_mask(masks), asked, records, sampler.severity_scale, focus)

    return edit_between(nets, x, masks, *first, sampler, seed, again)


def graded(
    nets: Networks,
    x: Tensor,
    masks: Tensor,
    grades: Sequence[float],
    records: list[Record],
    sampler: Sampler,
    seed: int,
) -> list[Tensor]:
    """The image at every grade of opacity inside its mask, as the studio makes them: from two edits, to 0 and to 3."""
    cells = within_lungs(latent_mask(masks), nets.share(x))
    now = focus_severity(nets.opacity(x).float(), cells, sampler.severity_scale)
    clear, severe = (edit(nets, x, masks, end, records, sampler, seed) for end in (0.0, float(MAX_SEVERITY)))
    out = []
    for grade in grades:
        end, share = (v.view(-1, 1, 1, 1) for v in ends(torch.full_like(now, grade), now))
        out.append(x + share * (torch.where(end > 0, severe, clear) - x))
    return out


def latent_mask(masks: Tensor) -> Tensor:
    """Masks (N, 1, 256, 256) on the latent grid (N, 1, 32, 32): cells covered by more than a quarter."""
    return (F.avg_pool2d(masks, SIZE // GRID) > 0.25).float()


def edit_between(
    nets: Networks,
    x: Tensor,
    masks: Tensor,
    source: World,
    target: World,
    sampler: Sampler,
    seed: int,
    again: Callable[[Tensor], tuple[World, World]] | None = None,
) -> Tensor:
    """As `edit`, from one world to another; the same world twice is a null edit.

    The latent may change in the target's focus, or where none is told, in the cells of `masks`. `again` gives the
    worlds of a further pass from the image so far; without it there is one pass.
    """
    focus = target.regions[:, FOCUS : FOCUS + 1]
    mask = torch.where(focus.amax((1, 2, 3), keepdim=True) > 0, focus, latent_mask(masks))
    z = nets.encode(x).float()
    decoded = nets.decode(z).float()
    generator = torch.Generator().manual_seed(seed)

    def image(e: Tensor) -> Tensor:
        return composed(x, feather(masks), decoded, nets.decode(e).float())

    if sampler.name != "twin-flow":
        noise = torch.randn(z.shape, generator=generator)
        return image(inpaint(nets.denoiser, z, mask, noise, target, sampler.steps, sampler.guidance, sampler.shift))
    bounds = bounds_of(nets, x, z, mask, source, target, sampler, generator)
    flow = Flow(
        steps=sampler.steps,
        guidance=sampler.guidance,
        start=sampler.start,
        generator=generator,
        shift=sampler.shift,
        averages=sampler.averages,
        against=sampler.against,
        bounds=bounds,
        passes=sampler.passes,
    )
    if sampler.healthy and sampler.repeat_above is not None and again is not None:
        twins = Twins(
            before=nets.opacity(x).float(),
            twin_of=lambda e, seen: e + nets.healthy(e, target.regions, soft_cells(mask), seen).float(),
            opacity_of=lambda e: nets.opacity(image(e)).float(),
            repeat_above=sampler.repeat_above,
        )
        return image(flow_from_twins(nets.denoiser, z, mask, twins, lambda e: again(image(e)), flow))
    first = z
    if sampler.healthy:
        first = z + nets.healthy(z, target.regions, soft_cells(mask), nets.opacity(x).float()).float()
        if again is not None:
            source, target = again(image(first))
    restated = None if again is None else lambda e: again(image(e))
    return image(flow_in_passes(nets.denoiser, first, mask, (source, target), restated, flow))


def bounds_of(
    nets: Networks,
    x: Tensor,
    z: Tensor,
    mask: Tensor,
    source: World,
    target: World,
    sampler: Sampler,
    generator: torch.Generator,
) -> Bounds | None:
    """Bounds where opacity is to change, from what the model expects there; None where it is to stay in every image."""
    asked = (target.tokens[:, FOCUS, OPACITY] - source.tokens[:, FOCUS, OPACITY]).view(-1, 1, 1, 1)
    if sampler.overshoot is None or not asked.any():
        return None
    noises = torch.randn(len(EXPECTED_AT), *z.shape, generator=generator)
    grey = Grey.fit(z, x)
    there = smoothed(grey(expected(nets.denoiser, z, mask, target, noises).float()), mask)
    return Bounds.around(grey, there, grey(z), asked, sampler.overshoot, sampler.undershoot)


@dataclass(frozen=True)
class Case:
    """One edit to make: row of the index, mask (256, 256)."""

    row: int
    mask: Tensor


def erase_cases(index: Index, rows: NDArray[np.int64]) -> list[Case]:
    return [Case(int(i), boxes_to_map(b, SIZE).round()) for i in rows if (b := index.records[int(i)].opacity_boxes)]


def add_cases(index: Index, rows: NDArray[np.int64]) -> list[Case]:
    """Negatives in order, each with the boxes of the next image that has some (another patient's, by construction).

    A box keeps its place in the lungs, not in the picture: a lesion of one patient would else often be asked for beside
    the lungs of another.
    """
    boxed = [i for i in rows if index.records[int(i)].opacity_boxes]
    negative = [i for i in rows if index.records[int(i)].opacity_boxes == ()]
    cases = []
    for k, i in enumerate(negative):
        donor, here = index.records[int(boxed[k % len(boxed)])], index.records[int(i)]
        assert donor.opacity_boxes
        boxes = tuple(carried(box, donor.lung_box, here.lung_box) for box in donor.opacity_boxes)
        cases.append(Case(int(i), boxes_to_map(boxes, SIZE).round()))
    return cases


def carried(box: Box, lungs: Box | None, others: Box | None) -> Box:
    """A box inside one lung box at the same place of another, cut at the picture's edge; as it is if one is unknown."""
    if lungs is None or others is None:
        return box
    out: list[float] = []
    for axis in (0, 1, 0, 1):
        value = box[len(out)]
        share = (value - lungs[axis]) / (lungs[axis + 2] - lungs[axis])
        out.append(min(1.0, max(0.0, others[axis] + share * (others[axis + 2] - others[axis]))))
    return out[0], out[1], out[2], out[3]


def opacity_inside(opacity: Tensor, masks: Tensor) -> Tensor:
    """Mean opacity probability (N) of maps (N, 1, 32, 32) inside masks (N, 1, 256, 256)."""
    weight = F.avg_pool2d(masks, SIZE // GRID)
    return (opacity * weight).sum((1, 2, 3)) / weight.sum((1, 2, 3)).clamp(min=1e-6)


def judge(nets: Networks, x: Tensor, masks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Local score, image-level opacity probability and the probabilities of all findings, by the second reader."""
    findings, dense = (out.float() for out in nets.second(x))
    whole = (findings[:, OPACITY] + pooled_opacity(dense)).div(2).sigmoid()
    return opacity_inside(dense.sigmoid(), masks), whole, findings.sigmoid()


def operating_point(nets: Networks, index: Index, erase: list[Case], add: list[Case]) -> tuple[float, float]:
    """Threshold of the local score, boxes against boxes on negatives (see `middle_threshold`), and its AUROC."""
    scores, truth = [], []
    for positive, cases in ((True, erase), (False, add)):
        for some in chunks(cases):
            x, masks, _ = batch_of(index, some)
            scores.append(judge(nets, x, masks)[0].double().numpy())
            truth.append(np.full(len(some), positive))
    score, label = np.concatenate(scores), np.concatenate(truth)
    return middle_threshold(score, label), auroc(score, label)


def middle_threshold(score: NDArray[np.float64], label: NDArray[np.bool_]) -> float:
    """The middle of the thresholds whose sensitivity + specificity is within a standard error of the best.

    The best alone is an accident where the optimum is flat: rounding in the judge would move it far.
    """
    thresholds = np.unique(score)
    right = np.array([[(score[label] >= t).mean(), (score[~label] < t).mean()] for t in thresholds])
    total = right.sum(1)
    best = right[int(total.argmax())]
    error = float(np.sqrt((best * (1 - best) / (label.sum(), (~label).sum())).sum()))
    good = thresholds[total >= total.max() - error]
    return float((good.min() + good.max()) / 2)


BATCH = 16
"""Edits sampled together; the noise of an edit depends on its place in its batch."""


def chunks(cases: list[Case], size: int = BATCH) -> list[list[Case]]:
    return [cases[i : i + size] for i in range(0, len(cases), size)]


def batch_of(index: Index, cases: list[Case]) -> tuple[Tensor, Tensor, list[Record]]:
    rows = np.array([c.row for c in cases])
    return index.images(rows), torch.stack([c.mask for c in cases])[:, None], [index.records[c.row] for c in cases]


@torch.no_grad()
def evaluate_edits(
    nets: Networks,
    index: Index,
    rows: NDArray[np.int64],
    samplers: dict[str, Sampler],
    limit: int | None = None,
    keep: Callable[[str, list[Case], Tensor, Tensor], None] | None = None,
    each: dict[str, list[float]] | None = None,
    made: dict[str, Tensor] | None = None,
) -> dict[str, float]:
    """Figures of erase and add over the rows. `keep` sees every batch (kind, cases, before, after), to look at it.

    `each` is filled with every edit's values, in the order of the cases. `made` holds the edited images of each kind
    (N, 1, 256, 256) from an earlier evaluation of the same rows: they are judged, and nothing is sampled.
    """
    erase, add = erase_cases(index, rows), add_cases(index, rows)
    point, local_auroc = operating_point(nets, index, erase, add)
    out = {"operating_point": point, "local_auroc": local_auroc}
    for kind, cases in (("erase", erase), ("add", add)):
        adding = kind == "add"
        values: dict[str, list[NDArray[np.float32]]] = {}
        for k, some in enumerate(chunks(cases[:limit])):
            x, masks, records = batch_of(index, some)
            if made is None:
                y = edit(nets, x, masks, ASKED if adding else 0.0, records, samplers[kind], seed=1000 + k)
            else:
                y = made[kind][BATCH * k : BATCH * k + len(some)].float()
            local0, whole0, all0 = judge(nets, x, masks)
            local1, whole1, all1 = judge(nets, y, masks)
            for name, value in {
                "local_before": local0,
                "local_after": local1,
                "image_change": whole1 - whole0,
                "other_findings_change": axioms.preservation(all0, all1, REST),
                "change_inside": axioms.mean_change(x, y, masks),
                "change_outside": axioms.outside_change(x, y, feather(masks)),
            }.items():
                values.setdefault(name, []).append(value.numpy())
            if keep:
                keep(kind, some, x, y)
        found = {name: np.concatenate(parts).astype(np.float64) for name, parts in values.items()}
        if each is not None:
            each |= {f"{kind}_{name}": [round(float(v), 4) for v in array] for name, array in found.items()}
        before, after = found["local_before"], found["local_after"]
        there, able = axioms.crossed(before, after, point, adding)
        out |= {
            f"{kind}_n": float(len(before)),
            f"{kind}_asked_way": float((after > before if adding else after < before).mean()),
            f"{kind}_crossed": float(there.mean()),
            f"{kind}_crossed_of_able": float(there.sum() / max(1, able.sum())),
            **{f"{kind}_{name}": float(v.max() if name == "change_outside" else v.mean()) for name, v in found.items()},
        }
    return out
