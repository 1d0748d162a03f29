"""Distils the three evaluations of an edit's step into one, and a branch beside it.

A twin flow asks the denoiser for v(z*|p*), v(z*|p) and v(z|p). It goes on to answer the first; the branch is told how
p* and z* differ from p and z, and learns what the other two are less. It learns on the states that flows really pass
through: the pool's edits move on with every batch, more and more by its own answers.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.index import load_index
from ..networks.denoiser import Denoiser
from ..networks.twin import Branch, TwinDenoiser, Velocities, beside
from ..precision import autocast
from ..sampling import full_inpaint
from .edit_flows import EditFlows, Edits, mean_grey
from .examples import Examples
from .latents import averaged, config_of
from .loop import Metrics, Run
from .muon import muon_for
from .reader import sampling_weights

FAINT = 0.01
"""Energy below which errors count less and less: a velocity's is about 1.5, a guided change's 0.1, a push's 0.01."""


def teacher_of(runs: Path, name: str) -> Denoiser:
    """A trained denoiser, frozen."""
    teacher = Denoiser(int(config_of(runs, name)["width"]))
    weights = averaged(runs, name)
    inside = {k.removeprefix("denoiser."): v for k, v in weights.items() if k.startswith("denoiser.")}
    teacher.load_state_dict(inside)
    return teacher.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def student_of(runs: Path, name: str) -> TwinDenoiser:
    """A trained student, frozen."""
    config = config_of(runs, name)
    student = TwinDenoiser(teacher_of(runs, str(config["teacher"])), int(config["width"]), bool(config["leads"]))
    student.branch.load_state_dict(averaged(runs, name))
    return student.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


@torch.no_grad()
def taught(student: TwinDenoiser, state: Edits) -> tuple[Velocities, Tensor]:
    """What the denoiser answers to flows' states in three evaluations, and the features of the first."""
    n = len(state["other"])
    latent = torch.cat([state["other"], state["other"], state["factual"]])
    tokens = torch.cat([state["target"], state["source"], state["source"]])
    regions, context, time = (torch.cat([state[k]] * 3) for k in ("regions", "context", "time"))
    with autocast():
        velocity, seen = student.watched(latent, time, tokens, regions, full_inpaint(latent), context)
    told, away, factual = velocity.float().chunk(3)
    return Velocities(told, told - away, told - factual), seen[:n]


def answered(branch: Branch, state: Edits, told: Tensor, seen: Tensor) -> Velocities:
    """What the branch makes of the denoiser's velocity and features at flows' states."""
    maps = torch.cat([state["other"], state["other"] - state["factual"]], 1)
    with autocast():
        push, lead = branch(seen, maps, state["time"], beside(state["target"], state["source"]), state["regions"])
    return Velocities(told, push.float(), lead.float())


def flow_loss(mask: Tensor, guidance: Tensor, mine: Velocities, theirs: Velocities) -> tuple[Tensor, Metrics]:
    """Squared errors of the student's guided change and of its parts, relative to how large they are.

    guidance (N, 1, 1, 1). Mostly inside the masks (N, 1, 32, 32): what a step does elsewhere is thrown away. The
    metrics are shares of the energy.
    """
    weight = (mask + 0.1) / (mask + 0.1).mean((1, 2, 3), keepdim=True)

    def energy(x: Tensor) -> Tensor:
        return (x.square() * weight).mean((1, 2, 3))

    changed, change = (v.change(v.guided(guidance)) for v in (theirs, mine))
    parts = {
        "change": (energy(change - changed), energy(changed)),
        "push": (energy(mine.push - theirs.push), energy(theirs.push)),
        "lead": (energy(mine.lead - theirs.lead), energy(theirs.lead)),
    }
    loss = torch.stack([(wrong / (FAINT + size)).mean() for wrong, size in parts.values()]).sum()
    return loss, {name: float(wrong.detach().sum() / size.sum()) for name, (wrong, size) in parts.items()}


def chosen(own: Tensor, mine: Velocities, theirs: Velocities) -> Velocities:
    """The student's answers where `own` (N), else the teacher's; without gradients."""
    here = own.view(-1, 1, 1, 1)
    pairs = ((mine.told, theirs.told), (mine.push, theirs.push), (mine.lead, theirs.lead))
    return Velocities(*(torch.where(here, a.detach(), b) for a, b in pairs))


def train_distil(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the branch; config keys as in configs/distil.json."""
    runs, index = folder.parent, load_index(cache)
    student = TwinDenoiser(teacher_of(runs, str(config["teacher"])), int(config["width"]))
    examples = Examples(config, index, runs)
    weights = sampling_weights(index.records, examples.latents.rows, config["sources"])
    flows = EditFlows(config, examples, weights, student.denoiser, mean_grey(index, examples))
    branch, batch = student.branch, int(config["batch"])
    optimiser = muon_for(branch, config["lr"], config["adam_lr"], edges=("stem", "head", "embed.", "token_first"))
    run = Run(folder, config, branch, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    flows.begin(run.generator)

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        branch.train()
        pick = flows.taken(batch, generator)
        state = flows.state(pick, generator)
        theirs, seen = taught(student, state)
        mine = answered(branch, state, theirs.told, seen)
        loss, metrics = flow_loss(state["mask"], state["guidance"], mine, theirs)
        own = torch.rand(batch, generator=generator) < run.progress()
        flows.advance(pick, state, chosen(own, mine, theirs))
        return loss, metrics

    return run.train(batch_loss, batch)
