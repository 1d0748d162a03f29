"""Groups that share something: images of like pathology, images of one patient, an image and its erasure."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import Record


@dataclass(frozen=True)
class Groups:
    """By position among the training images: `alike` (N, k) share pathology, `same` lists share the patient."""

    alike: Tensor
    same: list[NDArray[np.int64]]

    def partner(self, pick: Tensor, generator: torch.Generator) -> Tensor:
        """One image of like pathology for each."""
        column = torch.randint(0, self.alike.shape[1], (len(pick),), generator=generator)
        return self.alike[pick, column]

    def relative(self, pick: Tensor, generator: torch.Generator) -> Tensor:
        """Another image of the same patient for each, itself where there is none."""
        out = pick.clone()
        for k, i in enumerate(pick.tolist()):
            others = self.same[i]
            if len(others):
                out[k] = int(others[int(torch.randint(0, len(others), (1,), generator=generator))])
        return out


def pathology_distance(severity: Tensor, labels: Tensor, others_severity: Tensor, others_labels: Tensor) -> Tensor:
    """Distance (N, M) between statements: squared zone severities (N, 6), plus one for each label that contradicts.

    Labels are 1, 0 or -1 (unknown); an unknown label contradicts nothing, but counts a tenth, so that images annotated
    for the same findings come first.
    """
    apart = torch.cdist(severity, others_severity).square()
    yes, no, known = ((labels == 1).float(), (labels == 0).float(), (labels >= 0).float())
    others_yes, others_no, others_known = (
        (others_labels == 1).float(),
        (others_labels == 0).float(),
        (others_labels >= 0).float(),
    )
    contradicts = yes @ others_no.T + no @ others_yes.T
    one_unknown = known @ (1 - others_known).T + (1 - known) @ others_known.T
    return apart + contradicts + 0.1 * one_unknown


def find_groups(records: list[Record], severity: Tensor, labels: Tensor, neighbours: int = 8) -> Groups:
    """Groups of training images: severity (N, 6) read in zones, labels (N, findings).

    Neighbours never share the patient: anatomy would be shared too.
    """
    patients: dict[str, list[int]] = {}
    for i, r in enumerate(records):
        patients.setdefault(f"{r.source}/{r.patient}", []).append(i)
    family = [np.array([k for k in patients[f"{r.source}/{r.patient}"] if k != i]) for i, r in enumerate(records)]
    alike = torch.empty(len(records), neighbours, dtype=torch.long)
    for start in range(0, len(records), 256):
        part = slice(start, start + 256)
        distance = pathology_distance(severity[part], labels[part], severity, labels)
        for k in range(len(distance)):
            distance[k, [start + k, *family[start + k].tolist()]] = float("inf")
        alike[part] = distance.topk(neighbours, largest=False).indices
    return Groups(alike, family)
