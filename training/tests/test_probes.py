"""Probes find what is there, and only what they may be judged by."""

import numpy as np
import torch

from counterpart_training.evaluation.probes import linear_probe, macro_auroc, retrieval_top1
from counterpart_training.findings import FINDINGS


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
