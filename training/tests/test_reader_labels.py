"""What a reader is taught of a radiograph, and how a source is taken out of its pictures."""

import numpy as np
import torch

from counterpart_training.data.augment import disguise, flattened
from counterpart_training.data.index import Record
from counterpart_training.data.reader_labels import PREVALENCE, excess, reader_labels, without_airspace
from counterpart_training.evaluation.false_alarms import held_threshold, within_sources
from counterpart_training.findings import FINDINGS
from counterpart_training.networks.reader import SecondReader
from counterpart_training.stages.muon import muon_for
from counterpart_training.stages.reader import frozen, sampling_weights


def record(source: str, patient: str = "p", covid19: int = -1, **labels: int) -> Record:
    return Record(
        path="x.png",
        source=source,
        split="train",
        patient=patient,
        native_size=(256, 256),
        paediatric=False,
        labels=tuple(labels.get(name, -1) for name in FINDINGS),
        opacity_boxes=None,
        lung_box=None,
        brixia=None,
        nodule=None,
        low_resolution=False,
        covid19=covid19,
    )


def taught(r: Record) -> dict[str, int]:
    return dict(zip(FINDINGS, reader_labels(r), strict=True))


def test_a_film_without_finding_has_none_of_them() -> None:
    labels = taught(record("hannover", no_finding=1))
    assert all(labels[name] == 0 for name in FINDINGS if name != "no_finding")
    assert labels["no_finding"] == 1


def test_negative_for_pneumonia_denies_what_fills_the_lung_and_nothing_else() -> None:
    labels = taught(record("siim", lung_opacity=0))
    assert [labels[name] for name in ("pneumonia", "consolidation", "infiltration", "edema")] == [0, 0, 0, 0]
    assert labels["effusion"] == labels["nodule"] == labels["no_finding"] == -1


def test_covid_is_a_pneumonia_and_an_annotated_label_stays() -> None:
    assert taught(record("hannover", covid19=1))["pneumonia"] == 1
    assert taught(record("nih", covid19=1, pneumonia=0))["pneumonia"] == 0


def test_half_of_a_sources_share_has_none_of_its_findings() -> None:
    records = [record("siim", lung_opacity=1)] * 9 + [record("siim", lung_opacity=0)] + [record("siim")]
    weight = sampling_weights(records, np.arange(11), {"siim": 1.0}, balanced=True)
    assert torch.isclose(weight[9], weight[:9].sum())
    assert weight[10] == 0


def test_calling_unlabelled_findings_beyond_their_prevalence_costs() -> None:
    logits = torch.full((4, len(FINDINGS)), -9.0)
    labels, clear = torch.full((4, len(FINDINGS)), -1.0), torch.ones(4)
    assert float(excess(logits, labels, clear)) == 0
    logits[:, FINDINGS.index("effusion")] = 9.0
    assert abs(float(excess(logits, labels, clear)) - (1 - PREVALENCE["effusion"]) / len(PREVALENCE)) < 1e-3
    labels[:, FINDINGS.index("effusion")] = 1
    assert float(excess(logits, labels, clear)) == 0
    assert float(excess(logits, -torch.ones_like(labels), torch.zeros(4))) == 0


def test_airspace_is_unknown_where_opacity_was_altered() -> None:
    labels = torch.zeros(2, len(FINDINGS))
    without_airspace(labels, torch.tensor([True, False]))
    assert labels[0, FINDINGS.index("pneumonia")] == -1
    assert labels[0, FINDINGS.index("effusion")] == 0
    assert labels[1].abs().sum() == 0


def test_a_disguise_keeps_range_and_shape_and_changes_what_it_says() -> None:
    generator = torch.Generator().manual_seed(3)
    x = torch.rand(24, 1, 64, 64, generator=generator) * 1.6 - 0.8
    y = disguise(x, generator)
    assert y.shape == x.shape
    assert float(y.abs().max()) <= 1
    changed = [(a != b).any().item() for a, b in zip(x, y, strict=True)]
    assert any(changed)
    assert not all(changed)
    assert torch.equal(disguise(x, torch.Generator().manual_seed(5)), disguise(x, torch.Generator().manual_seed(5)))


def test_a_flattened_image_uses_all_greys_alike() -> None:
    image = torch.linspace(-1, 1, 4096).pow(3).view(1, 1, 64, 64)
    flat = flattened(image)
    assert abs(float((flat < 0).float().mean()) - 0.5) < 0.02
    assert bool((flat.flatten().diff() >= 0).all())


def test_the_threshold_holds_in_every_source() -> None:
    records = [record("nih", no_finding=1)] * 20 + [record("jsrt", no_finding=1)] * 20 + [record("nih", nodule=1)] * 10
    probability = np.concatenate([np.linspace(0, 0.2, 20), np.linspace(0.5, 0.7, 20), np.linspace(0.3, 0.9, 10)])
    threshold = held_threshold("nodule", probability, records, 0.1)
    rows = {row.source: row for row in within_sources("nodule", probability, records, threshold)}
    assert rows["nih"].alarms == 0
    assert rows["jsrt"].alarms is not None
    assert 0 < rows["jsrt"].alarms <= 0.1
    assert rows["nih"].sensitivity is not None
    assert rows["nih"].sensitivity < 0.5
    assert rows["nih"].auroc == 1.0


def test_what_is_held_still_stays_to_the_bit() -> None:
    torch.manual_seed(2)
    model = SecondReader(8)
    still = frozen(model, ["deep", "findings"])
    assert {type(part).__name__ for part in still} >= {"Sequential", "ModuleList", "Conv2d"}
    x = torch.randn(2, 1, 256, 256)
    model.eval()
    dense = model(x)[1].clone()
    optimiser = muon_for(model, 0.05, 0.05)
    model.train()
    for part in still:
        part.eval()
    model(x)[0].square().sum().backward()
    optimiser.step()
    model.eval()
    findings, after = model(x)
    assert torch.equal(after, dense)
    assert all(p.grad is None for part in still for p in part.parameters())
    assert findings.isfinite().all()
