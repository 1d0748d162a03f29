"""Images for a classifier: whose statement, whose anatomy, whose label, whose patient."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from evaluation_data import write_data

from counterpart_training.evaluation.dataset import open_folder
from counterpart_training.findings import FINDINGS
from counterpart_training.sampling import World, vary
from counterpart_training.stages.augment import Maker, NoSuchImages, best_of, chest_mask, donors, recipients

EFFUSION = FINDINGS.index("effusion")


def random() -> np.random.Generator:
    return np.random.default_rng(5)


def test_every_image_with_the_finding_comes_before_any_comes_again(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 24, 4))
    able = {i for i in index.where("train", source="nih") if index.records[int(i)].labels[EFFUSION] == 1}
    rows = donors(index, "nih", "effusion", 2 * len(able) + 1, random())
    assert set(rows[: len(able)]) == able
    assert set(rows[len(able) : 2 * len(able)]) == able
    assert len(rows) == 2 * len(able) + 1


def test_those_of_few_pixels_give_only_where_they_may(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 24, 4))
    able = donors(index, "nih", "effusion", 3, random())
    blurred = [replace(r, low_resolution=i == able[0]) for i, r in enumerate(index.records)]
    index = replace(index, records=blurred)
    assert able[0] in donors(index, "nih", "effusion", 40, random())
    assert able[0] not in donors(index, "nih", "effusion", 40, random(), low_resolution=False)


def test_recipients_have_no_finding_and_are_of_the_source(tmp_path: Path) -> None:
    index = open_folder(write_data(tmp_path, 24, 4))
    for i in recipients(index, "nih", 30, random()):
        assert index.records[int(i)].labels[FINDINGS.index("no_finding")] == 1
        assert index.records[int(i)].split == "train"


@pytest.mark.parametrize(
    "choose", [lambda i: donors(i, "nih", "hernia", 3, random()), lambda i: recipients(i, "jsrt", 3, random())]
)
def test_what_no_image_carries_is_named(tmp_path: Path, choose: object) -> None:
    index = open_folder(write_data(tmp_path, 12, 4))
    with pytest.raises(NoSuchImages, match="change `count` or `source`"):
        choose(index)  # type: ignore[operator]


def test_the_mask_covers_the_organs_and_their_surroundings_only() -> None:
    share = torch.zeros(1, 8, 32, 32)
    share[:, 3, 10:14, 10:14] = 1
    mask = chest_mask(share)
    assert mask[..., 64:128, 64:128].all()
    assert mask.sum() == 64 * 64


def test_of_several_tries_the_best_is_kept_for_each_image() -> None:
    tries = [torch.full((3, 1, 2, 2), float(k)) for k in range(2)]
    scores = [torch.tensor([1.0, 0.0, 5.0]), torch.tensor([0.5, 0.1, 7.0])]
    assert best_of(tries, scores)[:, 0, 0, 0].tolist() == [0, 1, 1]


@pytest.mark.parametrize("swapping", [True, False])
def test_the_label_is_the_donors_and_the_patient_the_one_in_the_picture(tmp_path: Path, swapping: bool) -> None:
    index = open_folder(write_data(tmp_path, 24, 4))
    donor = int(donors(index, "nih", "effusion", 1, random())[0])
    recipient = int(recipients(index, "nih", 1, random())[0])
    maker = Maker.__new__(Maker)
    maker.index = index
    record = maker.record(donor, recipient, swapping)
    assert record.labels == index.records[donor].labels
    assert record.patient == index.records[recipient if swapping else donor].patient
    assert record.split == "generated"


class Straight(torch.nn.Module):
    """The velocity of one known picture: noise - z whatever is asked."""

    def __init__(self, z: torch.Tensor, noise: torch.Tensor) -> None:
        super().__init__()
        self.velocity = noise - z

    def forward(self, *_: torch.Tensor) -> torch.Tensor:
        return self.velocity


@pytest.mark.parametrize("start", [0.3, 1.0])
def test_a_variation_follows_the_flow_from_its_start_back_to_a_picture(start: float) -> None:
    z, noise = torch.randn(2, 8, 32, 32), torch.randn(2, 8, 32, 32)
    world = World(torch.zeros(2, 10, 32), torch.zeros(2, 10, 32, 32), torch.zeros(2, 8))
    true = vary(Straight(z, noise), z, noise, world, start, 3, 2.0)  # type: ignore[arg-type]
    assert torch.allclose(true, z, atol=1e-5)
    other = vary(Straight(z + 1, noise), z, noise, world, start, 3, 1.0)  # type: ignore[arg-type]
    assert torch.allclose(other, z + start, atol=1e-5)
