"""Denoiser: rectified flow on cached latents, conditioned on statement, mask, zones and context."""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.index import load_index
from ..evaluation.groups import rarest_group
from ..networks.denoiser import TOKEN, Denoiser
from ..precision import autocast
from .examples import Example, Examples, inputs_of
from .latents import FEATURES
from .loop import Metrics, Run
from .muon import Muon, muon_for
from .reader import sampling_weights


class Trained(nn.Module):
    """A denoiser and the head that aligns its middle with the reader's features; only the denoiser ships."""

    def __init__(self, width: int, token: int = TOKEN) -> None:
        super().__init__()
        self.denoiser = Denoiser(width, token=token)
        self.align = nn.Conv2d(4 * width, FEATURES, 1)

    def optimiser(self, config: dict[str, Any]) -> Muon:
        edges = ("stem", "head", "embed.", "align", "token_first")
        return muon_for(self, config["lr"], config["adam_lr"], edges=edges)

    def loss(self, e: Example, config: dict[str, Any]) -> tuple[Tensor, Tensor, Metrics]:
        """The loss, the velocity (N, 8, 32, 32), and what makes up the loss."""
        with autocast():
            velocity, middle = self.denoiser.with_middle(*inputs_of(e))
            aligned = self.align(middle)
        error = (velocity.float() - e["target"]).square()
        weighted = (error * e["weight"]).mean() / e["weight"].mean()
        likeness = 1 - F.cosine_similarity(aligned.float(), e["features"], dim=1).mean()
        loss = weighted + float(config["align"]) * likeness
        return loss, velocity.float(), {"flow": error.mean().item(), "align": likeness.item()}


def train_denoiser(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the denoiser; config keys as in configs/denoiser.json.

    `only` names the groups of images to train on, when not all (configs/denoiser-normal.json).
    """
    index = load_index(cache)
    examples = Examples(config, index, folder.parent)
    weights = sampling_weights(index.records, examples.latents.rows, config["sources"])
    if "only" in config:
        weights *= torch.tensor([rarest_group(r.labels) in config["only"] for r in examples.records])
    whole, batch = Trained(int(config["width"])), int(config["batch"])
    run = Run(folder, config, whole, whole.optimiser(config), minutes, int(config["seed"]), float(config["half_life"]))

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        whole.train()
        loss, _, metrics = whole.loss(examples.batch(weights, batch, generator), config)
        return loss, metrics

    return run.train(batch_loss, batch, None)
