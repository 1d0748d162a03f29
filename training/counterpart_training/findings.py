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
"""Those that the denoiser's context tells apart, in the order of its inputs."""

FURTHER_SOURCES: dict[str, str] = {
    "hannover": "covid-chestxray",
    "covid-cxnet": "covid-chestxray",
    "tbx11k": "covid-chestxray",
    "wikimedia": "covid-chestxray",
}
"""Later ones, and which of SOURCES the context tells them as. siim-acr is left out: NIH films under other names."""

MAX_SEVERITY = 3.0
"""Severity runs 0 absent, 1 mild, 2 moderate, 3 severe (Brixia's scale), continuous inside."""
