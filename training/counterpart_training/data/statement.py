"""Statements as token rows (N, regions, 2 x findings): the training-side twin of src/findings/tokens.ts."""

import json
from pathlib import Path

import torch
from torch import Tensor

from ..findings import FINDINGS, MAX_SEVERITY, REGIONS, ZONES

KNOWN = len(FINDINGS)
"""Column where the 'known' half of a token begins."""

OPACITY = FINDINGS.index("lung_opacity")
FOCUS = REGIONS.index("focus")
ANYWHERE = REGIONS.index("anywhere")

HOMES: dict[str, str] = {
    "cardiomegaly": "mediastinum",
    "hernia": "mediastinum",
    "effusion": "pleura",
    "pneumothorax": "pleura",
    "pleural_thickening": "pleura",
}
"""Findings that an image-level label also places: where they always are."""

PRESENT = 2.0 / MAX_SEVERITY
"""Value of an image-level positive, whose severity nobody wrote down: moderate."""


def trained_severity_scale() -> float:
    """Scale from mean opacity to severity that the denoiser is trained with (configs/denoiser.json)."""
    config = Path(__file__).resolve().parents[2] / "configs" / "denoiser.json"
    return float(json.loads(config.read_text(encoding="utf-8"))["severity_scale"])


def unknown(count: int) -> Tensor:
    """`count` statements that say nothing."""
    return torch.zeros(count, len(REGIONS), 2 * len(FINDINGS))


def say(tokens: Tensor, region: int, finding: int, severity: Tensor | float) -> None:
    """Sets one finding of one region in every statement of the batch, in place; severity in [0, 3]."""
    tokens[:, region, finding] = torch.as_tensor(severity) / MAX_SEVERITY
    tokens[:, region, KNOWN + finding] = 1


def zone_severity(opacity: Tensor, zones: Tensor, scale: float) -> Tensor:
    """Severity (N, 6) of opacity probability (N, 1, 32, 32) in the zone maps (N, 6, 32, 32): scaled mean, at most 3."""
    mean = (opacity * zones).sum((2, 3)) / zones.sum((2, 3)).clamp(min=1e-3)
    return (scale * mean).clamp(max=MAX_SEVERITY)


def focus_severity(opacity: Tensor, mask: Tensor, scale: float) -> Tensor:
    """Severity (N) inside a mask (N, 1, 32, 32)."""
    mean = (opacity * mask).sum((1, 2, 3)) / mask.sum((1, 2, 3)).clamp(min=1e-3)
    return (scale * mean).clamp(max=MAX_SEVERITY)


def image_statement(severity: Tensor, labels: Tensor) -> Tensor:
    """Statements of images: read zone severity (N, 6), labels (N, findings) with -1 for unknown."""
    tokens = unknown(len(severity))
    for z in range(len(ZONES)):
        say(tokens, z, OPACITY, severity[:, z])
    known = (labels >= 0).float()
    value = (labels == 1).float() * PRESENT
    tokens[:, ANYWHERE, :KNOWN] = value * known
    tokens[:, ANYWHERE, KNOWN:] = known
    for finding, region in HOMES.items():
        k, r = FINDINGS.index(finding), REGIONS.index(region)
        tokens[:, r, k] = value[:, k] * known[:, k]
        tokens[:, r, KNOWN + k] = known[:, k]
    return tokens


def place(tokens: Tensor, severities: Tensor) -> Tensor:
    """Statements (N, regions, 2 x findings) that also say severities by place (N, regions, findings); -1: not known."""
    known = (severities >= 0).float()
    out = tokens.clone()
    out[..., :KNOWN] = torch.where(known > 0, severities / MAX_SEVERITY, tokens[..., :KNOWN])
    out[..., KNOWN:] = torch.maximum(tokens[..., KNOWN:], known)
    return out


def forget(tokens: Tensor, generator: torch.Generator, rows: float, findings: float, everything: float) -> Tensor:
    """Statements with rows, single findings and whole statements dropped at these rates (to learn unknown too)."""
    n, r, _ = tokens.shape
    keep_row = torch.rand(n, r, 1, generator=generator) >= rows
    keep_finding = (torch.rand(n, 1, KNOWN, generator=generator) >= findings).repeat(1, 1, 2)
    keep_finding[:, :, [OPACITY, KNOWN + OPACITY]] = True
    keep_all = torch.rand(n, 1, 1, generator=generator) >= everything
    return tokens * keep_row * keep_finding * keep_all
