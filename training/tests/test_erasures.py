"""Which erasures are good enough to learn from."""

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from evaluation_data import write_data

from counterpart_training.evaluation.dataset import open_folder
from counterpart_training.evaluation.edits import opacity_inside
from counterpart_training.stages.erasures import LEAST_CELLS, Erasures, accepted, erased_before, lung_cases


class Halves:
    """An anatomist that finds a lung in the upper half of every picture, and a reader that sees what it is given."""

    def __init__(self, cells: list[int]) -> None:
        self.cells = cells

    def share(self, x: torch.Tensor) -> torch.Tensor:
        out = torch.zeros(len(x), 8, 32, 32)
        out[:, 1, :16] = 1
        return out

    def opacity(self, x: torch.Tensor) -> torch.Tensor:
        out = torch.zeros(len(x), 1, 32, 32)
        for film, count in enumerate(self.cells[: len(x)]):
            out[film].view(-1)[:count] = 0.9
            out[film, :, 16:] = 0.9
        return out


def test_films_with_enough_opacity_in_the_lungs_are_erased_where_it_is(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 3, 0))
    nets = cast(Any, Halves([LEAST_CELLS - 1, LEAST_CELLS, 40]))
    cases = lung_cases(nets, index, np.arange(3))
    assert [case.row for case in cases] == [1, 2]
    # Eight pixels a side are a cell; what is opaque outside the lungs is left.
    assert [int(case.mask.sum()) // 64 for case in cases] == [LEAST_CELLS, 40]


def test_what_an_earlier_run_erased_is_known_and_a_missing_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "log.json").write_text(json.dumps([{"row": 4}, {"row": 9}]))
    assert erased_before(tmp_path) == {4, 9}
    with pytest.raises(FileNotFoundError, match=r"configs/erasures-lungs\.json"):
        Erasures.load(tmp_path / "erasures-lungs")


def test_an_erasure_counts_when_enough_opacity_is_gone() -> None:
    before, after = torch.tensor([0.8, 0.8, 0.0]), torch.tensor([0.3, 0.5, 0.0])
    assert accepted(before, after, 0.5).tolist() == [True, False, False]
    masks = torch.zeros(1, 1, 256, 256)
    masks[..., :8, :16] = 1
    opacity = torch.zeros(1, 1, 32, 32)
    opacity[0, 0, 0, :4] = torch.tensor([0.2, 0.6, 1.0, 1.0])
    assert opacity_inside(opacity, masks).item() == pytest.approx(0.4)
