"""The training loop: a run cut in two is the run in one piece; averages and rates follow their formulas."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn

from counterpart_training.stages import loop
from counterpart_training.stages.loop import Average, Metrics, Run
from counterpart_training.stages.muon import muon_for


class Clock:
    """A second passes whenever somebody looks."""

    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        self.now += 1
        return self.now


def train(folder: Path, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(loop, "time", SimpleNamespace(time=Clock().time))
    torch.manual_seed(3)
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 1, 1))
    optimiser = muon_for(model, 0.02, 0.001, edges=("0.",))
    run = Run(folder, {"schedule_minutes": 1}, model, optimiser, minutes=seconds / 60, seed=5, half_life=4)

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        x = torch.randn(4, 1, 8, 8, generator=generator)
        loss = (model(x) - x[:, :, 1:-1, 1:-1]).square().mean()
        return loss, {"loss": loss.item()}

    run.train(batch_loss, 4, lambda m: {"norm": sum(p.square().sum().item() for p in m.parameters())})
    return run


def test_a_resumed_run_equals_an_uninterrupted_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = train(tmp_path / "whole", 10.5, monkeypatch)
    train(tmp_path / "halves", 5.5, monkeypatch)
    halves = train(tmp_path / "halves", 5.5, monkeypatch)
    assert whole.step == halves.step == 10
    for a, b in zip(whole.model.state_dict().values(), halves.model.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    for a, b in zip(
        whole.average.module.state_dict().values(), halves.average.module.state_dict().values(), strict=True
    ):
        assert torch.equal(a, b)


def test_the_record_says_what_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = train(tmp_path, 3.5, monkeypatch)
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["steps"] == 3
    assert record["samples"] == 12
    assert record["parameters"] == sum(p.numel() for p in run.model.parameters())
    assert set(record["evaluation"]) == {"norm"}


def test_a_loss_that_is_not_a_number_stops_the_run(tmp_path: Path) -> None:
    model = nn.Linear(2, 2)
    run = Run(tmp_path, {}, model, muon_for(model, 0.02, 0.001), minutes=1, seed=1)
    with pytest.raises(FloatingPointError, match="step 0"):
        run.train(lambda g: (model(torch.full((1, 2), float("nan"))).sum(), {}), 1)


def test_the_average_of_constant_weights_is_the_weights() -> None:
    model = nn.Linear(3, 3)
    average = Average(model, half_life=10)
    with torch.no_grad():
        model.weight.fill_(2)
    for _ in range(200):
        average.update(model)
    assert torch.allclose(average.module.weight, model.weight, atol=1e-3)  # type: ignore[arg-type]


def test_the_rate_warms_up_and_falls_to_two_percent(tmp_path: Path) -> None:
    model = nn.Linear(2, 2)
    run = Run(tmp_path, {"schedule_minutes": 10}, model, muon_for(model, 0.02, 0.001), minutes=10, seed=1)
    assert run.rate() == pytest.approx(1 / 200)
    run.step = 1000
    assert run.rate() == pytest.approx(1)
    run.spent = 300
    assert run.rate() == pytest.approx(0.51)
    run.spent = 600
    assert run.rate() == pytest.approx(0.02)
