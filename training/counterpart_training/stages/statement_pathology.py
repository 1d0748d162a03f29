"""S(statement) -> p: a pathology from grades alone, as the tokens of films with such grades are spread.

In closed form, both lungs as examples of one: the mean is linear in the grades of the three zones, their squares and
products, without a constant, so that a lung without opacity has none; what is left, in lengths of the grades, is spread
along its principal directions, along which a seed draws.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.statement import trained_severity_scale, zone_severity
from ..evaluation.stream_swaps import load_streams
from ..networks.residual_streams import CHANNELS, COLUMNS, ROWS, sub_zones
from .erasures import Erasures
from .loop import Metrics

HELD = 16
"""One film of so many is kept back."""

OF_A_LUNG = ROWS * COLUMNS * CHANNELS


def features_of(grades: Tensor) -> Tensor:
    """Grades (N, 3) of a lung's zones with their squares and products, (N, 9); 0 for 0."""
    upper, mid, lower = grades.unbind(1)
    return torch.stack([upper, mid, lower, upper**2, mid**2, lower**2, upper * mid, mid * lower, upper * lower], 1)


@dataclass(frozen=True)
class StatementPathology:
    """What was fitted: mean (9, 400), and principal directions (K, 400) with their spreads (K)."""

    mean: Tensor
    directions: Tensor
    spread: Tensor

    def tokens(self, severity: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Tokens (N, 100, 8) of zone grades (N, 6); the most likely ones where no generator draws."""
        grades = severity.reshape(-1, 3)
        out = features_of(grades) @ self.mean
        if generator is not None:
            drawn = torch.randn(len(grades), len(self.spread), generator=generator) * self.spread
            out = out + grades.norm(dim=1, keepdim=True) * (drawn @ self.directions)
        return out.reshape(len(severity), -1, CHANNELS)

    @staticmethod
    def load(folder: Path) -> "StatementPathology":
        """Raises FileNotFoundError that names the stage to run first."""
        path = folder / "statement.pt"
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: run the statement-pathology stage first")
        return StatementPathology(**torch.load(path, weights_only=True))


def fitted(grades: Tensor, tokens: Tensor, ridge: float, directions: int) -> StatementPathology:
    """Of lungs: grades (N, 3) and tokens (N, 400)."""
    seen = features_of(grades)
    mean = torch.linalg.solve(seen.T @ seen + ridge * len(seen) * torch.eye(seen.shape[1]), seen.T @ tokens)
    rest = (tokens - seen @ mean) / grades.norm(dim=1, keepdim=True)
    _, sizes, across = torch.linalg.svd(rest, full_matrices=False)
    return StatementPathology(mean, across[:directions], sizes[:directions] / len(rest) ** 0.5)


@torch.no_grad()
def fit_statement_pathology(config: dict[str, Any], _cache: Path, folder: Path, _minutes: float) -> Metrics:
    """Fits S on accepted erasures; config keys as in configs/statement-pathology.json."""
    runs = folder.parent
    e = Erasures.joined([Erasures.load(runs / run) for run in config["pairs"]])
    streams = load_streams(runs, config["streams"])
    tokens = streams.read(e.before, e.after, e.opacity, e.regions, sub_zones(e.regions))[0]
    severity = zone_severity(e.opacity, e.regions[:, :6], trained_severity_scale())
    grades, lungs = severity.reshape(-1, 3), tokens.reshape(-1, OF_A_LUNG)
    rows = torch.arange(len(grades)) // 2
    opaque = grades.amax(1) >= float(config["least"])
    held = (rows % HELD == 0) & opaque
    s = fitted(grades[~held & opaque], lungs[~held & opaque], float(config["ridge"]), int(config["directions"]))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    torch.save({"mean": s.mean, "directions": s.directions, "spread": s.spread}, folder / "statement.pt")
    wrong = features_of(grades[held]) @ s.mean - lungs[held]
    own = (wrong / grades[held].norm(dim=1, keepdim=True)).square().sum(1).mean()
    metrics = {
        "lungs": float((~held & opaque).sum()),
        "left": float(wrong.norm() / lungs[held].norm()),
        "spread_told": float(s.spread.square().sum() / own),
    }
    print(json.dumps(metrics), flush=True)
    return metrics
