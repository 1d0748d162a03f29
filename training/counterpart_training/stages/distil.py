"""Distils the guidance of an edit into one evaluation: guided and factual velocity from one pass of a student.

A twin flow's step asks the teacher three things: v(z*|p*), v(z*|p) and v(z|p). The student is told p*, p, the weight
w and the lead z* - z, and answers v(z*|p) + w [v(z*|p*) - v(z*|p)] and how much that is more than v(z|p). It learns on
the states that flows really pass through: the pool's edits move on with every batch, more and more by its own answers.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.index import load_index
from ..networks.denoiser import Denoiser
from ..networks.guided import GuidedDenoiser, toward
from ..sampling import full_inpaint
from .edit_flows import EditFlows, Edits, mean_grey
from .examples import Example, Examples, inputs_of
from .latents import averaged, config_of
from .loop import Metrics, Run
from .muon import muon_for
from .reader import sampling_weights


def teacher_of(runs: Path, name: str) -> Denoiser:
    """A trained denoiser, frozen."""
    teacher = Denoiser(int(config_of(runs, name)["width"]))
    weights = averaged(runs, name)
    inside = {k.removeprefix("denoiser."): v for k, v in weights.items() if k.startswith("denoiser.")}
    teacher.load_state_dict(inside)
    return teacher.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def student_of(runs: Path, name: str) -> GuidedDenoiser:
    """A trained student, frozen."""
    student = GuidedDenoiser(int(config_of(runs, name)["width"]))
    student.load_state_dict(averaged(runs, name))
    return student.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


@torch.no_grad()
def taught(teacher: Denoiser, state: Edits) -> tuple[Tensor, Tensor, Tensor]:
    """v(z*|p*), the guided velocity and how much it is more than v(z|p); (N, 8, 32, 32) each."""
    latent = torch.cat([state["other"], state["other"], state["factual"]])
    tokens = torch.cat([state["target"], state["source"], state["source"]])
    regions, context, time = (torch.cat([state[k]] * 3) for k in ("regions", "context", "time"))
    with torch.autocast("cpu", torch.bfloat16):
        asked, away, factual = teacher(latent, time, tokens, regions, full_inpaint(latent), context).float().chunk(3)
    guided = away + state["guidance"].view(-1, 1, 1, 1) * (asked - away)
    return asked, guided, guided - factual


def answered(student: GuidedDenoiser, state: Edits, plain: Example) -> tuple[Tensor, Tensor]:
    """The student's velocity and change: for the flows' states first, then for plain examples."""
    still = torch.zeros_like(plain["latent"])
    maps = [
        torch.cat([state["other"], plain["latent"]]),
        torch.cat([state["other"] - state["factual"], still]),
        torch.cat([state["regions"], plain["regions"]]),
        torch.cat([full_inpaint(state["other"]), plain["inpaint"]]),
    ]
    latent, lead, regions, inpaint = (m.contiguous(memory_format=torch.channels_last) for m in maps)
    asked = toward(state["target"], state["source"], state["guidance"])
    said = toward(plain["tokens"], plain["tokens"], torch.ones(len(still)))
    time, context = (torch.cat([state[k], plain[k]]) for k in ("time", "context"))
    with torch.autocast("cpu", torch.bfloat16):
        velocity, change = student.both(latent, lead, time, torch.cat([asked, said]), regions, inpaint, context)
    return velocity.float(), change.float()


def flow_loss(
    mask: Tensor, velocity: Tensor, change: Tensor, guided: Tensor, changed: Tensor
) -> tuple[Tensor, Metrics]:
    """Squared errors of the student's velocity and change, relative to how large the teacher's change is.

    Mostly inside the masks (N, 1, 32, 32): what a step does elsewhere is thrown away. The metrics are shares of the
    change's energy.
    """
    weight = (mask + 0.1) / (mask + 0.1).mean((1, 2, 3), keepdim=True)

    def energy(x: Tensor) -> Tensor:
        return (x.square() * weight).mean((1, 2, 3))

    size, wrong, wrong_change = energy(changed), energy(velocity - guided), energy(change - changed)
    loss = ((0.3 * wrong + wrong_change) / (0.1 + size)).mean()
    total = size.sum()
    shares = {"change": wrong_change.detach().sum() / total, "guided": wrong.detach().sum() / total}
    return loss, {name: float(share) for name, share in shares.items()}


def train_distil(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the student; config keys as in configs/distil.json."""
    runs, index = folder.parent, load_index(cache)
    teacher = teacher_of(runs, str(config["teacher"]))
    examples = Examples(config, index, runs)
    weights = sampling_weights(index.records, examples.latents.rows, config["sources"])
    flows = EditFlows(config, examples, weights, teacher, mean_grey(index, examples))
    student = GuidedDenoiser(int(config["width"]))
    student.begin_as(teacher)
    optimiser = muon_for(student, config["lr"], config["adam_lr"], edges=("stem", "head", "embed.", "token_first"))
    run = Run(folder, config, student, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    flows.begin(run.generator)
    batch, plain_batch = int(config["batch"]), int(config["plain_batch"])

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        student.train()
        pick = flows.taken(batch, generator)
        state, plain = flows.state(pick, generator), examples.batch(weights, plain_batch, generator)
        told, guided, changed = taught(teacher, state)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            unguided = teacher(*inputs_of(plain)).float()
        velocity, change = answered(student, state, plain)
        loss, metrics = flow_loss(state["mask"], velocity[:batch], change[:batch], guided, changed)
        kept = (velocity[batch:] - unguided).square().mean()
        null = change[batch:].square().mean()
        own = (torch.rand(batch, 1, 1, 1, generator=generator) < run.progress()).float()
        moved = torch.lerp(guided, velocity[:batch].detach(), own)
        flows.advance(pick, state, told, moved, torch.lerp(changed, change[:batch].detach(), own))
        loss = loss + float(config["plain"]) * (kept + null)
        return loss, {**metrics, "plain": kept.item(), "null": null.item()}

    return run.train(batch_loss, batch + plain_batch)
