"""Does searching the initial noise help tail classes? Plain, best of N, neighbours and gradient ascent compared.

Every method spends the same number of velocity evaluations a kept image. The first reader's logit is climbed; the
second reader, which nothing climbed, says whether the finding is there.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..data.index import Index, load_index
from ..data.statement import image_statement, zone_severity
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.diversity import vendi
from ..evaluation.features import Describer, Standardiser
from ..evaluation.groups import carries
from ..findings import FINDINGS
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..sampling import World, generate
from ..search import Found, climb_noise, search_noise
from .latents import context_of

Part = dict[str, Any]


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
    """Runs configs/noise-study.json, finding by finding within `minutes`; writes results.json."""
    begin = time.time()
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent)
    assert nets.denoiser is not None and nets.judge is not None
    model, describe = nets.denoiser, Describer(nets.judge, nets.guides.reader)
    steps, guidance, count = int(config["steps"]), float(config["guidance"]), int(config["count"])
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, Part] = {}
    for finding in config["findings"]:
        if time.time() - begin > minutes * 60:
            break
        target = FINDINGS.index(finding)
        kept: dict[str, list[Tensor]] = {}
        for k, row in enumerate(rows_like(index, finding, count, int(config["seed"]))):
            world = world_of(nets, index, row, float(config["severity_scale"]))
            generator = torch.Generator().manual_seed(int(config["seed"]) + k)
            start = torch.randn(1, 8, GRID, GRID, generator=generator)

            def render(noise: Tensor, world: World = world) -> Tensor:
                n = len(noise)
                many = World(
                    world.tokens.expand(n, -1, -1), world.regions.expand(n, -1, -1, -1), world.context.expand(n, -1)
                )
                with torch.autocast("cpu", torch.bfloat16):
                    return nets.decode(generate(model, noise, many, steps, guidance)).float().clamp(-1, 1)

            def score(images: Tensor, target: int = target) -> Tensor:
                with torch.autocast("cpu", torch.bfloat16):
                    return nets.guides.reader(images)[0][:, target].float()  # type: ignore[no-any-return]

            for name, found in searched(config, render, score, start, generator).items():
                with torch.no_grad():
                    kept.setdefault(name, []).append(render(found.noise))
        results[finding] = judged(describe, nets, kept, target)
        (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        print(finding, json.dumps(results[finding]), flush=True)


def searched(
    config: Part,
    render: Callable[[Tensor], Tensor],
    score: Callable[[Tensor], Tensor],
    start: Tensor,
    generator: torch.Generator,
) -> dict[str, Found]:
    """One kept noise by each method; plain keeps where it started."""
    rounds, candidates = int(config["rounds"]), int(config["candidates"])
    out = {"plain": Found(start, float("nan"), [], 1)}
    out["best of N"] = search_noise(render, score, start, 1, rounds * candidates, 1.0, generator)
    for rho in config["rho"]:
        out[f"neighbours, rho {rho}"] = search_noise(render, score, start, rounds, candidates, float(rho), generator)
    climbs = rounds * candidates // 3
    out["gradient"] = climb_noise(render, score, start, climbs, float(config["rate"]))
    return out


def judged(describe: Describer, nets: CheckpointNetworks, kept: dict[str, list[Tensor]], target: int) -> Part:
    """Of each method's kept images: mean logit of the target by either reader, and the Vendi score.

    Features are standardised over the images of all methods, so that the scores compare.
    """
    sets = {name: torch.cat(images) for name, images in kept.items()}
    features = {name: describe(images)["judge-scales"].numpy() for name, images in sets.items()}
    standard = Standardiser.fit(np.concatenate(list(features.values())))
    out: Part = {}
    for name, images in sets.items():
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            first = nets.guides.reader(images)[0][:, target].float()
            second = nets.second(images)[0][:, target].float()
        out[name] = {
            "images": len(images),
            "reader": round(float(first.mean()), 3),
            "second_reader": round(float(second.mean()), 3),
            "second_reader_se": round(float(second.std() / len(images) ** 0.5), 3),
            "vendi": round(vendi(standard(features[name])), 2),
        }
    return out
