"""Labelled images of rare findings for a classifier to train on: sampled from noise, or given to a clear patient.

`samples` is what a conditional diffusion model does by itself: the statement of an image with the finding is drawn
anew from noise. `swaps` lets the anatomy of a patient without finding stay and gives it that statement by twin flow.
`variations` noises an image with the finding only to `start` and denoises it under its own statement (SDEdit, arXiv
2108.01073; for rare classes DA-Fusion, arXiv 2302.07944): what is rare stays, its surroundings vary. With `candidates`
above 1 the noise is searched (best of N): the first reader's logit of the finding decides. The second reader and the
classifier of the protocol take no part.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import random_affine, warp
from ..data.index import SIZE, Index, Record, load_index
from ..data.statement import image_statement, zone_severity
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.dataset import write_folder
from ..evaluation.edits import Sampler, edit_between
from ..evaluation.groups import carries
from ..findings import FINDINGS
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast
from ..sampling import World, generate, vary
from .latents import context_of

BATCH = 8


class NoSuchImages(ValueError):
    """The training images hold none that the configuration asks for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"no training image {what}: change `count` or `source` of the configuration")


def donors(
    index: Index, source: str, finding: str, count: int, random: np.random.Generator, low_resolution: bool = True
) -> NDArray[np.int64]:
    """`count` training images of a source with the finding, all of them before any comes again. Raises NoSuchImages.

    low_resolution: those that exist only at 64 pixels may give, too.
    """
    rows = index.where("train", source=source, low_resolution=low_resolution)
    able = rows[[carries(index.records[int(i)].labels, (finding,)) for i in rows]]
    if len(able) == 0:
        raise NoSuchImages(f"of {source} carries {finding}")
    rounds = [random.permutation(able) for _ in range(-(-count // len(able)))]
    return np.concatenate(rounds)[:count]


def recipients(index: Index, source: str, count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """`count` training images of a source without finding, at full resolution. Raises NoSuchImages."""
    rows = index.where("train", source=source)
    clear = rows[[carries(index.records[int(i)].labels, ("no_finding",)) for i in rows]]
    if len(clear) == 0:
        raise NoSuchImages(f"of {source} is without finding")
    return random.choice(clear, count, replace=count > len(clear))


def chest_mask(share: Tensor) -> Tensor:
    """Where a finding may be drawn, (N, 1, 256, 256) of 0 and 1: lungs, heart and two latent cells around them."""
    organs = share[:, 1:].sum(1, keepdim=True)
    near = F.max_pool2d((organs > 0.3).float(), 5, stride=1, padding=2)
    return F.interpolate(near, SIZE)


def best_of(made: list[Tensor], score: list[Tensor]) -> Tensor:
    """Of several images (N, 1, 256, 256) of each statement the one with the highest score (N)."""
    best = torch.stack(score).argmax(0)
    return torch.stack(made)[best, torch.arange(len(best))]


class Maker:
    """The networks and settings that images are made with."""

    def __init__(self, config: dict[str, Any], runs: Path, index: Index) -> None:
        self.config, self.index = config, index
        self.nets = CheckpointNetworks(runs)
        self.scale = Sampler("twin-flow", 1, 1, 1).severity_scale

    def statement(self, rows: NDArray[np.int64]) -> Tensor:
        x = self.index.images(rows)
        severity = zone_severity(self.nets.opacity(x).float(), self.nets.share(x).float()[:, 1:7], self.scale)
        return image_statement(severity, self.index.labels(rows))

    def sample(self, donor: NDArray[np.int64], seed: int) -> Tensor:
        """From noise: the donors' statements, their layouts bent a little."""
        generator = torch.Generator().manual_seed(seed)
        share = self.nets.share(self.index.images(donor)).float()
        bent = warp(share, random_affine(len(donor), generator, rotate=4, scale=0.08, shift=0.03))
        regions = region_maps(bent, torch.zeros(len(donor), 1, GRID, GRID))
        # A sharp picture is asked for, whatever size the donor has.
        full = [replace(self.index.records[int(i)], native_size=(SIZE * 4, SIZE * 4)) for i in donor]
        world = World(self.statement(donor), regions, context_of(full))
        noise = torch.randn(len(donor), 8, GRID, GRID, generator=generator)
        assert self.nets.denoiser is not None
        z = generate(self.nets.denoiser, noise, world, int(self.config["steps"]), float(self.config["guidance"]))
        return self.nets.decode(z).float().clamp(-1, 1)

    def swap(self, donor: NDArray[np.int64], recipient: NDArray[np.int64], seed: int) -> Tensor:
        """The recipients with the donors' statements in place of their own."""
        x = self.index.images(recipient)
        share = self.nets.share(x).float()
        regions = region_maps(share, torch.zeros(len(x), 1, GRID, GRID))
        context = context_of([self.index.records[int(i)] for i in recipient])
        source = World(self.statement(recipient), regions, context)
        target = World(self.statement(donor), regions, context)
        return edit_between(self.nets, x, chest_mask(share), source, target, Sampler(**self.config["sampler"]), seed)

    def vary(self, donor: NDArray[np.int64], seed: int) -> Tensor:
        """The donors, noised to `start` and denoised under their own statements; finer than a latent cell they stay."""
        x = self.index.images(donor)
        share = self.nets.share(x).float()
        regions = region_maps(share, torch.zeros(len(x), 1, GRID, GRID))
        world = World(self.statement(donor), regions, context_of([self.index.records[int(i)] for i in donor]))
        z = self.nets.encode(x).float()
        noise = torch.randn(z.shape, generator=torch.Generator().manual_seed(seed))
        assert self.nets.denoiser is not None
        start, steps, guidance = float(self.config["start"]), int(self.config["steps"]), float(self.config["guidance"])
        e = vary(self.nets.denoiser, z, noise, world, start, steps, guidance)
        return (x + self.nets.decode(e).float() - self.nets.decode(z).float()).clamp(-1, 1)

    def logit(self, images: Tensor, finding: str) -> Tensor:
        """The first reader's logit (N) of the finding."""
        return self.nets.guides.reader(images)[0][:, FINDINGS.index(finding)].float()  # type: ignore[no-any-return]

    def make(self, finding: str, count: int, seed: int) -> Iterator[tuple[Tensor, list[Record]]]:
        """Batches of images with the records that a classifier may train on: labels the donor's, patient as made."""
        random = np.random.default_rng(seed)
        source = self.config["source"]
        given = donors(self.index, source, finding, count, random, not self.config.get("sharp", False))
        taking = recipients(self.index, source, count, random)
        way = self.config["way"]
        for start in range(0, count, BATCH):
            donor, recipient = given[start : start + BATCH], taking[start : start + BATCH]
            seeds = [seed + 1000 * k + start for k in range(int(self.config["candidates"]))]
            if way == "swaps":
                tries = [self.swap(donor, recipient, s) for s in seeds]
            else:
                tries = [self.vary(donor, s) if way == "variations" else self.sample(donor, s) for s in seeds]
            images = best_of(tries, [self.logit(x, finding) for x in tries])
            yield images, [self.record(d, r, way == "swaps") for d, r in zip(donor, recipient, strict=True)]

    def record(self, donor: int, recipient: int, swapping: bool) -> Record:
        """The donor's labels; the patient is the one whose pixels or layout the image has."""
        said, seen = self.index.records[int(donor)], self.index.records[int(recipient if swapping else donor)]
        return replace(seen, labels=said.labels, split="generated", opacity_boxes=None, brixia=None)


@torch.no_grad()
def augment(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Runs a configs/augment-*.json within `minutes`; writes images/ with a manifest, and made.json (how many)."""
    begin = time.time()
    index = load_index(cache)
    maker = Maker(config, folder.parent, index)
    images: list[Tensor] = []
    records: list[Record] = []
    made: dict[str, int] = {}
    for k, (finding, count) in enumerate(config["count"].items()):
        with autocast():
            for some, of in maker.make(finding, int(count), int(config["seed"]) + 10_000 * k):
                images.append(some.float())
                records += of
                made[finding] = made.get(finding, 0) + len(of)
        print(f"{finding}: {made[finding]}, {(time.time() - begin) / 60:.1f} min", flush=True)
        if time.time() - begin > minutes * 60:
            break
    write_folder(folder, torch.cat(images), records, FINDINGS)
    (folder / "made.json").write_text(json.dumps({"config": config, "made": made}, indent=1) + "\n", encoding="utf-8")
