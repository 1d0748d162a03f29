"""Edits of real images, measured by every axiom, image by image."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import SIZE, Index, Record
from ..data.statement import FOCUS
from ..networks.reader import GRID
from ..sampling import World
from . import axioms
from .degrade import blur
from .edits import (
    ASKED,
    REST,
    Case,
    Networks,
    Sampler,
    batch_of,
    chunks,
    edit,
    edit_between,
    feather,
    judge,
    latent_mask,
    worlds,
)

REFERENCE_BLUR = 6.0
"""Pixels: a change that is certainly local, to see how far the judge's map spreads one."""

NULL_EDITS = 16
"""So many null edits are sampled: each is exact or not, more say nothing new."""

Keep = Callable[[str, list[Case], Tensor, Tensor], None]


@dataclass
class Audit:
    """Values an image (n each) by name, the edited rows, and images before and after as features need them."""

    kind: str
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[float]] = field(default_factory=dict)
    before: list[Tensor] = field(default_factory=list)
    after: list[Tensor] = field(default_factory=list)

    def note(self, name: str, values: Tensor) -> None:
        self.values.setdefault(name, []).extend(values.double().flatten().tolist())

    def array(self, name: str) -> NDArray[np.float64]:
        return np.array(self.values.get(name, []), dtype=np.float64)


@torch.no_grad()
def audit_edits(
    nets: Networks,
    index: Index,
    cases: list[Case],
    kind: str,
    samplers: dict[str, Sampler],
    limit: int | None,
    keep: Keep | None,
) -> Audit:
    """Makes each edit, undoes it, and notes the axioms' raw values. kind: 'erase' or 'add'; `samplers` of both."""
    out = Audit(kind)
    asked = ASKED if kind == "add" else 0.0
    sampler = samplers[kind]
    # What was added is taken away from the film as it is: its healthy twin has nothing to go back to.
    back = samplers.get("remove", samplers["erase"]) if kind == "add" else samplers["add"]
    for k, some in enumerate(chunks(cases[:limit])):
        x, masks, records = batch_of(index, some)
        source, target = worlds(nets, x, latent_mask(masks), asked, records, sampler.severity_scale)
        y = edit(nets, x, masks, asked, records, sampler, seed=1000 + k)
        out.rows += [c.row for c in some]
        out.before.append(x)
        out.after.append(y)
        note_judgement(out, nets, x, y, masks)
        note_anatomy(out, nets, x, y)
        out.note("outside", axioms.outside_change(x, y, feather(masks)))
        out.note("localisation", axioms.localisation(x, y, masks))
        out.note("change", axioms.mean_change(x, y))
        out.note("change_inside", axioms.mean_change(x, y, masks))
        undone = undo(nets, y, masks, source, target, records, back, seed=1000 + k)
        out.note("undone_error", axioms.mean_change(x, undone, masks))
        out.note("autoencoder_error", axioms.mean_change(x, nets.decode(nets.encode(x)).clamp(-1, 1), masks))
        if len(out.array("composition")) < NULL_EDITS:
            null = edit_between(nets, x, masks, source, source, sampler, seed=9000 + k)
            out.note("composition", axioms.composition(x, null))
        if keep:
            keep(kind, some, x, y)
    return out


def undo(
    nets: Networks,
    y: Tensor,
    masks: Tensor,
    source: World,
    target: World,
    records: list[Record],
    sampler: Sampler,
    seed: int,
) -> Tensor:
    """The edited image from the statement that was asked for (`target`) back to the original's, with the same noise.

    `sampler`: of edits of that direction. A further pass starts from what is read by then.
    """
    focus = source.regions[:, FOCUS : FOCUS + 1]

    def again(image: Tensor) -> tuple[World, World]:
        read, _ = worlds(nets, image, focus, 0.0, records, sampler.severity_scale)
        return read, World(source.tokens, read.regions, read.context)

    read, original = again(y)
    return edit_between(
        nets, y, masks, World(target.tokens, read.regions, read.context), original, sampler, seed, again
    )


def note_judgement(out: Audit, nets: Networks, x: Tensor, y: Tensor, masks: Tensor) -> None:
    local0, whole0, all0 = judge(nets, x, masks)
    local1, whole1, all1 = judge(nets, y, masks)
    for name, value in (("local_before", local0), ("local_after", local1), ("whole_change", whole1 - whole0)):
        out.note(name, value)
    out.note("preservation", axioms.preservation(all0, all1, REST))
    cells = F.avg_pool2d(masks, SIZE // GRID)
    dense0, dense1 = nets.second(x)[1].float(), nets.second(y)[1].float()
    out.note("judged_localisation", axioms.judged_localisation(dense0, dense1, cells))
    blurred = x + feather(masks) * (blur(x, REFERENCE_BLUR) - x)
    out.note("blur_localisation", axioms.judged_localisation(dense0, nets.second(blurred)[1].float(), cells))


def note_anatomy(out: Audit, nets: Networks, x: Tensor, y: Tensor) -> None:
    lungs, heart = axioms.anatomy_dice(nets.share(x), nets.share(y))
    out.note("dice_lungs", lungs)
    out.note("dice_heart", heart)
