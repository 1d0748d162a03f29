"""Samples: synthetic radiographs made by our own denoiser, to try the studio with nothing else at hand.

Clear lungs are generated from noise; opacities are then added to them by an edit, as in the studio.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from torch import Tensor

from ..data.augment import random_affine, warp
from ..data.index import SIZE, Index, Record, load_index
from ..data.statement import HOMES, OPACITY, say, trained_severity_scale, unknown, zone_severity
from ..evaluation.checkpoints import CheckpointNetworks
from ..evaluation.edits import edit
from ..evaluation.report import configured_samplers
from ..evaluation.sheet import grey, write_sheet
from ..findings import FINDINGS, REGIONS, ZONES
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..precision import autocast
from ..sampling import World, generate
from .latents import context_of

MARK = "Synthetic radiograph, made by Counterpart's denoiser. Not a patient. Research use only, not a medical device."


def sample_tokens(wish: dict[str, float], count: int) -> Tensor:
    """Clear lungs; `wish`: finding -> severity at home and anywhere."""
    tokens = unknown(count)
    for z in range(len(ZONES)):
        say(tokens, z, OPACITY, 0.0)
    for name, severity in wish.items():
        if name in FINDINGS:
            k = FINDINGS.index(name)
            say(tokens, REGIONS.index("anywhere"), k, severity)
            if name in HOMES:
                say(tokens, REGIONS.index(HOMES[name]), k, severity)
    if not wish:
        say(tokens, REGIONS.index("anywhere"), FINDINGS.index("no_finding"), 2.0)
    return tokens


def layouts(nets: CheckpointNetworks, index: Index, source: str, count: int, generator: torch.Generator) -> Tensor:
    """Region shares (count, 8, 32, 32): outlines of training anatomies of one source, each bent by an affine map."""
    rows = index.where("train", source=source)
    pick = torch.randint(0, len(rows), (count,), generator=generator)
    share = nets.share(index.images(rows[pick.numpy()]))
    return warp(share, random_affine(count, generator, rotate=4, scale=0.1, shift=0.04))


def acquisition(source: str, paediatric: bool, aspect: float) -> Record:
    """A record that says how a sample is supposed to have been taken, and nothing of a patient."""
    side = 2896
    return Record(
        path="",
        source=source,
        split="",
        patient="",
        native_size=(side, round(side / aspect)) if aspect >= 1 else (round(side * aspect), side),
        paediatric=paediatric,
        labels=(-1,) * len(FINDINGS),
        opacity_boxes=None,
        lung_box=None,
        brixia=None,
        nodule=None,
        low_resolution=False,
    )


def with_opacity(
    nets: CheckpointNetworks, images: Tensor, zones: Tensor, severity: float, record: Record, seed: int
) -> Tensor:
    """Images (N, 1, 256, 256) with opacity added in the zones (6, bool) by the same edit that the studio makes."""
    share = nets.share(images)[:, 1 : 1 + len(ZONES)][:, zones].sum(1, keepdim=True)
    mask = (F.interpolate(share.float(), (SIZE, SIZE), mode="bilinear") > 0.5).float()
    return edit(nets, images, mask, severity, [record] * len(images), configured_samplers()["add"], seed)


def read_zones(nets: CheckpointNetworks, images: Tensor) -> tuple[Tensor, Tensor]:
    """Zone severities (N, 6) that the first and the second reader find in images (N, 1, 256, 256)."""
    zones, scale = nets.share(images)[:, 1 : 1 + len(ZONES)], trained_severity_scale()
    second = nets.second(images)[1].sigmoid()
    return zone_severity(nets.opacity(images), zones, scale), zone_severity(second, zones, scale)


def described(first: Tensor, second: Tensor, asked: str) -> str:
    """What was asked and what the readers find, zone severities (6) each: asked and found may differ."""

    def found(severity: Tensor) -> str:
        told = [f"{z.replace('_', ' ')} {float(s):.1f}" for z, s in zip(ZONES, severity, strict=True) if s >= 0.5]
        return ", ".join(told) or "no zone above 0.5"

    wish = asked[0].lower() + asked[1:]
    return f"Asked for: {wish} Read (severity 0 to 3): {found(first)}. Second reader: {found(second)}."


def thumbnails(pixels: NDArray[np.uint8], rows: NDArray[np.int64]) -> Tensor:
    """Standardised 32x32 thumbnails (N, 1024) for the nearest-image check."""
    out = []
    for i in range(0, len(rows), 512):
        x = torch.from_numpy(pixels[rows[i : i + 512]]).float()[:, None]
        out.append(F.avg_pool2d(x, 8).flatten(1))
    x = torch.cat(out)
    return F.normalize(x - x.mean(1, keepdim=True), dim=1)


def nearest_similarity(images: Tensor, bank: Tensor) -> Tensor:
    """Largest correlation (N) of images (N, 1, 256, 256) with any thumbnail of the bank."""
    x = F.avg_pool2d(images, 8).flatten(1)
    return (F.normalize(x - x.mean(1, keepdim=True), dim=1) @ bank.T).max(1).values


@torch.no_grad()
def make_samples(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Makes `candidates` of each sample into `folder`, with a sheet; `chosen` of the config picks what ships.

    The release lists some of these behind its real films (models/samples/samples.json), each with a picture in small/.
    """
    del minutes
    index = load_index(cache)
    nets = CheckpointNetworks(folder.parent)
    assert nets.denoiser is not None
    folder.mkdir(parents=True, exist_ok=True)
    bank = thumbnails(index.pixels, index.where("train"))
    limit = float(torch.quantile(nearest_similarity(index.images(index.where("val")[::4]), bank), 0.99))
    count = int(config["candidates"])
    listing: list[dict[str, Any]] = []
    rows: list[list[Tensor]] = []
    for k, sample in enumerate(config["samples"]):
        record = acquisition(sample["source"], bool(sample.get("paediatric")), float(sample["aspect"]))
        generator = torch.Generator().manual_seed(int(sample["seed"]))
        share = layouts(nets, index, sample["source"], count, generator)
        wished = torch.tensor([float(sample["wish"].get(zone, 0.0)) for zone in ZONES])
        world = World(
            sample_tokens({k: v for k, v in sample["wish"].items() if k not in ZONES}, count),
            region_maps(share, torch.zeros(count, 1, GRID, GRID)),
            context_of([record] * count),
        )
        noise = torch.randn(count, 8, 32, 32, generator=generator)
        with autocast():
            z = generate(nets.denoiser, noise, world, int(config["steps"]), float(config["guidance"]))
            images = nets.decode(z).float().clamp(-1, 1)
            for severity in sorted({float(v) for v in wished if v > 0}):
                images = with_opacity(nets, images, wished == severity, severity, record, int(sample["seed"])).float()
        similar = nearest_similarity(images, bank)
        rows.append(list(images))
        first, second = read_zones(nets, images)
        missed = (first - wished).abs().mean(1) + (second - wished).abs().mean(1)
        ranked = ", ".join(f"{i} ({float(missed[i]) / 2:.2f})" for i in missed.argsort().tolist())
        print(f"{sample['title']}: candidates by mean zone error of both readers: {ranked}", flush=True)
        chosen = int(config["chosen"][k]) if config.get("chosen") else 0
        if float(similar[chosen]) > limit:
            raise ValueError(
                f"{sample['title']}: candidate {chosen} is too near a training image "
                f"({similar[chosen]:.3f} > {limit:.3f})"
            )
        name = f"sample-{k + 1:02d}.png"
        save_png(folder / name, images[chosen], float(sample["aspect"]))
        listing.append(
            {
                "file": name,
                "kind": "synthetic",
                "title": sample["title"],
                "description": described(first[chosen], second[chosen], sample["description"]),
                "findings": sorted({"lung_opacity" if name in ZONES else name for name in sample["wish"]}),
                "paediatric": bool(sample.get("paediatric")),
                "nearestTrainingImage": round(float(similar[chosen]), 4),
            }
        )
    (folder / "samples.json").write_text(
        json.dumps({"mark": MARK, "nearestLimit": round(limit, 4), "samples": listing}, indent=2) + "\n"
    )
    write_sheet(folder / "candidates" / "sheet.png", rows)


def save_png(path: Path, image: Tensor, aspect: float, width: int = 640) -> None:
    """8-bit PNG unsquashed to its aspect (width / height), with the mark as text."""
    info = PngInfo()
    info.add_text("Description", MARK)
    picture = Image.fromarray(grey(image)).resize((width, round(width / aspect)), Image.Resampling.BICUBIC)
    picture.save(path, pnginfo=info, optimize=True)
