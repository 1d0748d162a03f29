"""The loop every stage shares: a time budget, progress, resume, averaged weights and a run record."""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..networks.blocks import channels_last

Metrics = dict[str, float]


class Average:
    """Exponential moving average of a module's weights and buffers, half-life in steps."""

    def __init__(self, model: nn.Module, half_life: float) -> None:
        self.module = deepcopy(model).eval()
        self.half_life = half_life
        self.steps = 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.steps += 1
        keep = min(0.5 ** (1 / self.half_life), self.steps / (self.steps + 9))
        for mine, theirs in zip(self.module.state_dict().values(), model.state_dict().values(), strict=True):
            if mine.dtype.is_floating_point:
                mine.lerp_(theirs, 1 - keep)
            else:
                mine.copy_(theirs)


class Run:
    """One stage's run in `folder`: checkpoint.pt (to go on from), record.json (what was done), log.jsonl (the curve).

    `minutes` is the budget of this call; the learning rate falls over `schedule_minutes` of training in all. A
    configuration with `samples` ends, and falls, by samples instead: equal compute on a core of any speed.
    """

    def __init__(
        self,
        folder: Path,
        config: dict[str, Any],
        model: nn.Module,
        optimiser: torch.optim.Optimizer,
        minutes: float,
        seed: int,
        half_life: float = 500.0,
        extra: dict[str, Any] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
        self.folder, self.config, self.model, self.optimiser = folder, config, model, optimiser
        self.extra = extra or {}
        channels_last(model)
        self.average = Average(model, half_life)
        self.minutes, self.schedule = minutes, float(config.get("schedule_minutes", minutes))
        self.most_samples = int(config.get("samples", 0))
        self.step, self.samples, self.spent = 0, 0, 0.0
        self.generator = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        if self.checkpoint.exists():
            self._resume()
        elif (folder / "initial.pt").exists():
            self._start_from_release(folder / "initial.pt")

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.module.load_state_dict(state["average"])
        self.average.steps = state["step"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.generator.set_state(state["generator"])
        for name, part in self.extra.items():
            if name in state["extra"]:
                part.load_state_dict(state["extra"][name])
        self.step, self.samples, self.spent = state["step"], state["samples"], state["spent"]
        print(f"resumed at step {self.step} after {self.spent / 60:.1f} minutes", flush=True)

    def _start_from_release(self, path: Path) -> None:
        """What `training restore` brought back; parts that never ship (the denoiser's alignment head) stay new."""
        state = torch.load(path, weights_only=True)
        for module in (self.model, self.average.module):
            module.load_state_dict(state, strict=False)
        print(f"started from the released weights in {path}", flush=True)

    def begin_with(self, weights: dict[str, torch.Tensor]) -> None:
        """Averaged weights of another run to go on from, where this one has not begun; parts without any stay new."""
        if self.step == 0:
            for module in (self.model, self.average.module):
                module.load_state_dict(weights, strict=False)

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average.module.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "generator": self.generator.get_state(),
            "extra": {name: part.state_dict() for name, part in self.extra.items()},
            "step": self.step,
            "samples": self.samples,
            "spent": self.spent,
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.rename(self.checkpoint)

    def rate(self) -> float:
        """Learning-rate factor: 200 warm-up steps, then a half cosine over the schedule down to 2 %."""
        progress = self.progress()
        return min(1.0, (self.step + 1) / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))

    def progress(self) -> float:
        """Share of the schedule that is done, 0 to 1."""
        share = self.samples / self.most_samples if self.most_samples else self.spent / 60 / self.schedule
        return min(1.0, share)

    def whole(self) -> bool:
        """Whether a run that is counted in samples has had them all."""
        return bool(self.most_samples) and self.samples >= self.most_samples

    def train(
        self,
        batch_loss: Callable[[torch.Generator], tuple[torch.Tensor, Metrics]],
        batch_size: int,
        evaluate: Callable[[nn.Module], Metrics] | None = None,
        evaluate_every_minutes: float = 8.0,
        after_step: Callable[[], None] | None = None,
        save_every_minutes: float = 4.0,
    ) -> Metrics:
        """Runs until the budget is spent; returns the last evaluation of the averaged weights."""
        begin, spent_before = time.time(), self.spent
        next_evaluation, next_save = evaluate_every_minutes * 60, save_every_minutes * 60
        smooth: Metrics = {}
        while (elapsed := time.time() - begin) < self.minutes * 60 and not self.whole():
            self.spent = spent_before + elapsed
            factor = self.rate()
            for group in self.optimiser.param_groups:
                group["lr"] = group["base_lr"] * factor
            loss, metrics = batch_loss(self.generator)
            if not torch.isfinite(loss):
                raise FloatingPointError(
                    f"loss is {loss.item()} at step {self.step}; last checkpoint: {self.checkpoint}"
                )
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
            self.optimiser.step()
            if after_step:
                after_step()
            self.average.update(self.model)
            self.step += 1
            self.samples += batch_size
            for key, value in metrics.items():
                smooth[key] = value if key not in smooth else 0.97 * smooth[key] + 0.03 * value
            if self.step % 20 == 0:
                self._progress(elapsed, smooth)
            if elapsed > next_save:
                self.save()
                next_save += save_every_minutes * 60
            if evaluate and elapsed > next_evaluation:
                self._log({**smooth, **evaluate(self.average.module)})
                next_evaluation += evaluate_every_minutes * 60
        self.save()
        final = evaluate(self.average.module) if evaluate else {}
        self._log({**smooth, **final})
        self._record(final)
        return final

    def _progress(self, elapsed: float, smooth: Metrics) -> None:
        done = min(1.0, elapsed / 60 / self.minutes)
        bar = "#" * int(done * 20)
        text = " ".join(f"{k} {v:.4f}" for k, v in smooth.items())
        left = self.minutes - elapsed / 60
        speed = self.samples / max(self.spent, 1e-9)
        end = "\r" if sys.stdout.isatty() else "\n"
        if sys.stdout.isatty() or self.step % 100 == 0:
            print(f"[{bar:<20}] step {self.step} {speed:.1f}/s {left:.1f} min left  {text}", end=end, flush=True)

    def _log(self, values: Metrics) -> None:
        entry = {"step": self.step, "samples": self.samples, "minutes": round(self.spent / 60, 2)}
        entry |= {k: round(v, 5) for k, v in values.items()}
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
        print("\n" + json.dumps(entry), flush=True)

    def _record(self, final: Metrics) -> None:
        commit = subprocess.run(
            ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        ).stdout.strip()
        record = {
            "config": self.config,
            "commit": commit,
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
            "steps": self.step,
            "samples": self.samples,
            "minutes": round(self.spent / 60, 2),
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "evaluation": final,
        }
        (self.folder / "record.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
