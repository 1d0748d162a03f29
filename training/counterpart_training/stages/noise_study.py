"""Does searching the initial noise help tail classes? Plain, best of N, neighbours and gradient ascent compared.

Every method spends the same number of velocity evaluations a kept image. The first reader's logit is climbed; the
second reader, which nothing climbed, says whether the finding is there, also through a blur that an adversarial texture
would not survive, and the anatomist says how wide the heart is. All kept images stay in the run's folder, to look at.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from ..data.index import Index, load_index
from ..data.statement import image_statement, zone_severity
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.degrade import blur
from ..evaluation.diversity import vendi
from ..evaluation.features import Describer, Standardiser
from ..evaluation.groups import carries
from ..evaluation.sheet import write_sheet
from ..findings import FINDINGS
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast
from ..sampling import World, generate
from ..search import Found, climb_noise, search_noise
from .latents import context_of

Part = dict[str, Any]

SOFT = 1.5
"""Pixels of blur through which the second reader judges again."""


def rows_like(index: Index, finding: str, count: int, seed: int) -> list[int]:
    """Training images that carry the finding, in random order, again where there are too few."""
    rows = [int(i) for i in index.where("train") if carries(index.records[int(i)].labels, (finding,))]
    order = np.random.default_rng(seed).permutation(rows)
    return [int(order[k % len(order)]) for k in range(count)] if rows else []


def world_of(nets: CheckpointNetworks, index: Index, row: int, scale: float) -> World:
    """The statement, layout and context of one image, to be sampled anew."""
    x = index.images(np.array([row]))
    share, opacity = nets.share(x).float(), nets.opacity(x).float()
    tokens = image_statement(zone_severity(opacity, share[:, 1:7], scale), index.labels(np.array([row])))
    return World(tokens, region_maps(share, torch.zeros(1, 1, GRID, GRID)), context_of([index.records[row]]))


def study_noise(config: Part, cache: Path, folder: Path, minutes: float) -> None:
    """Runs configs/noise-study.json, finding by finding within `minutes`; writes results.json, images and sheets.

    A sheet has the real images whose statements were sampled in its first row, then a row a method. Findings of an
    earlier call stay in results.json.
    """
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent)
    assert nets.denoiser is not None and nets.judge is not None
    model, describe = nets.denoiser, Describer(nets.judge, nets.guides.reader)
    steps, guidance, count = int(config["steps"]), float(config["guidance"]), int(config["count"])
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "results.json"
    results: dict[str, Part] = json.loads(log.read_text(encoding="utf-8")) if log.exists() else {}
    for finding in config["findings"]:
        if time.time() - begin > minutes * 60:
            break
        target = FINDINGS.index(finding)
        kept: dict[str, list[Tensor]] = {}
        rows = rows_like(index, finding, count, int(config["seed"]))
        for k, row in enumerate(rows):
            world = world_of(nets, index, row, float(config["severity_scale"]))
            generator = torch.Generator().manual_seed(int(config["seed"]) + k)
            start = torch.randn(1, 8, GRID, GRID, generator=generator)

            def render(noise: Tensor, world: World = world) -> Tensor:
                n = len(noise)
                many = World(
                    world.tokens.expand(n, -1, -1), world.regions.expand(n, -1, -1, -1), world.context.expand(n, -1)
                )
                with autocast():
                    return nets.decode(generate(model, noise, many, steps, guidance)).float().clamp(-1, 1)

            def score(images: Tensor, target: int = target) -> Tensor:
                with autocast():
                    return nets.guides.reader(images)[0][:, target].float()  # type: ignore[no-any-return]

            for name, found in searched(config, render, score, start, generator).items():
                with torch.no_grad():
                    kept.setdefault(name, []).append(render(found.noise))
        real = index.images(np.array(rows))
        save_file({name: torch.cat(images) for name, images in kept.items()}, folder / f"{finding}.safetensors")
        write_sheet(folder / f"{finding}.png", [list(real), *(list(torch.cat(v)) for v in kept.values())])
        results[finding] = judged(describe, nets, {"real": [x[None] for x in real], **kept}, target)
        log.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        print(finding, json.dumps(results[finding]), flush=True)


def searched(
    config: Part,
    render: Callable[[Tensor], Tensor],
    score: Callable[[Tensor], Tensor],
    start: Tensor,
    generator: torch.Generator,
) -> dict[str, Found]:
    """One kept noise by each of the configured methods; plain keeps where it started."""
    rounds, candidates = int(config["rounds"]), int(config["candidates"])
    tries, methods = rounds * candidates, config["methods"]
    out = {"plain": Found(start, float("nan"), [], 1)} if "plain" in methods else {}
    if "best of N" in methods:
        out["best of N"] = search_noise(render, score, start, 1, tries, 1.0, generator)
    for rho in config["rho"] if "neighbours" in methods else []:
        out[f"neighbours, rho {rho}"] = search_noise(render, score, start, rounds, candidates, float(rho), generator)
    if "gradient" in methods:
        out["gradient"] = climb_noise(render, score, start, tries // 3, float(config["rate"]))
    return out


def heart_ratio(share: Tensor) -> Tensor:
    """Widest row of the heart over the width of the lungs (N), from region shares (N, 8, 32, 32): cardiothoracic."""
    lungs, heart = share[:, 1:7].sum(1), share[:, 7]
    across = (lungs + heart).amax(1) > 0.5
    columns = torch.arange(share.shape[-1])
    first = torch.where(across, columns, share.shape[-1]).amin(1)
    last = torch.where(across, columns, -1).amax(1)
    return heart.sum(2).amax(1) / (last - first + 1).clamp(min=1)


def judged(describe: Describer, nets: CheckpointNetworks, kept: dict[str, list[Tensor]], target: int) -> Part:
    """Of each method's kept images: mean logit of the target by either reader, the heart's width, the Vendi score.

    Features are standardised over the images of all methods, so that the scores compare.
    """
    sets = {name: torch.cat(images) for name, images in kept.items()}
    features = {name: describe(images)["judge-scales"].numpy() for name, images in sets.items()}
    standard = Standardiser.fit(np.concatenate(list(features.values())))
    out: Part = {}
    for name, images in sets.items():
        with torch.no_grad(), autocast():
            first = nets.guides.reader(images)[0][:, target].float()
            second = nets.second(images)[0][:, target].float()
            soft = nets.second(blur(images, SOFT))[0][:, target].float()
            heart = heart_ratio(nets.share(images).float())
        out[name] = {
            "images": len(images),
            "reader": round(float(first.mean()), 3),
            "second_reader": round(float(second.mean()), 3),
            "second_reader_se": round(float(second.std() / len(images) ** 0.5), 3),
            "second_reader_soft": round(float(soft.mean()), 3),
            "heart_ratio": round(float(heart.mean()), 3),
            "vendi": round(vendi(standard(features[name])), 2),
        }
    return out
