"""What a reader is taught of each radiograph: the labels as annotated, and what follows from them.

A reader that sees a finding annotated in one source and not in another learns the source. So what a source's own words
imply is written out: a radiograph without finding has none of them; SIIM's "negative for pneumonia" is read by its
definition (no lung opacity; Litmanovich et al., J Thorac Imaging 2020), its other classes, like COVID-19, as pneumonia.
Where nothing follows a label stays unknown, and `PREVALENCE` bounds how often the finding may be called there.
"""

import torch
from torch import Tensor

from ..findings import FINDINGS
from .index import Record

AIRSPACE = ("consolidation", "infiltration", "edema", "pneumonia")
"""Denied together with opacity."""

PREVALENCE: dict[str, float] = {
    "atelectasis": 0.103,
    "effusion": 0.119,
    "pneumothorax": 0.047,
    "emphysema": 0.022,
    "fibrosis": 0.015,
    "pleural_thickening": 0.030,
    "nodule": 0.056,
    "mass": 0.052,
    "cardiomegaly": 0.025,
    "hernia": 0.002,
}
"""Share of the 112,120 radiographs of ChestX-ray14 with each finding (Wang et al., CVPR 2017): what chance calls."""


def reader_labels(record: Record) -> tuple[int, ...]:
    """1, 0, or -1 where nothing is known, in FINDINGS order; annotated labels are never changed."""
    known = dict(zip(FINDINGS, record.labels, strict=True))
    implied: dict[str, int] = {}
    if known["no_finding"] == 1:
        implied = {name: 0 for name in FINDINGS if name != "no_finding"}
    elif record.source == "siim" and known["lung_opacity"] == 0:
        implied = dict.fromkeys(AIRSPACE, 0)
    elif record.covid19 == 1 or (record.source == "siim" and known["lung_opacity"] == 1):
        implied = {"pneumonia": 1, "no_finding": 0}
    return tuple(value if value >= 0 else implied.get(name, -1) for name, value in known.items())


def excess(logits: Tensor, labels: Tensor, clear: Tensor) -> Tensor:
    """By how much unlabelled findings are called more often than their prevalence, over radiographs without opacity.

    logits, labels (N, F), labels -1 unknown; clear (N), 1 where a radiograph is known to be without opacity. Zero where
    none is. Mean over the findings of max(0, mean probability - prevalence).
    """
    bound = torch.tensor([PREVALENCE.get(name, 1.0) for name in FINDINGS])
    counted = (labels < 0).float() * clear[:, None]
    mean = (logits.sigmoid() * counted).sum(0) / counted.sum(0).clamp(min=1)
    over: Tensor = (mean - bound).clamp(min=0)
    return over.sum() / len(PREVALENCE)


def without_airspace(labels: Tensor, changed: Tensor) -> None:
    """Airspace findings become unknown, in place, where the opacity of an image (rows of `changed`) was altered."""
    for name in AIRSPACE:
        labels[changed, FINDINGS.index(name)] = -1
