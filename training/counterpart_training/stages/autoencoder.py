"""Autoencoder, first phase: encoder and decoder on crops, L1 and a Laplacian pyramid, scale-equivariant latents."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.augment import jitter_contrast
from ..data.index import load_index
from ..evaluation.fidelity import high_band_ratio, psnr
from ..networks.autoencoder import Autoencoder
from ..precision import autocast
from .loop import Metrics, Run
from .muon import muon_for


def laplacian_loss(a: Tensor, b: Tensor, levels: int = 3) -> Tensor:
    """L1 between band-pass levels, each weighted alike (finer bands would drown otherwise)."""
    total = torch.zeros(())
    for _ in range(levels):
        small_a, small_b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
        band_a = a - F.interpolate(small_a, scale_factor=2.0, mode="bilinear")
        band_b = b - F.interpolate(small_b, scale_factor=2.0, mode="bilinear")
        total = total + (band_a - band_b).abs().mean()
        a, b = small_a, small_b
    return total


def random_crops(images: Tensor, size: int, generator: torch.Generator) -> Tensor:
    """One crop (1, size, size) of each image, corners on multiples of 8 so that latents stay on the grid."""
    steps = (images.shape[-1] - size) // 8
    corners = torch.randint(0, steps + 1, (images.shape[0], 2), generator=generator) * 8
    return torch.stack([im[:, y : y + size, x : x + size] for im, (y, x) in zip(images, corners.tolist(), strict=True)])


@torch.no_grad()
def evaluate_autoencoder(model: nn.Module, images: Tensor) -> Metrics:
    """PSNR in dB on [0, 255] grey and the high-band energy ratio, averaged over images (N, 1, 256, 256)."""
    model.eval()
    out = torch.cat(
        [model(images[i : i + 32].contiguous(memory_format=torch.channels_last)) for i in range(0, len(images), 32)]
    )
    return {"psnr": psnr(out, images), "sharpness": high_band_ratio(out, images)}


def train_autoencoder(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains E and D together; config keys as in configs/autoencoder.json."""
    index = load_index(cache)
    rows, val = index.where("train"), index.where("val")
    weight = torch.tensor([config["sources"][index.records[int(i)].source] for i in rows], dtype=torch.float64)
    model = Autoencoder(int(config["width"]))
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem", "head"))
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), half_life=float(config["half_life"]))
    batch, size = int(config["batch"]), int(config["crop"])
    noise, equivariance = float(config["latent_noise"]), float(config["scale_equivariance"])

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        pick = torch.multinomial(weight, batch, replacement=True, generator=generator)
        x = random_crops(index.images(rows[np.sort(pick.numpy())]), size, generator)
        x = jitter_contrast(x, generator, 0.15).contiguous(memory_format=torch.channels_last)
        with autocast():
            z = model.encoder(x)
        z = z.float()
        z = z + noise * torch.randn(z.shape, generator=generator)
        target = x
        if torch.rand((), generator=generator) < equivariance:
            z, target = F.avg_pool2d(z, 2), F.avg_pool2d(x, 2)
        with autocast():
            y = model.decoder(z)
        y = y.float()
        l1, pyramid = (y - target).abs().mean(), laplacian_loss(y, target)
        return l1 + pyramid, {"l1": l1.item(), "pyramid": pyramid.item()}

    held = index.images(val[:: max(1, len(val) // 192)])
    return run.train(batch_loss, batch, lambda m: evaluate_autoencoder(m, held), evaluate_every_minutes=6)
