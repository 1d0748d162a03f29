"""Edits under way: the states that twin flows pass through, of training images, with statements as users ask them."""

from typing import Any

import torch
from torch import Tensor

from ..bounds import Bounds, Grey, smoothed
from ..data.augment import warp
from ..data.index import Index
from ..data.statement import (
    ANYWHERE,
    FOCUS,
    HOMES,
    KNOWN,
    OPACITY,
    focus_severity,
    forget,
    image_statement,
    say,
    zone_severity,
)
from ..evaluation.edits import OPACITY_LIKE, within_lungs
from ..findings import FINDINGS, MAX_SEVERITY, REGIONS
from ..networks.anatomist import region_maps
from ..networks.denoiser import Denoiser
from ..networks.reader import GRID
from ..networks.twin import Velocities
from ..precision import autocast
from ..sampling import EXPECTED_AT, World, expected
from .examples import Examples, random_focus

Edits = dict[str, Tensor]
"""latent and moved (N, 8, 32, 32), mask, low and high (N, 1, 32, 32), source and target (N, 10, 32), regions, context;
guidance (N, 1, 1, 1); steps, done and passes (N)."""

REST = [k for k, name in enumerate(FINDINGS) if name not in OPACITY_LIKE]
"""Findings that are asked for by their own columns; the other edits ask for opacity."""


def asked_severity(before: Tensor, generator: torch.Generator) -> Tensor:
    """What is asked (N) where `before` (N) is read: two fifths cleared, two fifths made worse, the rest graded freely.

    What is clear already is made worse instead of cleared.
    """
    kind, size = torch.rand(2, len(before), generator=generator)
    worse = 1.5 + 1.5 * size
    asked = torch.where(kind < 0.8, worse, MAX_SEVERITY * size)
    return torch.where((kind < 0.4) & (before >= 0.3), torch.zeros_like(before), asked)


def opacity_statements(
    opacity: Tensor, share: Tensor, focus: Tensor, labels: Tensor, asked: Tensor, scale: float
) -> tuple[Tensor, Tensor]:
    """Source and target (N, 10, 32) of an edit that asks for opacity `asked` (N) inside `focus` (N, 1, 32, 32)."""
    wanted = (asked / scale).clamp(max=1).view(-1, 1, 1, 1)
    wished = opacity * (1 - focus) + focus * wanted
    before = image_statement(zone_severity(opacity, share[:, 1:7], scale), labels)
    after = image_statement(zone_severity(wished, share[:, 1:7], scale), labels)
    say(before, FOCUS, OPACITY, focus_severity(opacity, focus, scale))
    say(after, FOCUS, OPACITY, asked)
    return before, after


def finding_statements(before: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Source and target of edits that bring or clear one other finding each, beside what `before` (N, 10, 32) says."""
    n = len(before)
    source, target = before.clone(), before.clone()
    chosen = torch.tensor(REST)[torch.randint(0, len(REST), (n,), generator=generator)]
    degree = (1 + 2 * torch.rand(n, generator=generator)) / MAX_SEVERITY
    brought = torch.rand(n, generator=generator) < 0.6
    for i in range(n):
        k = int(chosen[i])
        rows = [ANYWHERE] + ([REGIONS.index(HOMES[FINDINGS[k]])] if FINDINGS[k] in HOMES else [])
        for tokens, there in ((source, not brought[i]), (target, brought[i])):
            tokens[i, rows, k] = degree[i] if there else 0.0
            tokens[i, rows, KNOWN + k] = 1
    return source, target


def mean_grey(index: Index, examples: Examples, count: int = 256) -> Grey:
    """Grey of a cell over `count` training images at once: close enough to hold the flows of training."""
    item = torch.linspace(0, len(examples.records) - 1, count).long()
    z = examples.latents.read("latent", torch.zeros_like(item), item)
    x = index.images(examples.latents.rows[item.numpy()])
    return Grey.fit(z.transpose(0, 1).reshape(1, 8, -1, GRID), x.reshape(1, 1, -1, x.shape[-1]))


class EditFlows:
    """A pool of twin flows, each at its own time. Where one ends, another begins: of the image so far, or of a new one.

    Config keys as in configs/distil.json.
    """

    def __init__(
        self, config: dict[str, Any], examples: Examples, weights: Tensor, teacher: Denoiser, grey: Grey
    ) -> None:
        self.config, self.examples, self.weights, self.teacher = config, examples, weights, teacher
        self.grey = grey
        self.edits: Edits = {}

    def begin(self, generator: torch.Generator) -> None:
        """Fills the pool, with flows at all stages of their way still to come."""
        self.edits = self.started(int(self.config["pool"]), generator)

    @torch.no_grad()
    def drawn(self, count: int, generator: torch.Generator) -> Edits:
        """New edits of training images, in what would be their first pass."""
        examples, config = self.examples, self.config
        latents, scale = examples.latents, examples.scale
        pick = torch.multinomial(self.weights, count, replacement=True, generator=generator)
        view = torch.randint(0, latents.views, (count,), generator=generator)
        z, share = latents.read("latent", view, pick), latents.read("share", view, pick)
        opacity = latents.read("opacity", view, pick)
        focus = self.focused(pick, latents.read("theta", view, pick), share, generator)
        labels = examples.labels[pick].clone()
        labels[:, [k for k in range(len(FINDINGS)) if k not in REST]] = -1
        labels[torch.rand(count, generator=generator) < 0.5] = -1

        asked = asked_severity(focus_severity(opacity, focus, scale), generator)
        raised = (asked > 0).view(-1, 1, 1, 1)
        focus = torch.where(raised, within_lungs(focus, share), focus)
        source, target = opacity_statements(opacity, share, focus, labels, asked, scale)
        other = torch.rand(count, generator=generator) < float(config["other_findings"])
        brought = finding_statements(source, generator)
        source = torch.where(other.view(-1, 1, 1), brought[0], source)
        target = torch.where(other.view(-1, 1, 1), brought[1], target)
        kept = forget(torch.ones_like(source), generator, rows=0.1, findings=0.2, everything=0)
        kept[:, FOCUS] = 1
        kept = torch.where(other.view(-1, 1, 1), torch.ones_like(kept), kept)

        edits = {
            "latent": z,
            "mask": focus,
            "source": source * kept,
            "target": target * kept,
            "regions": region_maps(share, focus),
            "context": examples.context[pick],
        }
        return {**edits, **self.bounded(edits, generator)}

    def focused(self, pick: Tensor, theta: Tensor, share: Tensor, generator: torch.Generator) -> Tensor:
        """Masks (N, 1, 32, 32): half of the images with boxes get these, all others a mask as users draw them."""
        nowhere = torch.zeros(GRID, GRID)
        boxes = torch.stack([b if (b := self.examples.boxes[int(i)]) is not None else nowhere for i in pick])
        lesions = warp(boxes[:, None], theta, fill="zeros").round()
        drawn = random_focus(share, [None] * len(pick), generator)
        own = (lesions.amax((1, 2, 3)) > 0) & (torch.rand(len(pick), generator=generator) < 0.5)
        return torch.where(own.view(-1, 1, 1, 1), lesions, drawn)

    def bounded(self, edits: Edits, generator: torch.Generator) -> Edits:
        """The bounds of edits, from what the teacher expects inside their masks."""
        world = World(edits["target"], edits["regions"], edits["context"])
        noises = torch.randn(len(EXPECTED_AT), *edits["latent"].shape, generator=generator)
        with autocast():
            there = expected(self.teacher, edits["latent"], edits["mask"], world, noises)
        there = smoothed(self.grey(there.float()), edits["mask"])
        asked = (edits["target"] - edits["source"])[:, FOCUS, OPACITY].view(-1, 1, 1, 1)
        now = self.grey(edits["latent"])
        over, under = float(self.config["overshoot"]), float(self.config["undershoot"])
        bounds = Bounds.around(self.grey, there, now, asked, over, under)
        return {"low": bounds.low, "high": bounds.high}

    def started(self, count: int, generator: torch.Generator) -> Edits:
        """New edits at the start of flows, with the guidance and the number of steps that each will have."""
        edits = self.drawn(count, generator)
        return {
            **edits,
            **self.scheduled(count, generator),
            "moved": edits["latent"].clone(),
            "passes": torch.ones(count),
        }

    def scheduled(self, count: int, generator: torch.Generator) -> Edits:
        low, high = (float(v) for v in self.config["guidance"])
        few, many = (int(v) for v in self.config["steps"])
        return {
            "guidance": low + (high - low) * torch.rand(count, 1, 1, 1, generator=generator),
            "steps": torch.randint(few, many + 1, (count,), generator=generator).float(),
            "done": torch.zeros(count),
        }

    def taken(self, count: int, generator: torch.Generator) -> Tensor:
        """Indices of `count` flows that are under way, none twice."""
        pick = torch.randperm(len(self.edits["done"]), generator=generator)[:count]
        over = pick[self.edits["done"][pick] >= self.edits["steps"][pick]]
        if len(over):
            self.restart(over, generator)
        return pick

    def restart(self, over: Tensor, generator: torch.Generator) -> None:
        """A share goes on from where it ended, with part of the way to the statement behind it; the rest begin anew."""
        on = torch.rand(len(over), generator=generator) < float(self.config["second_pass"])
        on &= self.edits["passes"][over] == 1
        again, new = over[on], over[~on]
        if len(again):
            way = torch.rand(len(again), 1, 1, generator=generator)
            self.edits["source"][again] = torch.lerp(self.edits["source"][again], self.edits["target"][again], way)
            self.edits["latent"][again] = self.edits["moved"][again]
            self.edits["passes"][again] = 2
            for name, values in self.scheduled(len(again), generator).items():
                self.edits[name][again] = values
        if len(new):
            for name, values in self.started(len(new), generator).items():
                self.edits[name][new] = values

    def state(self, pick: Tensor, generator: torch.Generator) -> Edits:
        """The picked edits with time (N, 1), next (N, 1), z_t as `factual` and z*_t as `other`."""
        here = {name: values[pick] for name, values in self.edits.items()}
        start = float(self.config["start"])
        z, e = here["latent"], here["moved"]
        time = start * (1 - here["done"] / here["steps"])
        after = start * (1 - (here["done"] + 1) / here["steps"])
        t = time.view(-1, 1, 1, 1)
        factual = (1 - t) * z + t * torch.randn(z.shape, generator=generator)
        paths = {"factual": factual, "other": factual + e - z}
        return {**here, **paths, "time": time.view(-1, 1), "next": after.view(-1, 1)}

    def advance(self, pick: Tensor, state: Edits, velocities: Velocities) -> None:
        """One Euler step of the picked flows, guided and held by the bounds as in the sampler."""
        t, s = state["time"].view(-1, 1, 1, 1), state["next"].view(-1, 1, 1, 1)
        other, mask, told = state["other"], state["mask"], velocities.told
        bounds = Bounds(self.grey, state["low"], state["high"])
        held = bounds.held(other - t * told, other - t * velocities.guided(state["guidance"]))
        e = state["moved"] + (s - t) * velocities.change((other - held) / t)
        self.edits["moved"][pick] = mask * e + (1 - mask) * state["latent"]
        self.edits["done"][pick] += 1
