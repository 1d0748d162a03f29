"""A measured figure and how it is written down: table, JSON, Markdown."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .intervals import mean_interval


@dataclass(frozen=True)
class Figure:
    """value is None where nothing is said, and `note` then says why. counts is False where the ruler rejected it."""

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    note: str = ""
    counts: bool = True

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"name": self.name, "value": rounded(self.value), "n": self.n}
        if self.low is not None and self.high is not None:
            out["interval"] = [rounded(self.low), rounded(self.high)]
        if self.note:
            out["note"] = self.note
        if not self.counts:
            out["counts"] = False
        return out

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Name, value, interval, n, remarks."""
        bounds = "" if self.low is None or self.high is None else f"{self.low:.4g} to {self.high:.4g}"
        remark = self.note if self.counts else "; ".join(filter(None, ["does not count", self.note]))
        return self.name, "-" if self.value is None else f"{self.value:.4g}", bounds, str(self.n), remark


def rounded(value: float | None) -> float | None:
    """Six significant digits; None for what is no number (JSON has no NaN)."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def mean_figure(name: str, values: NDArray[np.float64], note: str = "", minimum: int = 1) -> Figure:
    """Mean with a bootstrap interval; values that are NaN are left out and counted in the note."""
    known = values[np.isfinite(values)]
    if len(known) < len(values):
        note = "; ".join(filter(None, [note, f"undefined for {len(values) - len(known)}"]))
    if len(known) < minimum:
        return too_few(name, len(known), minimum)
    low, high = mean_interval(known)
    return Figure(name, float(known.mean()), len(known), low, high, note)


def too_few(name: str, count: int, needed: int) -> Figure:
    return Figure(name, None, count, note=f"too few: {count}, needs {needed}")


@dataclass
class Section:
    """Figures that belong together. `detail`: what only the JSON carries."""

    key: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [f.as_json() for f in self.figures],
            **({"notes": self.notes} if self.notes else {}),
            **({"detail": self.detail} if self.detail else {}),
        }


def as_table(sections: Sequence[Section]) -> str:
    """Plain text, columns aligned over all sections."""
    rows = [f.cells for s in sections for f in s.figures]
    widths = [max([len(r[i]) for r in rows], default=0) for i in range(4)]
    lines: list[str] = []
    for s in sections:
        lines += ["", s.title]
        for f in s.figures:
            name, value, bounds, n, remark = f.cells
            line = f"  {name:{widths[0]}}  {value:>{widths[1]}}  {bounds:{widths[2]}}  n {n:>{widths[3]}}  {remark}"
            lines.append(line.rstrip())
        lines += [f"  {note}" for note in s.notes]
    return "\n".join(lines[1:])


def as_markdown(title: str, lead: Sequence[str], sections: Sequence[Section]) -> str:
    """A page: title, paragraphs, a table a section."""
    lines = [f"# {title}", ""]
    for paragraph in lead:
        lines += [paragraph, ""]
    for s in sections:
        lines += [f"## {s.title}", ""]
        if s.figures:
            lines += ["| figure | value | 95 % interval | n | remarks |", "|---|---:|---|---:|---|"]
            lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in f.cells) + " |" for f in s.figures]
            lines.append("")
        for note in s.notes:
            lines += [note, ""]
    return "\n".join(lines).rstrip() + "\n"
