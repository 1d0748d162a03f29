"""Distils the three evaluations of an edit's step into one.

A twin flow asks the teacher for v(z*|p*), v(z*|p) and v(z|p). The student is told z*, p*, and how they differ from z
and p, and answers all three. It learns on the states that flows really pass through: the pool's edits move on with
every batch, more and more by its own answers.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.index import load_index
from ..networks.denoiser import Denoiser
from ..networks.twin import TwinDenoiser, Velocities, beside
from ..sampling import full_inpaint
from .edit_flows import EditFlows, Edits, mean_grey
from .examples import Example, Examples, inputs_of
from .latents import averaged, config_of
from .loop import Metrics, Run
from .muon import muon_for
from .reader import sampling_weights

FAINT = 0.03
"""Energy of a change below which errors count less and less: a velocity's is about 1.5, a guided change's 0.1."""


def teacher_of(runs: Path, name: str) -> Denoiser:
    """A trained denoiser, frozen."""
    teacher = Denoiser(int(config_of(runs, name)["width"]))
    weights = averaged(runs, name)
    inside = {k.removeprefix("denoiser."): v for k, v in weights.items() if k.startswith("denoiser.")}
    teacher.load_state_dict(inside)
    return teacher.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def student_of(runs: Path, name: str) -> TwinDenoiser:
    """A trained student, frozen."""
    student = TwinDenoiser(int(config_of(runs, name)["width"]))
    student.load_state_dict(averaged(runs, name))
    return student.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


@torch.no_grad()
def taught(teacher: Denoiser, state: Edits) -> Velocities:
    """What the teacher answers to flows' states, in three evaluations."""
    latent = torch.cat([state["other"], state["other"], state["factual"]])
    tokens = torch.cat([state["target"], state["source"], state["source"]])
    regions, context, time = (torch.cat([state[k]] * 3) for k in ("regions", "context", "time"))
    with torch.autocast("cpu", torch.bfloat16):
        told, away, factual = teacher(latent, time, tokens, regions, full_inpaint(latent), context).float().chunk(3)
    return Velocities(told, told - away, told - factual)


def answered(student: TwinDenoiser, state: Edits, plain: Example) -> tuple[Velocities, Velocities]:
    """What the student answers to flows' states, and to plain examples, in one evaluation."""
    maps = [
        torch.cat([state["other"], plain["latent"]]),
        torch.cat([state["other"] - state["factual"], torch.zeros_like(plain["latent"])]),
        torch.cat([state["regions"], plain["regions"]]),
        torch.cat([full_inpaint(state["other"]), plain["inpaint"]]),
    ]
    latent, ahead, regions, inpaint = (m.contiguous(memory_format=torch.channels_last) for m in maps)
    tokens = torch.cat([beside(state["target"], state["source"]), beside(plain["tokens"], plain["tokens"])])
    time, context = (torch.cat([state[k], plain[k]]) for k in ("time", "context"))
    with torch.autocast("cpu", torch.bfloat16):
        out = student.twin(latent, ahead, time, tokens, regions, inpaint, context)
    n = len(state["other"])
    whole = [v.float() for v in (out.told, out.push, out.lead)]
    return Velocities(*(v[:n] for v in whole)), Velocities(*(v[n:] for v in whole))


def flow_loss(mask: Tensor, guidance: Tensor, mine: Velocities, theirs: Velocities) -> tuple[Tensor, Metrics]:
    """Squared errors of the student's guided change, relative to how large the teacher's is, and of what it is told.

    guidance (N, 1, 1, 1). Mostly inside the masks (N, 1, 32, 32): what a step does elsewhere is thrown away. The
    metrics are shares of the change's energy.
    """
    weight = (mask + 0.1) / (mask + 0.1).mean((1, 2, 3), keepdim=True)

    def energy(x: Tensor) -> Tensor:
        return (x.square() * weight).mean((1, 2, 3))

    changed, change = (v.change(v.guided(guidance)) for v in (theirs, mine))
    size, wrong, wrong_told = energy(changed), energy(change - changed), energy(mine.told - theirs.told)
    loss = (wrong / (FAINT + size) + wrong_told).mean()
    shares = {"change": wrong.detach().sum() / size.sum(), "told": wrong_told.detach().sum() / size.sum()}
    return loss, {name: float(share) for name, share in shares.items()}


def chosen(own: Tensor, mine: Velocities, theirs: Velocities) -> Velocities:
    """The student's answers where `own` (N), else the teacher's; without gradients."""
    here = own.view(-1, 1, 1, 1)
    pairs = ((mine.told, theirs.told), (mine.push, theirs.push), (mine.lead, theirs.lead))
    return Velocities(*(torch.where(here, a.detach(), b) for a, b in pairs))


def train_distil(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the student; config keys as in configs/distil.json."""
    runs, index = folder.parent, load_index(cache)
    teacher = teacher_of(runs, str(config["teacher"]))
    examples = Examples(config, index, runs)
    weights = sampling_weights(index.records, examples.latents.rows, config["sources"])
    flows = EditFlows(config, examples, weights, teacher, mean_grey(index, examples))
    student = TwinDenoiser(int(config["width"]))
    student.begin_as(teacher)
    optimiser = muon_for(student, config["lr"], config["adam_lr"], edges=("stem", "head", "embed.", "token_first"))
    run = Run(folder, config, student, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    flows.begin(run.generator)
    batch, plain_batch = int(config["batch"]), int(config["plain_batch"])

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        student.train()
        pick = flows.taken(batch, generator)
        state, plain = flows.state(pick, generator), examples.batch(weights, plain_batch, generator)
        theirs = taught(teacher, state)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            velocity = teacher(*inputs_of(plain)).float()
        mine, still = answered(student, state, plain)
        loss, metrics = flow_loss(state["mask"], state["guidance"], mine, theirs)
        kept = (still.told - velocity).square().mean()
        null = (still.push.square() + still.lead.square()).mean()
        own = torch.rand(batch, generator=generator) < run.progress()
        flows.advance(pick, state, chosen(own, mine, theirs))
        return loss + float(config["plain"]) * (kept + null), {**metrics, "plain": kept.item(), "null": null.item()}

    return run.train(batch_loss, batch + plain_batch)
