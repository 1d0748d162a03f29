"""The vocabulary shared by labels, statements, networks and the browser. The order is part of the export format."""

FINDINGS: tuple[str, ...] = (
    "lung_opacity",
    "consolidation",
    "infiltration",
    "atelectasis",
    "effusion",
    "pneumothorax",
    "edema",
    "emphysema",
    "fibrosis",
    "pleural_thickening",
    "nodule",
    "mass",
    "cardiomegaly",
    "hernia",
    "pneumonia",
    "no_finding",
)

ZONES: tuple[str, ...] = (
    "right_upper",
    "right_mid",
    "right_lower",
    "left_upper",
    "left_mid",
    "left_lower",
)
"""Six zones in Brixia's order A-F. The patient's right is image left."""

REGIONS: tuple[str, ...] = (*ZONES, "mediastinum", "pleura", "focus", "anywhere")
"""Rows of a statement: the zones, two further regions, the painted mask (focus), and 'anywhere' (place not known)."""

SOURCES: tuple[str, ...] = ("siim", "kermany", "nih", "jsrt", "covid-chestxray")

MAX_SEVERITY = 3.0
"""Severity runs 0 absent, 1 mild, 2 moderate, 3 severe (Brixia's scale), continuous inside."""
