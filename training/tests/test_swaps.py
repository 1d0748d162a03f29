"""Swaps of opacity: what is asked, what stays, and what is said of them."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from test_axioms import Toy, record
from torch import Tensor

from counterpart_training.data.statement import FOCUS, KNOWN, OPACITY
from counterpart_training.evaluation import axioms
from counterpart_training.evaluation.edits import Sampler, feather
from counterpart_training.evaluation.errors import SamplesMissing
from counterpart_training.evaluation.figures import Figure
from counterpart_training.evaluation.sheet import write_sheet
from counterpart_training.evaluation.swap_matrix import SIDE, as_picture, read_samples
from counterpart_training.evaluation.swaps import (
    Swaps,
    agreement,
    pairs,
    stated,
    swap,
    swap_matrix,
    swap_section,
    swap_worlds,
)
from counterpart_training.findings import ZONES

SAMPLER = Sampler("twin-flow", 4, 2.0, 0.9, against="source", passes=2, severity_scale=2.75)


def chest(seed: int) -> Tensor:
    """(1, 1, 256, 256), another brightness in every zone of Toy's lungs."""
    generator = torch.Generator().manual_seed(seed)
    return torch.nn.functional.interpolate(torch.rand(1, 1, 32, 32, generator=generator) - 0.5, (256, 256))


def test_the_donors_grades_are_asked_zone_by_zone() -> None:
    nets, x = Toy(), chest(1)
    asked = torch.tensor([[0.0, 1.0, 2.0, 3.0, 0.5, 0.0]])
    source, target = swap_worlds(nets, x, asked, [record()], 2.75)
    assert target.tokens[0, : len(ZONES), OPACITY].mul(3).tolist() == pytest.approx(asked[0].tolist())
    assert source.tokens[0, : len(ZONES), OPACITY].mul(3).tolist() == pytest.approx(stated(nets, x, 2.75)[0].tolist())
    assert target.tokens[0, FOCUS, OPACITY] * 3 == pytest.approx(float(asked.mean()), abs=1e-4)
    assert target.tokens[0, FOCUS, KNOWN + OPACITY] == 1
    assert torch.equal(source.regions, target.regions)


def test_an_image_with_its_own_statement_stays_bit_for_bit_and_beside_the_lungs_all_do() -> None:
    nets, images = Toy(), torch.cat([chest(1), chest(2), chest(3)])
    made, found = swap_matrix(nets, images, [record()] * 3, SAMPLER)
    assert made.shape == (3, 3, 1, 256, 256)
    lungs = torch.nn.functional.interpolate(nets.share(images)[:, 1:7].sum(1, keepdim=True), (256, 256))
    beside = feather(lungs) == 0
    for i in range(3):
        assert torch.equal(made[i, i], images[i])
        for j in range(3):
            assert float(((made[i, j] - images[i]) * beside[i]).abs().max()) == 0
            assert i == j or axioms.composition(images[i : i + 1], made[i, j][None]) > 0
    assert len(found.lungs) == 6, "the diagonal is no swap"
    assert found.lungs == [1.0] * 6


def test_every_image_gives_and_takes_once_and_never_from_itself() -> None:
    taking, giving = pairs(np.arange(10, 40))
    assert sorted(taking) == sorted(giving) == list(range(10, 40))
    assert (taking != giving).all()


def noted(recipient: float, donor: float, result: float, count: int) -> Swaps:
    def zones(value: float) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
        random = np.random.default_rng(int(value * 100))
        return list(value + 0.01 * random.random((count, 6)))

    return Swaps(zones(recipient), zones(donor), zones(result), [0.9] * count, [0.8] * count, [0.01] * count)


def found(swaps: Swaps) -> dict[str, Figure]:
    return {f.name: f for f in swap_section(swaps, 0.3).figures}


def test_zones_that_became_the_donors_are_counted() -> None:
    came, stayed = found(noted(0.1, 0.6, 0.5, 10)), found(noted(0.1, 0.6, 0.2, 10))
    assert came["zones that differed and now are as the donor's"].value == 1
    assert came["of these, opaque in the donor"].n == 60
    assert came["of these, clear in the donor"].value is None
    assert stayed["zones that differed and now are as the donor's"].value == 0
    cleared = found(noted(0.6, 0.1, 0.2, 10))
    assert cleared["of these, clear in the donor"].value == 1


def test_agreement_is_of_all_zones_together() -> None:
    a = np.random.default_rng(0).random((20, 6))
    assert agreement(a, 2 * a + 1) == pytest.approx(1)
    assert agreement(a, -a) == pytest.approx(-1)
    assert np.isnan(agreement(a, np.ones((20, 6))))
    flat = found(Swaps(list(a), list(np.ones((20, 6))), list(a), [1.0] * 20, [1.0] * 20, [0.0] * 20))
    assert flat["zones: result with donor"].value is None
    assert flat["zones: result with recipient as it was"].value == pytest.approx(1)


def test_few_swaps_give_no_figure() -> None:
    assert [f.value for f in swap_section(noted(0.1, 0.6, 0.5, 3), 0.3).figures] == [None]


def test_a_batch_is_noted_in_the_recipients_zones() -> None:
    nets, x, donor = Toy(), chest(1), chest(2)
    out = Swaps()
    y = swap(nets, x, stated(nets, donor, 2.75), [record()], SAMPLER, 1)
    out.add(nets, x, donor, y)
    assert [len(v) for v in (out.recipient, out.donor, out.result, out.lungs, out.heart, out.others)] == [1] * 6
    assert out.others == [0.0]
    assert np.abs(out.recipient[0] - out.donor[0]).max() > 0


def test_the_picture_has_donors_above_and_recipients_at_the_left(tmp_path: Path) -> None:
    images = torch.tensor([-0.5, 0.5]).view(2, 1, 1, 1).expand(2, 1, 256, 256)
    matrix = torch.tensor([[-0.5, -0.1], [0.1, 0.5]]).view(2, 2, 1, 1, 1).expand(2, 2, 1, 256, 256)
    write_sheet(tmp_path / "m.png", as_picture(images, matrix))
    seen = np.asarray(Image.open(tmp_path / "m.png"))[SIDE // 2 :: SIDE, SIDE // 2 :: SIDE]
    assert (seen / 127.5 - 1).round(1).tolist() == [[1, -0.5, 0.5], [-0.5, -0.5, -0.1], [0.5, 0.1, 0.5]]


def test_samples_are_read_as_the_release_lists_them(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    listed = []
    for k in range(3):
        Image.new("L", (64, 48), 40 * k).save(tmp_path / "samples" / f"{k}.png")
        listed.append({"file": f"{k}.png", "kind": "synthetic", "title": f"Sample {k}", "paediatric": k == 1})
    film = {"file": "film.jpg", "kind": "real", "title": "A film", "paediatric": False}
    (tmp_path / "samples" / "samples.json").write_text(json.dumps({"samples": [film, *listed]}))
    images, records, titles = read_samples(tmp_path, 2)
    assert images.shape == (2, 1, 256, 256)
    assert titles == ["Sample 0", "Sample 1"]
    assert [r.paediatric for r in records] == [False, True]
    assert float(images[1].mean()) == pytest.approx(40 / 127.5 - 1, abs=1e-4)


def test_a_release_without_samples_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(SamplesMissing, match="training samples"):
        read_samples(tmp_path)
