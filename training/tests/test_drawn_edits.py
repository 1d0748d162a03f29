"""Drawn edits: what a change is worth beside the one that was asked, and what each denoiser may be told."""

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from test_moved_zones import CHESTS
from test_transplant import index_of

from counterpart_training.data.statement import ANYWHERE, OPACITY
from counterpart_training.evaluation import drawn_edits
from counterpart_training.evaluation.drawn_edits import as_learnt, figures_of, pair_of, told, told_at_home
from counterpart_training.evaluation.errors import DrawingsUnusable
from counterpart_training.findings import FINDINGS, REGIONS
from counterpart_training.stages.drawings import Drawing

EFFUSION, EDEMA = FINDINGS.index("effusion"), FINDINGS.index("edema")
DRAWINGS = [Drawing(Path("a"), 0, EFFUSION, (2,), 2.0), Drawing(Path("b"), 1, EDEMA, (0, 3), 1.0)]


def test_the_very_change_is_told_from_none_from_half_and_from_another() -> None:
    asked = torch.randn(1, 1, 256, 256, generator=torch.Generator().manual_seed(1)).repeat(4, 1, 1, 1)
    got = asked * torch.tensor([1, 0, 0.5, -1]).view(4, 1, 1, 1)
    want = [[1, 1, 0], [0, 0, 1], [1, 0.5, 0.5], [-1, -1, 2]]
    assert figures_of(asked, got).tolist() == [pytest.approx(row, abs=1e-5) for row in want]


def test_what_is_finer_than_the_coarse_cells_does_not_count() -> None:
    asked = torch.zeros(1, 1, 256, 256)
    asked[..., 64:128, 64:128] = 0.5
    fine = torch.ones(256, 256)
    fine[:, ::2] = -1
    assert figures_of(asked, asked + 0.2 * fine)[0].tolist() == pytest.approx([1, 1, 0], abs=1e-5)


def test_a_denoiser_that_never_learnt_places_is_told_a_finding_anywhere_and_at_home() -> None:
    known = told_at_home(DRAWINGS)
    assert [REGIONS[int(r)] for r in known[0, :, EFFUSION].nonzero()[:, 0]] == ["pleura", "anywhere"]
    assert known[1, :, EDEMA].nonzero()[:, 0].tolist() == [ANYWHERE]
    assert not known[:, :6, OPACITY].any()


def test_a_denoiser_is_told_places_of_what_it_learnt_from_drawings() -> None:
    placed = torch.zeros(2, len(REGIONS), len(FINDINGS))
    told_of_one = as_learnt(placed, DRAWINGS, ("effusion",))
    assert torch.equal(told_of_one[0], placed[0])
    assert torch.equal(told_of_one[1] == 0, told_at_home(DRAWINGS)[1])


def test_the_mask_reaches_two_cells_beyond_what_was_drawn(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    film = ((index.images(np.array([0]))[0, 0] + 1) * 127.5).round().to(torch.uint8).numpy()
    film[80:96, 80:96] += 20
    Image.fromarray(film).save(tmp_path / "drawn.png")
    pair = pair_of(index, [Drawing(tmp_path / "drawn.png", 0, EFFUSION, (2,), 2.0)])
    rows = pair.cells[0, 0].any(1).nonzero()[:, 0].tolist()
    assert rows == list(range(8, 14)) and pair.pixels[0, 0, 64:112, 64:112].all()


def test_what_is_smaller_than_a_cell_has_a_mask_and_what_is_not_there_has_none(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    film = ((index.images(np.array([0]))[0, 0] + 1) * 127.5).round().to(torch.uint8).numpy()
    Image.fromarray(film).save(tmp_path / "same.png")
    film[80:83, 80:83] += 20
    Image.fromarray(film).save(tmp_path / "small.png")
    pair = pair_of(index, [Drawing(tmp_path / f"{name}.png", 0, EFFUSION, (2,), 2.0) for name in ("small", "same")])
    assert pair.cells.sum((1, 2, 3)).tolist() == [25, 0]


def test_drawings_that_are_not_there_stop_it_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_edits, "load_index", lambda _: index_of(CHESTS))
    monkeypatch.setattr(drawn_edits, "load_networks", lambda *_: (None, None, "none"))
    args = argparse.Namespace(runs=tmp_path, models=None, drawings=tmp_path, count=8)
    with pytest.raises(DrawingsUnusable, match="drawnFilms"):
        drawn_edits.report_drawn_edits(args, tmp_path)


def test_figures_are_told_by_finding_and_over_all() -> None:
    table = told(DRAWINGS, np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    assert list(table) == ["effusion", "edema", "all"]
    assert table["effusion"]["left"] == 0 and table["all"]["left"] == 0.5 and table["all"]["films"] == 2
