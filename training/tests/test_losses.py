"""Losses: what is not annotated has no influence; perfect answers cost nothing."""

import torch
from torch import Tensor

from counterpart_training.findings import FINDINGS
from counterpart_training.stages.anatomist import dice_loss
from counterpart_training.stages.autoencoder import laplacian_loss, random_crops
from counterpart_training.stages.reader import reader_loss

COUNT = len(FINDINGS)


def gradients(labels: Tensor, located: Tensor, image: Tensor) -> tuple[Tensor, Tensor]:
    findings = torch.randn(2, COUNT, requires_grad=True)
    dense = torch.randn(2, 1, 32, 32, requires_grad=True)
    loss, _ = reader_loss(findings, dense, labels, torch.rand(2, 1, 32, 32), located, image)
    loss.backward()  # type: ignore[no-untyped-call]
    assert findings.grad is not None
    assert dense.grad is not None
    return findings.grad, dense.grad


def test_findings_that_nobody_annotated_get_no_gradient() -> None:
    labels = torch.full((2, COUNT), -1.0)
    labels[0, 3] = 1
    findings, _ = gradients(labels, torch.ones(2), torch.ones(2))
    assert findings[0, 3] != 0
    findings[0, 3] = 0
    assert (findings == 0).all()


def test_an_image_with_no_place_and_no_label_leaves_the_map_alone() -> None:
    _, dense = gradients(torch.zeros(2, COUNT), torch.tensor([0.0, 1.0]), torch.tensor([-1.0, 1.0]))
    assert (dense[0] == 0).all()
    assert (dense[1] != 0).any()


def test_nothing_annotated_costs_nothing() -> None:
    loss, parts = reader_loss(
        torch.randn(2, COUNT),
        torch.randn(2, 1, 32, 32),
        torch.full((2, COUNT), -1.0),
        torch.zeros(2, 1, 32, 32),
        torch.zeros(2),
        torch.full((2,), -1.0),
    )
    assert loss == 0
    assert set(parts.values()) == {0.0}


def test_the_loss_is_smaller_for_the_right_answer() -> None:
    labels = torch.randint(0, 2, (2, COUNT)).float()
    target = torch.zeros(2, 1, 32, 32)
    target[:, :, 8:16, 8:16] = 1
    given = (labels, target, torch.ones(2), torch.ones(2))
    right, _ = reader_loss((labels * 2 - 1) * 4, (target * 2 - 1) * 4, *given)
    wrong, _ = reader_loss((1 - labels * 2) * 4, (1 - target * 2) * 4, *given)
    assert right < 0.2 * wrong


def test_dice_loss_is_zero_for_the_truth_and_near_one_for_its_opposite() -> None:
    truth = torch.zeros(1, 3, 16, 16)
    truth[:, 1, :8], truth[:, 2, 8:] = 1, 1
    assert dice_loss(truth, truth) == 0
    assert dice_loss(truth[:, [0, 2, 1]], truth) > 0.98


def test_the_pyramid_ignores_a_constant_and_sees_an_edge() -> None:
    image = torch.rand(1, 1, 64, 64)
    assert laplacian_loss(image + 0.3, image) < 1e-6
    shifted = image.clone()
    shifted[:, :, :, 32:] += 0.5
    assert laplacian_loss(shifted, image) > 1e-3


def test_crops_stay_on_the_latent_grid() -> None:
    at = torch.arange(256).float()
    images = (at[:, None] * 1000 + at).expand(6, 1, 256, 256)
    corners = random_crops(images, 128, torch.Generator().manual_seed(1))[:, 0, 0, 0].long()
    assert ((corners // 1000) % 8 == 0).all()
    assert ((corners % 1000) % 8 == 0).all()
