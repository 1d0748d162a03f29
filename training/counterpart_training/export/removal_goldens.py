"""Golden of the figures of removals, for bench/removed: what `drawn-edits` tells here is told there.

python -m counterpart_training.export.removal_goldens
"""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..evaluation.drawn_edits import figures_of

PATH = Path(__file__).parents[3] / "bench" / "removed" / "figures-golden.json"
SIDE = 256
DIGITS = 7
SHARES = (1.0, 0.5, -0.25)
"""How much of the drawing each case takes away."""


def wave(across: float, down: float) -> Tensor:
    """A film of sines that both languages write alike, (SIDE, SIDE)."""
    at = torch.arange(SIDE, dtype=torch.float64)
    return torch.sin(at[None, :] * across + at[:, None] * down)


def films(share: float) -> tuple[Tensor, Tensor, Tensor]:
    """Before, with a square drawn on it, and with a share of that taken away; each (1, 1, SIDE, SIDE) in [-1, 1]."""
    before = 0.3 * wave(0.05, 0.031)
    drawn = before.clone()
    drawn[64:128, 48:160] += 0.4 + 0.1 * wave(0.11, 0.07)[64:128, 48:160]
    taken = drawn + share * (before - drawn) + 0.03 * wave(0.021, 0.043)
    before, drawn, taken = (film.float()[None, None] for film in (before, drawn, taken))
    return before, drawn, taken


def goldens() -> dict[str, Any]:
    """Likeness and what is left of each share."""
    cases = []
    for share in SHARES:
        before, drawn, taken = films(share)
        likeness, _, left = figures_of(before - drawn, taken - drawn)[0]
        cases.append({"share": share, "likeness": round(float(likeness), DIGITS), "left": round(float(left), DIGITS)})
    return {"cases": cases}


def main() -> None:
    """Writes the golden."""
    PATH.write_text(json.dumps(goldens(), indent=2) + "\n")


if __name__ == "__main__":
    main()
