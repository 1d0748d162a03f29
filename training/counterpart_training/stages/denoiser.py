"""Denoiser: rectified flow on cached latents, conditioned on statement, mask, zones and context."""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.augment import boxes_to_map, warp
from ..data.index import load_index
from ..data.statement import FOCUS, OPACITY, focus_severity, forget, image_statement, say, zone_severity
from ..networks.anatomist import region_maps
from ..networks.denoiser import Denoiser
from ..networks.reader import GRID
from .latents import FEATURES, LatentCache, context_of, open_cache
from .loop import Metrics, Run
from .muon import muon_for
from .reader import sampling_weights


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


def train_denoiser(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the denoiser; config keys as in configs/denoiser.json."""
    index = load_index(cache)
    latents: LatentCache = open_cache(folder.parent / "latents", index)
    rows = latents.rows
    records = [index.records[int(i)] for i in rows]
    labels, context = index.labels(rows), context_of(records)
    boxes = [boxes_to_map(r.opacity_boxes, GRID).round() if r.opacity_boxes else None for r in records]
    weights = sampling_weights(index.records, rows, config["sources"])
    scale = float(config["severity_scale"])
    model = Denoiser(int(config["width"]))
    align = nn.Conv2d(4 * int(config["width"]), FEATURES, 1)
    whole = nn.ModuleDict({"denoiser": model, "align": align})
    optimiser = muon_for(
        whole, config["lr"], config["adam_lr"], edges=("stem", "head", "embed.", "align", "token_first")
    )
    half_life = float(config["half_life"])
    run = Run(folder, config, whole, optimiser, minutes, int(config["seed"]), half_life)
    batch, nowhere = int(config["batch"]), torch.zeros(GRID, GRID)

    def example(generator: torch.Generator, pick: Tensor, view: Tensor) -> dict[str, Tensor]:
        z = latents.read("latent", view, pick)
        share, opacity = latents.read("share", view, pick), latents.read("opacity", view, pick)
        n = len(z)
        focused = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["focus"])).float()
        drawn = torch.stack([b if (b := boxes[int(i)]) is not None else nowhere for i in pick])
        moved = warp(drawn[:, None], latents.read("theta", view, pick), fill="zeros").round()
        lesions = [m if m.any() else None for m in moved[:, 0]]
        focus = random_focus(share, lesions, generator) * focused
        tokens = image_statement(zone_severity(opacity, share[:, 1:7], scale), labels[pick])
        said = tokens.clone()
        say(said, FOCUS, OPACITY, focus_severity(opacity, focus, scale))
        tokens = torch.where(focused.view(n, 1, 1) > 0, said, tokens)
        tokens = forget(tokens, generator, rows=0.12, findings=0.4, everything=0.1)
        filled = (torch.rand(n, 1, 1, 1, generator=generator) < float(config["inpaint"])).float() * focused
        mask = filled * focus + (1 - filled)
        where = context[pick].clone()
        where[:, :5] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        where[:, 5:6] *= (torch.rand(n, 1, generator=generator) >= 0.15).float()
        t = shifted_times(n, float(config["time_shift"]), generator)
        noise = nearest_noise(z, int(config["noise_candidates"]), generator)
        mixed = (1 - t.view(n, 1, 1, 1)) * z + t.view(n, 1, 1, 1) * noise
        return {
            "target": noise - z,
            "latent": mixed,
            "time": t.view(n, 1),
            "tokens": tokens,
            "regions": region_maps(share, focus),
            "inpaint": torch.cat([mask, z * (1 - mask)], 1),
            "context": where,
            "weight": 1 + float(config["focus_weight"]) * focus,
            "features": latents.read("features", view, pick),
        }

    def run_model(e: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        inputs = [
            e[k].contiguous(memory_format=torch.channels_last) if e[k].ndim == 4 else e[k]
            for k in ("latent", "time", "tokens", "regions", "inpaint", "context")
        ]
        with torch.autocast("cpu", torch.bfloat16):
            velocity, middle = model.with_middle(*inputs)
            aligned = align(middle)
        return velocity.float(), aligned.float()

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        pick = torch.multinomial(weights, batch, replacement=True, generator=generator)
        view = torch.randint(0, latents.views, (batch,), generator=generator)
        e = example(generator, pick, view)
        velocity, aligned = run_model(e)
        error = (velocity - e["target"]).square()
        flow = error.mean()
        weighted = (error * e["weight"]).mean() / e["weight"].mean()
        likeness = 1 - F.cosine_similarity(aligned, e["features"], dim=1).mean()
        return weighted + float(config["align"]) * likeness, {"flow": flow.item(), "align": likeness.item()}

    return run.train(batch_loss, batch, None)
