"""Small denoisers trained alike but for one idea each: knowledge guidance, incremental learning.

All arms see equally many samples, from the same start, and none sees the tail images of one fold by patient; they are
judged by their velocity error there and on val.
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import Index, load_index
from ..data.knowledge import load_embeddings, with_knowledge
from ..evaluation.flow_loss import HeldOut, by_group, compared, held_out, velocity_errors
from ..evaluation.groups import GROUPS, carries, rarest_group
from ..evaluation.protocol.folds import patient_folds
from ..findings import FINDINGS
from ..networks.denoiser import TOKEN
from .curriculum import ORDER, stage_at, stage_weights, stages_of
from .denoiser import Trained
from .examples import Examples, Widen
from .loop import Metrics, Run
from .reader import sampling_weights

Part = dict[str, Any]


@dataclass(frozen=True)
class Widening:
    """What an arm says beside the statement, and how many numbers a token that adds."""

    columns: int = 0
    widen: Widen | None = None


def widening(arm: Part) -> Widening:
    """Knowledge of the findings that a token states."""
    if name := arm.get("knowledge"):
        known = load_embeddings(name)
        return Widening(2 * known.shape[1], lambda tokens, z, regions: with_knowledge(tokens, known))
    return Widening()


def held_rows(index: Index, config: Part) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Training images of one fold of the patients with tail findings, and with val as many as `most_a_group`."""
    train = index.where("train")
    tail = np.array([i for i in train if carries(index.records[int(i)].labels, GROUPS["tail"])], dtype=np.int64)
    columns = [FINDINGS.index(f) for f in GROUPS["tail"]]
    positive = index.labels(tail).numpy()[:, columns] == 1
    patients = [index.records[int(i)].patient for i in tail]
    fold = patient_folds(patients, positive, int(config["folds"]), int(config["seed"]))
    hidden = {patients[k] for k in np.flatnonzero(fold == int(config["held_fold"]))}
    kept_back = np.array(
        [i for i in train if index.records[int(i)].source == "nih" and index.records[int(i)].patient in hidden],
        dtype=np.int64,
    )
    order = np.random.default_rng(int(config["seed"])).permutation(index.where("val"))
    seen: dict[str, int] = {}
    chosen = list(tail[np.isin(tail, kept_back)])
    for i in order:
        group = rarest_group(index.records[int(i)].labels)
        seen[group] = seen.get(group, 0) + 1
        if seen[group] <= int(config["most_a_group"]):
            chosen.append(i)
    return kept_back, np.sort(np.array(chosen, dtype=np.int64))


def run_ablation(config: Part, cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains every arm of configs/ablation.json that is not whole yet, `minutes` at most each; writes results.json.

    Raises TimeoutError for an arm that has not had all its samples: it would not compare.
    """
    index = load_index(cache)
    kept_back, rows = held_rows(index, config)
    held = held_out(index, rows, folder.parent, float(config["severity_scale"]))
    errors: dict[str, Tensor] = {}
    results: dict[str, Part] = {}
    for name, arm in config["arms"].items():
        told, untold, curve = train_arm(config, arm, index, kept_back, held, folder / name, minutes)
        errors[name] = told
        results[name] = {
            "error": by_group(told, held),
            "told_buys": by_group(untold - told, held),
            "curve": curve,
            "against_plain": compared(told, errors["plain"], held),
        }
        (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        print(name, json.dumps(results[name]["against_plain"]), flush=True)
    return {}


def train_arm(
    config: Part, arm: Part, index: Index, kept_back: NDArray[np.int64], held: HeldOut, folder: Path, minutes: float
) -> tuple[Tensor, Tensor, list[Part]]:
    """One arm; velocity errors (N) with and without the statement, and the groups' errors at each stage's end."""
    runs = folder.parent.parent
    added = widening(arm)
    examples = Examples(config, index, runs, added.widen)
    rows = examples.latents.rows
    base = sampling_weights(index.records, rows, config["sources"])
    base[torch.from_numpy(np.isin(rows, kept_back))] = 0
    groups = [rarest_group(r.labels) for r in examples.records]
    lengths: dict[str, float] = config["curriculum"]
    stages, replay, distil = stages_of(lengths), float(config["replay"]), float(config["distil"])
    schedule = [stage_weights(base, groups, k, replay) for k in range(len(ORDER))]
    earlier = [torch.tensor([g in ORDER[:k] for g in groups]) for k in range(len(ORDER))]
    torch.manual_seed(int(config["seed"]))
    whole = Trained(int(config["width"]), TOKEN + added.columns)
    teacher = deepcopy(whole)
    batch, now = int(config["batch"]), -1
    run = Run(
        folder,
        {**config, "arms": {folder.name: arm}},
        whole,
        whole.optimiser(config),
        minutes,
        int(config["seed"]),
        float(config["half_life"]),
        {"teacher": teacher},
    )
    curve: list[Part] = []
    if (folder / "curve.json").exists():
        curve = json.loads((folder / "curve.json").read_text(encoding="utf-8"))
        now = len(curve)

    def finish_stage() -> None:
        kept = deepcopy(run.average.module)
        assert isinstance(kept, Trained)
        teacher.load_state_dict(kept.state_dict())
        curve.append(
            {"samples": run.samples, "error": by_group(velocity_errors(kept.denoiser, held, added.widen), held)}
        )
        (folder / "curve.json").write_text(json.dumps(curve) + "\n", encoding="utf-8")

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        nonlocal now
        stage = stage_at(stages, run.progress())
        if stage > max(now, 0):
            finish_stage()
        now = stage
        whole.train()
        weights = schedule[stage] if arm.get("incremental") else base
        pick = torch.multinomial(weights, batch, replacement=True, generator=generator)
        view = torch.randint(0, examples.latents.views, (batch,), generator=generator)
        e = examples.of(pick, view, generator)
        loss, velocity, metrics = whole.loss(e, config)
        replayed = earlier[stage][pick]
        if arm.get("incremental") and stage and distil and replayed.any():
            some = {k: v[replayed] for k, v in e.items()}
            with torch.no_grad():
                _, before, _ = teacher.loss(some, config)
            loss = loss + distil * (velocity[replayed] - before).square().mean() * replayed.float().mean()
        return loss, metrics

    if not run.whole():
        run.train(batch_loss, batch)
        if not run.whole():
            raise TimeoutError(f"{folder.name} has {run.samples} of {run.most_samples} samples: run the stage again")
        finish_stage()
    final = run.average.module
    assert isinstance(final, Trained)
    told = velocity_errors(final.denoiser, held, added.widen)
    return told, velocity_errors(final.denoiser, held, added.widen, told=False), curve
