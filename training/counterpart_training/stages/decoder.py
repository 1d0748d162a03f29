"""Decoder, second phase: perceptual and adversarial terms make it crisp; encoder and latents are frozen."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.augment import jitter_contrast
from ..data.index import load_index
from ..networks.blocks import channels_last
from ..networks.discriminator import PatchDiscriminator
from ..precision import autocast
from .autoencoder import evaluate_autoencoder, laplacian_loss, random_crops
from .latents import Guides
from .loop import Metrics, Run
from .muon import muon_for


def perceptual_loss(reader: nn.Module, output: Tensor, target: Tensor) -> Tensor:
    """Mean L1 between the reader's feature maps at three scales, each divided by its mean size."""
    total = torch.zeros(())
    with autocast():
        ours, theirs = reader.features(output)[:3], reader.features(target)[:3]  # type: ignore[operator]
    for a, b in zip(ours, theirs, strict=True):
        total = total + (a.float() - b.float()).abs().mean() / b.float().abs().mean().clamp(min=1e-3).detach()
    return total / 3


def train_decoder(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Fine-tunes D on frozen latents; config keys as in configs/decoder.json. Starts from the autoencoder run."""
    index = load_index(cache)
    rows, val = index.where("train"), index.where("val")
    weight = torch.tensor([config["sources"][index.records[int(i)].source] for i in rows], dtype=torch.float64)
    guides = Guides.load(folder.parent)
    model = guides.autoencoder
    model.decoder.requires_grad_(True)
    critic = PatchDiscriminator(int(config["critic_width"]))
    channels_last(critic)
    critic_optimiser = torch.optim.AdamW(critic.parameters(), lr=config["critic_lr"], betas=(0.5, 0.95))
    optimiser = muon_for(model.decoder, config["lr"], config["adam_lr"], edges=("stem", "head"))
    extra = {"critic": critic, "critic_optimiser": critic_optimiser}
    run = Run(
        folder,
        config,
        model,
        optimiser,
        minutes,
        int(config["seed"]),
        half_life=float(config["half_life"]),
        extra=extra,
    )
    batch, size, noise = int(config["batch"]), int(config["crop"]), float(config["latent_noise"])
    pending: dict[str, Tensor] = {}

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.encoder.eval()
        pick = torch.multinomial(weight, batch, replacement=True, generator=generator)
        x = random_crops(index.images(rows[np.sort(pick.numpy())]), size, generator)
        x = jitter_contrast(x, generator, 0.15).contiguous(memory_format=torch.channels_last)
        with autocast():
            with torch.no_grad():
                z = model.encoder(x).float()
            z = z + noise * torch.randn(z.shape, generator=generator)
            y = model.decoder(z)
        y = y.float()
        critic.requires_grad_(False)
        with autocast():
            verdict = critic(y).float()
        critic.requires_grad_(True)
        l1, pyramid = (y - x).abs().mean(), laplacian_loss(y, x)
        perceptual = perceptual_loss(guides.reader, y, x)
        ramp = min(1.0, run.step / 300)
        loss = (
            l1
            + pyramid
            + float(config["perceptual"]) * perceptual
            - ramp * float(config["adversarial"]) * verdict.mean()
        )
        pending.update(real=x, fake=y.detach())
        return loss, {
            "l1": l1.item(),
            "pyramid": pyramid.item(),
            "perceptual": perceptual.item(),
            "fool": verdict.mean().item(),
        }

    def train_critic() -> None:
        with autocast():
            real, fake = critic(pending["real"]).float(), critic(pending["fake"]).float()
        loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        critic_optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        critic_optimiser.step()

    held = index.images(val[:: max(1, len(val) // 192)])
    return run.train(
        batch_loss, batch, lambda m: evaluate_autoencoder(m, held), evaluate_every_minutes=5, after_step=train_critic
    )
