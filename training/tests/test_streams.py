"""The dual stream's parts: groups share what they should, penalties know dependence, probes know what is there."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from counterpart_training.data.index import Record
from counterpart_training.evaluation.edits import opacity_inside
from counterpart_training.evaluation.probes import linear_probe, macro_auroc, retrieval_top1
from counterpart_training.findings import FINDINGS, REGIONS
from counterpart_training.networks.streams import AnatomyEncoder, PathologyEncoder, Reversed, Streams, pooled
from counterpart_training.stages.erasures import accepted
from counterpart_training.stages.groups import find_groups, pathology_distance
from counterpart_training.stages.streams import Example, contrast, cross_covariance, spy_loss

RECORD = Record("x.png", "nih", "train", "p", (256, 256), False, (-1,) * len(FINDINGS), None, None, None, None, False)


def test_partners_are_alike_but_never_of_the_same_patient() -> None:
    generator = torch.Generator().manual_seed(2)
    records = [replace(RECORD, patient=str(i // 2)) for i in range(40)]
    severity = torch.rand(40, 6, generator=generator) * 3
    labels = torch.randint(-1, 2, (40, len(FINDINGS)), generator=generator).float()
    groups = find_groups(records, severity, labels, neighbours=3)
    distance = pathology_distance(severity, labels, severity, labels)
    for i in range(40):
        strangers = [k for k in range(40) if k // 2 != i // 2]
        assert set(groups.alike[i].tolist()) <= set(strangers)
        farthest = distance[i, groups.alike[i]].max()
        assert sum(bool(distance[i, k] < farthest) for k in strangers) <= 3
        assert groups.same[i].tolist() == [i ^ 1]
    assert groups.relative(torch.arange(40), generator).tolist() == [i ^ 1 for i in range(40)]


def test_a_contradicting_label_sets_apart_and_an_unknown_one_hardly() -> None:
    one, zero = torch.full((1, len(FINDINGS)), 1.0), torch.zeros(1, len(FINDINGS))
    unknown = torch.full((1, len(FINDINGS)), -1.0)
    same = torch.zeros(1, 6)
    assert pathology_distance(same, one, same, zero).item() == len(FINDINGS)
    assert pathology_distance(same, one, same, unknown).item() == pytest.approx(0.1 * len(FINDINGS))
    assert pathology_distance(same, one, same, one).item() == 0
    assert pathology_distance(same, one, same + 2, one).item() == pytest.approx(24)


def test_cross_covariance_is_one_for_copies_and_small_for_strangers() -> None:
    a = torch.randn(4000, 3, generator=torch.Generator().manual_seed(1))
    b = torch.randn(4000, 3, generator=torch.Generator().manual_seed(2))
    assert cross_covariance(a[:, :1], a[:, :1]).item() == pytest.approx(1, abs=0.01)
    assert cross_covariance(a, b).item() < 0.002


def test_contrast_is_least_when_rows_match() -> None:
    x, strangers = torch.eye(6), torch.arange(6)
    assert contrast(x, x, strangers).item() < 0.01 < contrast(x, x.roll(1, 0), strangers).item()


def test_rows_of_one_patient_do_not_push_each_other_away() -> None:
    x = torch.eye(6)
    x[1] = x[0]
    assert contrast(x, x, torch.arange(6)).item() > 0.1
    assert contrast(x, x, torch.tensor([0, 0, 2, 3, 4, 5])).item() < 0.01


def test_anatomy_is_told_after_erasure_and_erasure_is_fitted_before_it() -> None:
    encoder = AnatomyEncoder().eval()
    latent, regions = torch.randn(64, 8, 32, 32), torch.zeros(64, len(REGIONS), 32, 32)
    concept = (torch.arange(64) % 2).float()[:, None]
    latent[::2, 0] += 2
    before = encoder(latent, regions)
    assert torch.equal(before, encoder.read(latent, regions))
    encoder.erase.fit(before.flatten(1), concept, torch.ones(64, 1, dtype=torch.bool), ["nih"] * 64)
    after = encoder(latent, regions).flatten(1)

    def apart(codes: torch.Tensor) -> float:
        return float((codes[::2].mean(0) - codes[1::2].mean(0)).norm().detach())

    assert apart(after) < 0.05 * apart(before.flatten(1))


def test_the_spys_gradient_reaches_the_encoder_turned_round() -> None:
    x = torch.ones(3, requires_grad=True)
    (Reversed.apply(x) * torch.tensor([1.0, 2.0, 3.0])).sum().backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    assert x.grad.tolist() == [-1, -2, -3]


def test_the_spy_learns_while_the_encoder_hides() -> None:
    torch.manual_seed(0)
    model = Streams()
    z = torch.randn(4, 8, 32, 32)
    nothing = torch.zeros(4, len(REGIONS), 32)
    labels = torch.randint(0, 2, (4, len(FINDINGS))).float()
    e = Example(z, torch.zeros(4, len(REGIONS), 32, 32), nothing, torch.rand(4, 6), labels)
    a = model.anatomy(z, e.regions)
    loss = spy_loss(model, a, e)
    through = torch.autograd.grad(loss, a, retain_graph=True)[0]
    plain = torch.autograd.grad(
        torch.nn.functional.binary_cross_entropy_with_logits(model.spy(a)[:, :-6], labels)
        + 5 * (model.spy(a)[:, -6:] - e.severity).square().mean(),
        a,
    )[0]
    assert torch.allclose(through, -plain, atol=1e-6)


def test_codes_have_unit_size_and_pooling_is_a_weighted_mean() -> None:
    z, regions = torch.randn(2, 8, 32, 32), torch.rand(2, len(REGIONS), 32, 32)
    a, p = AnatomyEncoder(8)(z, regions), PathologyEncoder(16)(z, regions)
    assert a.shape == (2, 12, 8, 8)
    assert p.shape == (2, len(REGIONS), 32)
    assert torch.allclose(a.square().mean(1), torch.ones(2, 8, 8), atol=0.05)
    assert torch.allclose(p.square().mean(2), torch.ones(2, len(REGIONS)), atol=0.05)
    maps = torch.zeros(1, 2, 32, 32)
    maps[0, 0, :2, :4] = 0.5
    features = torch.arange(1024.0).view(1, 1, 32, 32)
    got = pooled(maps, features)
    assert got[0, 0, 0].item() == pytest.approx(features[0, 0, :2, :4].mean().item())
    assert got[0, 1, 0].item() == 0


def test_anatomy_is_blind_inside_the_lungs_and_not_outside() -> None:
    encoder = AnatomyEncoder(8)
    z, regions = torch.randn(1, 8, 32, 32), torch.zeros(1, len(REGIONS), 32, 32)
    regions[:, 0, 8:16, 8:16] = 1
    inside, outside = torch.zeros(1, 1, 32, 32), torch.zeros(1, 1, 32, 32)
    inside[:, :, 8:16, 8:16] = 5
    outside[:, :, 20:24, 8:16] = 5
    assert torch.equal(encoder(z + inside, regions), encoder(z, regions))
    assert not torch.allclose(encoder(z + outside, regions), encoder(z, regions))


def test_a_probe_finds_what_is_linear_and_only_within_a_source() -> None:
    generator = torch.Generator().manual_seed(4)
    x = torch.randn(600, 5, generator=generator)
    labels = torch.full((600, len(FINDINGS)), -1.0)
    labels[:, 0] = (x[:, 2] > 0).float()
    scores = linear_probe(x[:400], labels[:400], x[400:])
    sources = np.array(["siim", "nih"] * 100)
    value, pairs = macro_auroc(scores, labels[400:].double().numpy(), sources)
    assert pairs == 2
    assert value > 0.97
    confounded = labels[400:].double().numpy().copy()
    confounded[:, 0] = sources == "nih"
    assert macro_auroc(scores, confounded, sources)[1] == 0


def test_retrieval_counts_only_patients_that_can_be_found() -> None:
    gallery = torch.eye(3)
    top1 = retrieval_top1(torch.eye(3)[[0, 1, 2]], ["a", "b", "gone"], gallery, ["a", "x", "b"])
    assert top1 == 0.5


def test_an_erasure_counts_when_enough_opacity_is_gone() -> None:
    before, after = torch.tensor([0.8, 0.8, 0.0]), torch.tensor([0.3, 0.5, 0.0])
    assert accepted(before, after, 0.5).tolist() == [True, False, False]
    masks = torch.zeros(1, 1, 256, 256)
    masks[..., :8, :16] = 1
    opacity = torch.zeros(1, 1, 32, 32)
    opacity[0, 0, 0, :4] = torch.tensor([0.2, 0.6, 1.0, 1.0])
    assert opacity_inside(opacity, masks).item() == pytest.approx(0.4)
