"""Peers end with the same weights, count each other's samples, and say what a wrong rank should have been."""

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

from counterpart_training.stages import peers
from counterpart_training.stages.loop import Metrics, Run
from counterpart_training.stages.muon import muon_for
from counterpart_training.stages.peers import parse_peers


def work(rank: int, folder: Path) -> None:
    torch.set_num_threads(1)
    peers.SYNC_SECONDS = 0.2
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 1, 1))
    optimiser = muon_for(model, 0.02, 0.001, edges=("0.",))
    run = Run(folder, {}, model, optimiser, minutes=1 / 60, seed=5, peers=parse_peers(f"{rank}/2", folder))
    seen: list[float] = []

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        x = torch.randn(4, 1, 8, 8, generator=generator)
        seen.append(float(x[0, 0, 0, 0]))
        loss = (model(x) - x[:, :, 1:-1, 1:-1]).square().mean()
        return loss, {"loss": loss.item()}

    run.train(batch_loss, 4)
    torch.save({"weights": model.state_dict(), "seen": seen}, folder / f"peer{rank}.pt")


def test_peers_see_different_data_and_end_with_the_same_weights(tmp_path: Path) -> None:
    spawn(work, (tmp_path,), nprocs=2)  # type: ignore[no-untyped-call]
    one, other = (torch.load(tmp_path / f"peer{rank}.pt", weights_only=True) for rank in (0, 1))
    for a, b in zip(one["weights"].values(), other["weights"].values(), strict=True):
        assert torch.allclose(a, b) or not a.dtype.is_floating_point
    assert set(one["seen"]).isdisjoint(other["seen"])
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["peers"] == 2
    assert record["samples"] == 4 * (len(one["seen"]) + len(other["seen"]))


@pytest.mark.parametrize("text", ["2/2", "-1/2", "first"])
def test_a_wrong_rank_says_what_is_expected(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"rank goes from|RANK/COUNT"):
        parse_peers(text, tmp_path)
