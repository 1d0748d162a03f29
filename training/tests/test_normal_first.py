"""Normal-first augmentation: what is erased, what is protected, and what is accepted."""

from dataclasses import replace

import pytest
import torch

from counterpart_training.data.index import Record
from counterpart_training.evaluation.groups import LESIONS, rarest_group
from counterpart_training.findings import FINDINGS
from counterpart_training.stages.normal_first import Judged, carried, lesion_masks, verdict, without_heads

PNEUMONIA, EDEMA, EFFUSION = (FINDINGS.index(name) for name in ("pneumonia", "edema", "effusion"))
NOTHING = (-1,) * len(FINDINGS)
RECORD = Record("x.png", "nih", "train", "p", (256, 256), False, NOTHING, None, None, None, None, False)


def labelled(*present: int) -> Record:
    return replace(RECORD, labels=tuple(1 if k in present else -1 for k in range(len(FINDINGS))))


def one_hot(k: int) -> torch.Tensor:
    return torch.eye(len(FINDINGS))[k : k + 1]


def lungs_everywhere() -> torch.Tensor:
    share = torch.zeros(1, 8, 32, 32)
    share[:, 1] = 1
    return share


def test_only_what_is_known_to_be_there_is_carried() -> None:
    got = carried([labelled(PNEUMONIA, EDEMA), labelled(EFFUSION)], LESIONS)
    assert got.sum(1).tolist() == [1, 0]
    assert got[0, PNEUMONIA] == 1


def test_dense_opacity_is_masked_and_the_tail_finding_is_spared() -> None:
    opacity, activation = torch.zeros(1, 1, 32, 32), torch.zeros(1, len(FINDINGS), 32, 32)
    opacity[..., 4:12, 4:12] = 0.9
    activation[:, PNEUMONIA, 4:12, 4:12] = 1
    activation[:, EDEMA, 4:6, 4:12] = 5
    mask = lesion_masks(opacity, activation, lungs_everywhere(), one_hot(PNEUMONIA), one_hot(EDEMA), 0.3, 0.02)
    assert mask[0, 0, 6:12, 4:12].all()
    assert not mask[0, 0, 4:6, 4:12].any()


def test_nothing_outside_the_lungs_is_masked() -> None:
    opacity, activation = torch.ones(1, 1, 32, 32), torch.rand(1, len(FINDINGS), 32, 32)
    share = torch.zeros(1, 8, 32, 32)
    share[:, 1, :, :16] = 1
    mask = lesion_masks(opacity, activation, share, one_hot(PNEUMONIA), one_hot(EDEMA), 0.3, 0.02)
    assert mask[..., :16].any()
    assert not mask[..., 16:].any()


def judged(head: float, tail: float, inside: float) -> Judged:
    findings = torch.zeros(1, len(FINDINGS))
    findings[0, PNEUMONIA], findings[0, EDEMA] = head, tail
    return Judged(findings, torch.tensor([inside]))


@pytest.mark.parametrize(
    ("head", "tail", "accepted"),
    [(0.2, 0.55, True), (0.4, 0.6, False), (0.2, 0.4, False), (0.29, 0.51, True)],
)
@pytest.mark.parametrize("inside", [True, False])
def test_accepted_when_the_head_is_gone_and_the_tail_stays(
    head: float, tail: float, accepted: bool, inside: bool
) -> None:
    elsewhere = 0.9
    before = judged(elsewhere, 0.6, 0.8) if inside else judged(0.8, 0.6, elsewhere)
    after = judged(elsewhere, tail, head) if inside else judged(head, tail, elsewhere)
    got = verdict(before, after, one_hot(PNEUMONIA), one_hot(EDEMA), 0.3, 0.1, inside)
    assert bool(got["accepted"]) is accepted


def test_nothing_is_accepted_that_was_never_judged_diseased() -> None:
    clear = judged(0.2, 0.6, 0.2)
    for inside in (True, False):
        assert not verdict(clear, clear, one_hot(PNEUMONIA), one_hot(EDEMA), 0.3, 0.1, inside)["accepted"]


@pytest.mark.parametrize(("certain", "said", "boxes"), [(True, 0, ()), (False, -1, None)])
def test_what_is_kept_says_of_its_head_lesions_only_what_is_certain(
    certain: bool, said: int, boxes: tuple[()] | None
) -> None:
    kept = without_heads(labelled(PNEUMONIA, EDEMA), certain)
    assert kept.labels[PNEUMONIA] == said
    assert kept.labels[EDEMA] == 1
    assert kept.opacity_boxes == boxes


@pytest.mark.parametrize(
    ("present", "absent", "group"),
    [
        ((PNEUMONIA, EDEMA, EFFUSION), (), "tail"),
        ((PNEUMONIA, EFFUSION), (), "mid"),
        ((PNEUMONIA,), (), "head"),
        ((), (FINDINGS.index("lung_opacity"),), "normal"),
        ((FINDINGS.index("no_finding"),), (), "normal"),
        ((), (), "head"),
    ],
)
def test_an_image_belongs_to_its_rarest_group(present: tuple[int, ...], absent: tuple[int, ...], group: str) -> None:
    labels = tuple(1 if k in present else 0 if k in absent else -1 for k in range(len(FINDINGS)))
    assert rarest_group(labels) == group
