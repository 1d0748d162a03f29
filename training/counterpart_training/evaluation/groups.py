"""Head, mid and tail: which findings are common and which are rare in the training data."""

from ..findings import FINDINGS

HEAD: tuple[str, ...] = ("lung_opacity", "pneumonia", "no_finding")
MID: tuple[str, ...] = ("infiltration", "effusion", "nodule", "atelectasis", "covid19")
TAIL: tuple[str, ...] = (
    "edema",
    "consolidation",
    "cardiomegaly",
    "mass",
    "pleural_thickening",
    "pneumothorax",
    "emphysema",
    "fibrosis",
    "hernia",
)

GROUPS: dict[str, tuple[str, ...]] = {
    name: tuple(f for f in members if f in FINDINGS) for name, members in (("head", HEAD), ("mid", MID), ("tail", TAIL))
}
"""Findings of each group. covid19 is mid by its number of images but no finding that the networks know: left out."""


def group_of(finding: str) -> str:
    """The group of a finding. Raises KeyError for a name outside FINDINGS."""
    for name, members in GROUPS.items():
        if finding in members:
            return name
    raise KeyError(finding)


def carries(labels: tuple[int, ...], findings: tuple[str, ...]) -> bool:
    """Whether an image with these labels (1, 0, -1 a finding) carries any of the findings for certain."""
    return any(labels[FINDINGS.index(f)] == 1 for f in findings)


LESIONS: tuple[str, ...] = ("lung_opacity", "pneumonia")
"""Head findings that are lesions; no_finding is head, too."""


def rarest_group(labels: tuple[int, ...]) -> str:
    """The rarest group that an image is known to carry: tail, mid, head or normal; of what is not known, head.

    Normal is what is annotated as without finding or without lung opacity, and as nothing else.
    """
    for name, members in (("tail", GROUPS["tail"]), ("mid", GROUPS["mid"]), ("head", LESIONS)):
        if carries(labels, members):
            return name
    clear = carries(labels, ("no_finding",)) or labels[FINDINGS.index("lung_opacity")] == 0
    return "normal" if clear else "head"
