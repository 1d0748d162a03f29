"""Drawn findings as the denoiser gets them: pairs, what is said of each, and the stages in which they come."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from test_moved_zones import CHESTS, config, plain_cache
from test_transplant import index_of

from counterpart_training.data.statement import ANYWHERE, FOCUS, KNOWN, OPACITY, place, unknown
from counterpart_training.findings import FINDINGS, REGIONS
from counterpart_training.networks.reader import GRID
from counterpart_training.stages.curriculum import ORDER, drawing_weights
from counterpart_training.stages.denoiser import Incremental, Trained
from counterpart_training.stages.drawings import DRAWING_SHAPES, Drawings, drawn_findings, read_drawings
from counterpart_training.stages.examples import LITTLE, MOST, Examples, under_focus

EFFUSION, HERNIA = FINDINGS.index("effusion"), FINDINGS.index("hernia")
LOWER, PLEURA = REGIONS.index("right_lower"), REGIONS.index("pleura")
TABLE = "path,film,finding,places,severity,seed\n"
EFFUSION_ROW = "images/effusion-0000.png,a,effusion,right_lower,2.4,7\n"
HERNIA_ROW = "images/hernia-0000.png,b,hernia,right_lower left_lower,1,8\n"


def drawings_in(folder: Path) -> None:
    """A cache of two pairs: 0 before and 1 after in every array; the drawing lies in the upper left quarter."""
    (folder / "films" / "images").mkdir(parents=True)
    (folder / "films" / "drawings.csv").write_text(TABLE + EFFUSION_ROW + HERNIA_ROW)
    for name, shape in DRAWING_SHAPES.items():
        array = np.full((1, 2, *shape), float(name.endswith("_drawn")), np.float16)
        if name == "where":
            array[..., : GRID // 2, : GRID // 2] = 1
        np.save(folder / f"{name}.npy", array)
    (folder / "views.txt").write_text("1")


@pytest.fixture
def drawings(tmp_path: Path) -> Drawings:
    drawings_in(tmp_path / "drawings")
    return Drawings(tmp_path / "drawings", index_of(CHESTS))


def test_a_drawing_says_where_its_finding_is_and_where_it_is_not(drawings: Drawings) -> None:
    said = drawings.severities(torch.tensor([0, 1]), torch.tensor([True, False]))
    present = {LOWER, PLEURA, ANYWHERE, FOCUS}
    assert said[0, :, EFFUSION].tolist() == pytest.approx([2.4 if r in present else 0 for r in range(len(REGIONS))])
    assert (said[1, :, HERNIA] == 0).all()
    said[0, :, EFFUSION], said[1, :, HERNIA] = -1, -1
    assert (said == -1).all()


@pytest.mark.parametrize(
    ("covered", "told"), [(1, 2.4), (MOST + 0.1, 2.4), (LITTLE / 2, 0), (0, 0), ((MOST + LITTLE) / 2, -1)]
)
def test_the_focus_is_said_as_far_as_the_mask_covers_the_drawing(covered: float, told: float) -> None:
    placed = torch.full((1, len(REGIONS), len(FINDINGS)), -1.0)
    placed[0, FOCUS, EFFUSION] = 2.4
    drawn = torch.ones(1, 1, GRID, GRID)
    focus = (torch.arange(GRID * GRID) < covered * GRID * GRID).float().view(1, 1, GRID, GRID)
    assert under_focus(placed, drawn, focus)[0, FOCUS, EFFUSION] == pytest.approx(told)
    placed[0, FOCUS, EFFUSION] = 0
    assert under_focus(placed, drawn, focus)[0, FOCUS, EFFUSION] == 0


def test_places_are_said_beside_what_was_said(drawings: Drawings) -> None:
    tokens = unknown(1)
    tokens[0, LOWER, 0], tokens[0, LOWER, KNOWN] = 0.5, 1
    said = place(tokens, drawings.severities(torch.tensor([0]), torch.tensor([True])))
    assert said[0, LOWER, [0, KNOWN, EFFUSION, KNOWN + EFFUSION]].tolist() == pytest.approx([0.5, 1, 0.8, 1])
    assert said[0, 0, [0, KNOWN, EFFUSION, KNOWN + EFFUSION]].tolist() == [0, 0, 0, 1]


def test_both_films_of_a_pair_come_with_the_labels_of_each(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    drawings_in(tmp_path / "drawings")
    examples = Examples({**config(0), "drawings": 1, "drawn_weight": 2}, index, tmp_path)
    assert examples.drawings is not None
    item = torch.arange(2).repeat(20)
    seen = examples.see_drawn(examples.drawings, item, torch.Generator().manual_seed(2))
    drawn = seen.latent[:, 0, 0, 0] == 1
    assert 5 < int(drawn.sum()) < 35
    assert torch.equal(seen.features[:, 0, 0, 0] == 1, drawn)
    assert not torch.equal(seen.share[:, 0, 0, 0] == 1, drawn)
    finding = torch.tensor([EFFUSION, HERNIA])[item]
    assert torch.equal(seen.labels[torch.arange(40), finding] == 1, drawn)
    assert torch.equal(seen.placed[torch.arange(40), ANYWHERE, finding] > 0, drawn)
    assert seen.group.tolist() == [ORDER.index("mid"), ORDER.index("tail")] * 20
    batch = examples.batch(torch.ones(len(CHESTS)), 8, torch.Generator().manual_seed(1))
    assert batch["weight"][0, 0, 0, 0] == 3 and batch["weight"][0, 0, -1, -1] == 1
    assert (batch["tokens"][:, FOCUS] == 0).all(), "nothing was painted"


def test_a_film_with_consolidation_drawn_on_it_is_not_said_to_be_clear_of_opacity(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    drawings_in(tmp_path / "drawings")
    examples = Examples({**config(0), "drawings": 1}, index, tmp_path)
    assert examples.drawings is not None
    examples.drawings.labels[:, OPACITY] = 0
    examples.drawings.findings[1] = "consolidation"
    item = torch.arange(2).repeat(20)
    seen = examples.see_drawn(examples.drawings, item, torch.Generator().manual_seed(2))
    drawn = seen.latent[:, 0, 0, 0] == 1
    assert torch.equal(seen.labels[:, OPACITY] == -1, drawn & (item == 1))


def test_drawings_come_once_their_group_is_learnt_and_are_replayed_after() -> None:
    groups = torch.tensor([2, 2, 3])
    assert drawing_weights(groups, 1, 0.4).tolist() == [0, 0, 0]
    assert drawing_weights(groups, 2, 0.4).tolist() == pytest.approx([0.3, 0.3, 0])
    assert drawing_weights(groups, 3, 0.4).tolist() == pytest.approx([0.2, 0.2, 0.6])
    assert drawing_weights(torch.tensor([1, 2, 3]), 3, 0.4).tolist() == pytest.approx([0.2, 0.2, 0.6])


def test_findings_that_are_not_learnt_do_not_come(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    drawings_in(tmp_path / "drawings")
    curriculum = {"normal": 0, "head": 0, "mid": 0, "tail": 1}
    some: dict[str, Any] = {**config(0), "drawings": 0.5, "drawn_findings": ["hernia"], "curriculum": curriculum}
    examples = Examples(some, index, tmp_path)
    assert examples.shares().drawings.tolist() == [0, 1]
    pil = Incremental({**some, "replay": 0.4, "distil": 1}, examples, torch.ones(len(CHESTS)), Trained(8))
    assert pil.draws(ORDER.index("tail"))[1].drawings.tolist() == pytest.approx([0, 0.6])


def test_findings_that_are_not_drawn_are_named(tmp_path: Path) -> None:
    for named, said in ((["pleural effusion"], "pleural effusion"), ([], "names none")):
        with pytest.raises(ValueError, match=said):
            drawn_findings({"drawings": 0.5, "drawn_findings": named})
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    drawings_in(tmp_path / "drawings")
    with pytest.raises(ValueError, match="no drawing is of mass"):
        Examples({**config(0), "drawings": 0.5, "drawn_findings": ["mass"]}, index, tmp_path)


def test_what_is_replayed_is_held_to_the_teacher(tmp_path: Path) -> None:
    index = index_of(CHESTS)
    plain_cache(index, tmp_path / "latents")
    drawings_in(tmp_path / "drawings")
    curriculum = dict.fromkeys(ORDER, 0.25)
    shares = {"drawings": 0.5, "replay": 0.4, "distil": 0.5, "align": 0}
    whole: dict[str, Any] = {**config(0), **shares, "curriculum": curriculum}
    examples = Examples(whole, index, tmp_path)
    teacher = Trained(8)
    pil = Incremental(whole, examples, torch.ones(len(CHESTS)), teacher)
    assert [pil.draws(k)[1].drawn for k in range(4)] == [0, 0, 0.5, 0.5]
    e = examples.batch(*pil.draws(3)[:1], 16, torch.Generator().manual_seed(4), pil.draws(3)[1])
    with torch.no_grad():
        _, velocity, _ = teacher.loss(e, whole)
    assert float(pil.held(e, velocity, 3)) == pytest.approx(0, abs=1e-6)
    assert float(pil.held(e, velocity + 1, 3)) == pytest.approx(0.5 * float((e["group"] < 3).float().mean()), rel=1e-3)
    assert float(pil.held(e, velocity + 1, 0)) == 0


def test_a_film_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="drawnFilms"):
        read_drawings(tmp_path, index_of(CHESTS))
    (tmp_path / "images").mkdir()
    Image.new("L", (256, 256)).save(tmp_path / "images" / "effusion-0000.png")
    (tmp_path / "drawings.csv").write_text(TABLE + "images/effusion-0000.png,nobody,effusion,right_lower,1,1\n")
    with pytest.raises(ValueError, match="nobody"):
        read_drawings(tmp_path, index_of(CHESTS))
