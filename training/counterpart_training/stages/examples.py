"""What the denoiser trains on: a cached latent, mixed with noise, and the world it was seen in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.augment import boxes_to_map, warp
from ..data.index import Index
from ..data.statement import FOCUS, OPACITY, focus_severity, forget, image_statement, say, zone_severity
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from .latents import LatentCache, context_of, open_cache

Example = dict[str, Tensor]
"""target, latent, time, tokens, regions, inpaint, context, weight and features, each (N, ...)."""

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


def nearest_noise(latent: Tensor, candidates: int, generator: torch.Generator) -> Tensor:
    """Of `candidates` noises the one nearest to each latent (Immiscible Diffusion, arXiv 2505.18521)."""
    noise = torch.randn(candidates, *latent.shape, generator=generator)
    distance = (noise - latent).square().flatten(2).sum(2)
    best = distance.argmin(0)
    return noise[best, torch.arange(len(latent))]


def shifted_times(count: int, shift: float, generator: torch.Generator) -> Tensor:
    """Logit-normal times (N) in (0, 1), shifted toward noise: t -> s t / (1 + (s - 1) t)."""
    t = torch.sigmoid(torch.randn(count, generator=generator))
    return shift * t / (1 + (shift - 1) * t)


class Examples:
    """Examples of the training images in the latent cache; config keys as in configs/denoiser.json."""

    def __init__(self, config: dict[str, Any], index: Index, runs: Path, widen: Widen | None = None) -> None:
        self.config, self.widen = config, widen
        self.latents: LatentCache = open_cache(runs / "latents", index)
        rows = self.latents.rows
        self.records = [index.records[int(i)] for i in rows]
        self.labels, self.context = index.labels(rows), context_of(self.records)
        self.boxes = [boxes_to_map(r.opacity_boxes, GRID).round() if r.opacity_boxes else None for r in self.records]
        self.scale = float(config["severity_scale"])

    def batch(self, weights: Tensor, count: int, generator: torch.Generator) -> Example:
        """`count` examples, drawn by the weights (one a training image) with replacement."""
        pick = torch.multinomial(weights, count, replacement=True, generator=generator)
        view = torch.randint(0, self.latents.views, (count,), generator=generator)
        return self.of(pick, view, generator)

    def of(self, pick: Tensor, view: Tensor, generator: torch.Generator) -> Example:
        """The chosen images in the chosen views, with everything random drawn anew."""
        config, latents = self.config, self.latents
        z = latents.read("latent", view, pick)
        share, opacity = latents.read("share", view, pick), latents.read("opacity", view, pick)
        n, nowhere = len(z), torch.zeros(GRID, GRID)
        focused = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["focus"])).float()
        drawn = torch.stack([b if (b := self.boxes[int(i)]) is not None else nowhere for i in pick])
        moved = warp(drawn[:, None], latents.read("theta", view, pick), fill="zeros").round()
        lesions = [m if m.any() else None for m in moved[:, 0]]
        focus = random_focus(share, lesions, generator) * focused
        tokens = image_statement(zone_severity(opacity, share[:, 1:7], self.scale), self.labels[pick])
        said = tokens.clone()
        say(said, FOCUS, OPACITY, focus_severity(opacity, focus, self.scale))
        tokens = torch.where(focused.view(n, 1, 1) > 0, said, tokens)
        tokens = forget(tokens, generator, rows=0.12, findings=0.4, everything=0.1)
        filled = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["inpaint"])).float() * focused
        mask = filled * focus + (1 - filled)
        where = self.context[pick].clone()
        where[:, :5] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        where[:, 5:6] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        t = shifted_times(n, float(config["time_shift"]), generator)
        noise = nearest_noise(z, int(config["noise_candidates"]), generator)
        regions = region_maps(share, focus)
        return {
            "target": noise - z,
            "latent": (1 - t.view(n, 1, 1, 1)) * z + t.view(n, 1, 1, 1) * noise,
            "time": t.view(n, 1),
            "tokens": self.widen(tokens, z, regions) if self.widen else tokens,
            "regions": regions,
            "inpaint": torch.cat([mask, z * (1 - mask)], 1),
            "context": where,
            "weight": 1 + float(config["focus_weight"]) * focus,
            "features": latents.read("features", view, pick),
        }


def inputs_of(example: Example) -> list[Tensor]:
    """The denoiser's inputs in order, maps laid out channels last."""
    return [
        example[k].contiguous(memory_format=torch.channels_last) if example[k].ndim == 4 else example[k]
        for k in ("latent", "time", "tokens", "regions", "inpaint", "context")
    ]
