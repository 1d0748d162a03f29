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
from .curriculum import ORDER, drawing_weights, stage_at, stage_weights, stages_of
from .examples import Example, Examples, Shares, inputs_of
from .latents import FEATURES, averaged
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


class Incremental:
    """Progressive incremental learning (PIL): what each stage draws on, and the teacher that the denoiser is held to.

    Real images come as in `stage_weights`, drawings once their group is reached; what belongs to groups before the
    stage is replayed, and there the velocity is also held to the averaged weights' at the end of the stage before.
    """

    def __init__(self, config: dict[str, Any], examples: Examples, base: Tensor, teacher: Trained) -> None:
        self.config, self.examples, self.base, self.teacher = config, examples, base, teacher
        self.stages = stages_of(config["curriculum"])
        self.replay, self.distil = float(config["replay"]), float(config["distil"])
        self.groups = [ORDER[int(i)] for i in examples.groups]

    def draws(self, stage: int) -> tuple[Tensor, Shares]:
        """Weights of the training images and shares of a batch at a stage."""
        usual = self.examples.shares()
        drawings = drawing_weights(self.examples.drawing_groups, stage, self.replay)
        shares = Shares(
            usual.moved if stage >= ORDER.index("head") else 0.0,
            usual.drawn if bool(drawings.sum() > 0) else 0.0,
            drawings,
        )
        return stage_weights(self.base, self.groups, stage, self.replay), shares

    def held(self, e: Example, velocity: Tensor, stage: int) -> Tensor:
        """How far the velocity (N, 8, 32, 32) went from the teacher's on what is replayed; 0 where nothing is."""
        replayed = e["group"] < stage
        if "teacher" in self.config:
            # It has not seen what was drawn: of that it has nothing to say.
            replayed = replayed & (e["drawn"] == 0)
        if not self.distil or not replayed.any():
            return torch.zeros(())
        with torch.no_grad():
            _, before, _ = self.teacher.loss({k: v[replayed] for k, v in e.items()}, self.config)
        return self.distil * (velocity[replayed] - before).square().mean() * replayed.float().mean()


def train_denoiser(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the denoiser; config keys as in configs/denoiser.json.

    `only` names the groups of images to train on, when not all (configs/denoiser-normal.json); `begin` the run to go on
    from; `curriculum` makes the run incremental (configs/denoiser-incremental.json); `teacher` the run that its first
    stage is held to, where that is not the one it begins with.
    """
    index = load_index(cache)
    examples = Examples(config, index, folder.parent)
    weights = sampling_weights(index.records, examples.latents.rows, config["sources"])
    if "only" in config:
        weights *= torch.tensor([rarest_group(r.labels) in config["only"] for r in examples.records])
    whole, batch = Trained(int(config["width"])), int(config["batch"])
    teacher = Trained(int(config["width"]))
    incremental = Incremental(config, examples, weights, teacher) if "curriculum" in config else None
    extra = {"teacher": teacher} if incremental else {}
    optimiser = whole.optimiser(config)
    run = Run(folder, config, whole, optimiser, minutes, int(config["seed"]), float(config["half_life"]), extra)
    if "begin" in config:
        run.begin_with(averaged(folder.parent, config["begin"]))
    draws = [incremental.draws(k) for k in range(len(ORDER))] if incremental else [(weights, examples.shares())]
    now = stage_at(incremental.stages, run.progress()) if incremental else 0
    if run.step == 0:
        teacher.load_state_dict(whole.state_dict())
        if "teacher" in config:
            teacher.load_state_dict(averaged(folder.parent, config["teacher"]), strict=False)

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        nonlocal now
        stage = stage_at(incremental.stages, run.progress()) if incremental else 0
        if stage > now:
            teacher.load_state_dict(run.average.module.state_dict())
            print(f"stage {ORDER[stage]} at step {run.step}", flush=True)
            now = stage
        whole.train()
        base, shares = draws[stage]
        e = examples.batch(base, batch, generator, shares)
        loss, velocity, metrics = whole.loss(e, config)
        if incremental:
            loss = loss + incremental.held(e, velocity, stage)
        return loss, metrics

    return run.train(batch_loss, batch, None)
