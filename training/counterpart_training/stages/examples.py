"""What the denoiser trains on: a cached latent, mixed with noise, and the world it was seen in."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..data.augment import boxes_to_map, warp
from ..data.index import Index
from ..data.statement import (
    ANYWHERE,
    FOCUS,
    OPACITY,
    focus_severity,
    forget,
    image_statement,
    place,
    say,
    zone_severity,
)
from ..evaluation.edits import OPACITY_LIKE
from ..evaluation.groups import group_of, rarest_group
from ..findings import FINDINGS, REGIONS
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from .curriculum import NEVER, ORDER
from .drawings import PAIR, Drawings, drawn_findings
from .latents import LatentCache, context_of, open_cache
from .moved_zones import open_moved_zones

Example = dict[str, Tensor]
"""target, latent, time, tokens, regions, inpaint, context, weight, features, group and drawn, each (N, ...).

The last: 1 where a finding was drawn."""

MOST, LITTLE = 0.5, 0.05
"""Of what was drawn, so much under a mask is meant by what is said of it, and so little is not."""

Widen = Callable[[Tensor, Tensor, Tensor], Tensor]
"""(tokens, clean latent, regions) -> tokens with more columns."""


def random_focus(share: Tensor, boxes: list[Tensor | None], generator: torch.Generator) -> Tensor:
    """Masks (N, 1, 32, 32) as users draw them: the lesion's box, a zone, or an ellipse centred in the lungs."""
    n = len(share)
    out = torch.zeros(n, 1, GRID, GRID)
    line = torch.arange(GRID, dtype=torch.float32)
    kinds = torch.rand(n, generator=generator)
    lungs = share[:, 1:7].sum(1).flatten(1) + 1e-3
    centres = torch.multinomial(lungs, 1, generator=generator).squeeze(1)
    radii = 2 + 6 * torch.rand(n, 2, generator=generator)
    zone = torch.randint(1, 7, (n,), generator=generator)
    for i in range(n):
        box = boxes[i]
        if box is not None and kinds[i] < 0.3:
            out[i, 0] = box
        elif kinds[i] < 0.5:
            out[i, 0] = (share[i, zone[i]] > 0.5).float()
        else:
            cy, cx = float(centres[i] // GRID), float(centres[i] % GRID)
            distance = ((line[:, None] - cy) / radii[i, 0]).square() + ((line[None, :] - cx) / radii[i, 1]).square()
            out[i, 0] = (distance < 1).float()
    return out


def shifted_times(count: int, shift: float, generator: torch.Generator) -> Tensor:
    """Logit-normal times (N) in (0, 1), shifted toward noise: t -> s t / (1 + (s - 1) t)."""
    t = torch.sigmoid(torch.randn(count, generator=generator))
    return shift * t / (1 + (shift - 1) * t)


@dataclass(frozen=True)
class Shares:
    """What a batch is made of: shares of moved zones and of drawings, and how often each drawing comes (drawings)."""

    moved: float
    drawn: float
    drawings: Tensor


def under_focus(placed: Tensor, drawn: Tensor, focus: Tensor) -> Tensor:
    """Severities by region and finding (N, regions, findings), said of the focus as far as the mask tells it.

    As they are where most of a drawing (N, 1, 32, 32) lies under the mask, 0 where none of it does, not known else.
    """
    covered = (focus * drawn).sum((1, 2, 3)) / drawn.sum((1, 2, 3)).clamp(min=1e-3)
    out = placed.clone()
    present = placed[:, FOCUS] > 0
    told = torch.where(covered >= MOST, 1.0, torch.where(covered <= LITTLE, 0.0, -1.0))[:, None]
    out[:, FOCUS] = torch.where(present, torch.where(told > 0, placed[:, FOCUS], told), placed[:, FOCUS])
    return out


@dataclass(frozen=True)
class Seen:
    """Radiographs out of a cache, (N, ...) each: latent, shares of the regions, opacity, where it lies, labels.

    `placed`: severities by region and finding (N, regions, findings), -1 where nobody said; `drawn` (N, 1, 32, 32):
    where one of them was drawn, or would be; `group` (N): place in ORDER of what is learnt from it.
    """

    latent: Tensor
    share: Tensor
    opacity: Tensor
    features: Tensor
    lesion: Tensor
    labels: Tensor
    context: Tensor
    placed: Tensor
    drawn: Tensor
    group: Tensor

    @staticmethod
    def together(parts: list["Seen"]) -> "Seen":
        """All parts, one after the other."""
        return Seen(*(torch.cat([getattr(part, f.name) for part in parts]) for f in fields(Seen)))


class Examples:
    """Examples of the training images in the latent cache; config keys as in configs/denoiser.json.

    `moved_zones`, where given: the share of examples that have one zone of another's lungs set in; `moved_into_clear`:
    the share of these whose image has no boxes of its own. `drawings`: the share that have a finding drawn, or are the
    film before it was, half each; `drawn_findings`: which findings, where not all.
    """

    def __init__(self, config: dict[str, Any], index: Index, runs: Path, widen: Widen | None = None) -> None:
        self.config, self.widen = config, widen
        self.latents: LatentCache = open_cache(runs / "latents", index)
        rows = self.latents.rows
        self.records = [index.records[int(i)] for i in rows]
        self.labels, self.context = index.labels(rows), context_of(self.records)
        self.groups = torch.tensor([ORDER.index(rarest_group(r.labels)) for r in self.records])
        nowhere = torch.zeros(GRID, GRID)
        self.boxes = [boxes_to_map(r.opacity_boxes, GRID).round() if r.opacity_boxes else nowhere for r in self.records]
        self.scale = float(config["severity_scale"])
        self.moved_share = float(config.get("moved_zones", 0))
        self.moved = open_moved_zones(runs / "moved-zones") if self.moved_share else None
        self.moved_item = torch.zeros(0, dtype=torch.long)
        self.moved_weights = torch.zeros(0)
        if self.moved:
            self.moved_item = torch.from_numpy(np.searchsorted(rows, self.moved.rows))
            clear = torch.tensor([index.records[int(i)].opacity_boxes == () for i in self.moved.rows])
            share = float(config["moved_into_clear"])
            self.moved_weights = torch.where(clear, share / clear.sum(), (1 - share) / (~clear).sum())
        self.drawn_share = float(config.get("drawings", 0))
        self.drawings = Drawings(runs / "drawings", index) if self.drawn_share else None
        learnt, drawn = drawn_findings(config), self.drawings.findings if self.drawings else []
        places = [ORDER.index(group_of(finding)) if finding in learnt else NEVER for finding in drawn]
        self.drawing_groups = torch.tensor(places, dtype=torch.long)
        if drawn and not (self.drawing_groups != NEVER).any():
            raise ValueError(f"no drawing is of {', '.join(learnt)}: draw them with `node bench/drawnFilms.mjs`")

    def batch(self, weights: Tensor, count: int, generator: torch.Generator, shares: Shares | None = None) -> Example:
        """`count` examples, drawn by the weights (one a training image) with replacement."""
        shares = shares or self.shares()
        kind = torch.rand(count, generator=generator)
        moved = int((kind < shares.moved).sum()) if self.moved else 0
        drawn = int((kind >= 1 - shares.drawn).sum()) if self.drawings else 0
        parts: list[Seen] = []
        if moved + drawn < count:
            pick = torch.multinomial(weights, count - moved - drawn, replacement=True, generator=generator)
            parts.append(self.see(pick, torch.randint(0, self.latents.views, (len(pick),), generator=generator)))
        if self.moved and moved:
            item = torch.multinomial(self.moved_weights, moved, replacement=True, generator=generator)
            view = torch.randint(0, self.moved.views, (moved,), generator=generator)
            parts.append(self.see_moved(self.moved, item, view))
        if self.drawings and drawn:
            item = torch.multinomial(shares.drawings, drawn, replacement=True, generator=generator)
            parts.append(self.see_drawn(self.drawings, item, generator))
        return self.noised(Seen.together(parts), generator)

    def shares(self) -> Shares:
        """Shares of a batch as configured, every drawing that is learnt from as often as any other."""
        return Shares(self.moved_share, self.drawn_share, (self.drawing_groups != NEVER).float())

    def of(self, pick: Tensor, view: Tensor, generator: torch.Generator) -> Example:
        """The chosen images in the chosen views, with everything random drawn anew."""
        return self.noised(self.see(pick, view), generator)

    def see(self, pick: Tensor, view: Tensor) -> Seen:
        """Images as they are, in the chosen views."""
        latents = self.latents
        drawn = torch.stack([self.boxes[int(i)] for i in pick])
        lesion = warp(drawn[:, None], latents.read("theta", view, pick), fill="zeros").round()
        return self.read(latents, pick, view, lesion, self.labels[pick], self.context[pick], self.groups[pick])

    def see_moved(self, moved: LatentCache, item: Tensor, view: Tensor) -> Seen:
        """Images into which a zone of another was set, by their place in their cache, in the chosen views."""
        lesion, labels = moved.read("lesion", view, item).round(), moved.read("labels", view, item)
        group = torch.full((len(item),), ORDER.index("head"))
        return self.read(moved, item, view, lesion, labels, self.context[self.moved_item[item]], group)

    def see_drawn(self, drawings: Drawings, item: Tensor, generator: torch.Generator) -> Seen:
        """Films with a finding drawn on them, or before that (half each), in a view of the cache.

        Where regions and opacity are read off either film of the pair, for both are met: what is to be drawn is asked
        on the film before, what is to go on the film after.
        """
        cache, n = drawings.cache, len(item)
        view = torch.randint(0, cache.views, (n,), generator=generator)

        def of(name: str, second: Tensor) -> Tensor:
            pair = [cache.read(f"{name}_{which}", view, item) for which in PAIR]
            return torch.where(second.view(n, 1, 1, 1), pair[1], pair[0])

        drawn, share, opacity = (torch.rand(n, generator=generator) < 0.5 for _ in range(3))
        labels = drawings.labels[item].clone()
        for k, (i, has) in enumerate(zip(item.tolist(), drawn.tolist(), strict=True)):
            labels[k, drawings.drawings[i].finding] = int(has)
            if has:
                labels[k, FINDINGS.index("no_finding")] = 0
                if drawings.findings[i] in OPACITY_LIKE and labels[k, OPACITY] == 0:
                    # A film without opacity has some now, or has not: nobody looked.
                    labels[k, OPACITY] = -1
        where = cache.read("where", view, item)
        return Seen(
            of("latent", drawn),
            of("share", share),
            of("opacity", opacity),
            of("features", drawn),
            (where > 0.5).float(),
            labels,
            context_of([drawings.records[i] for i in item.tolist()]),
            drawings.severities(item, drawn),
            where,
            self.drawing_groups[item],
        )

    @staticmethod
    def read(
        latents: LatentCache,
        item: Tensor,
        view: Tensor,
        lesion: Tensor,
        labels: Tensor,
        context: Tensor,
        group: Tensor,
    ) -> Seen:
        """What a cache holds of some (item, view) pairs, with what is known beside it."""
        latent, share, opacity, features = (
            latents.read(name, view, item) for name in ("latent", "share", "opacity", "features")
        )
        unsaid = torch.full((len(item), len(REGIONS), len(FINDINGS)), -1.0)
        return Seen(latent, share, opacity, features, lesion, labels, context, unsaid, torch.zeros_like(lesion), group)

    def noised(self, seen: Seen, generator: torch.Generator) -> Example:
        """What the denoiser is given and asked, with masks, statements, times and noise drawn anew."""
        config, z, share = self.config, seen.latent, seen.share
        n = len(z)
        focused = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["focus"])).float()
        focus = random_focus(share, [m if m.any() else None for m in seen.lesion[:, 0]], generator) * focused
        tokens = image_statement(zone_severity(seen.opacity, share[:, 1:7], self.scale), seen.labels)
        placed = under_focus(seen.placed, seen.drawn, focus)
        placed[:, FOCUS] = torch.where(focused.view(n, 1) > 0, placed[:, FOCUS], -1)
        tokens = place(tokens, placed)
        said = tokens.clone()
        say(said, FOCUS, OPACITY, focus_severity(seen.opacity, focus, self.scale))
        tokens = torch.where(focused.view(n, 1, 1) > 0, said, tokens)
        tokens = forget(tokens, generator, rows=0.12, findings=0.4, everything=0.1)
        filled = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["inpaint"])).float() * focused
        mask = filled * focus + (1 - filled)
        where = seen.context.clone()
        where[:, :5] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        where[:, 5:6] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        t = shifted_times(n, float(config["time_shift"]), generator)
        noise = torch.randn(z.shape, generator=generator)
        regions = region_maps(share, focus)
        return {
            "target": noise - z,
            "latent": (1 - t.view(n, 1, 1, 1)) * z + t.view(n, 1, 1, 1) * noise,
            "time": t.view(n, 1),
            "tokens": self.widen(tokens, z, regions) if self.widen else tokens,
            "regions": regions,
            "inpaint": torch.cat([mask, z * (1 - mask)], 1),
            "context": where,
            "weight": 1 + float(config["focus_weight"]) * focus + float(config.get("drawn_weight", 0)) * seen.drawn,
            "features": seen.features,
            "group": seen.group,
            "drawn": (seen.placed[:, ANYWHERE] > 0).any(1).float(),
        }


def inputs_of(example: Example) -> list[Tensor]:
    """The denoiser's inputs in order, maps laid out channels last."""
    return [
        example[k].contiguous(memory_format=torch.channels_last) if example[k].ndim == 4 else example[k]
        for k in ("latent", "time", "tokens", "regions", "inpaint", "context")
    ]
