"""Knowledge guidance (LKG): what is written about each finding, as numbers that statements carry along.

The table (knowledge.json) was written with a language model and gives a source for each row; its descriptions are
embedded once by small language models (`training knowledge`). After "Normal-X-ray diffusion for long-tailed
augmentation"; rebuilt from what its abstract says.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from ..findings import FINDINGS
from .statement import KNOWN

TABLE = Path(__file__).with_name("knowledge.json")
EMBEDDINGS = Path(__file__).with_name("knowledge-embeddings.json")


@dataclass(frozen=True)
class Row:
    """What is known about one finding."""

    finding: str
    description: str
    places: str
    texture: str
    goes_with: tuple[str, ...]
    excludes: tuple[str, ...]
    source: str


def load_table(path: Path = TABLE) -> list[Row]:
    """One row a finding, in their order. Raises ValueError that names what is missing or unknown."""
    rows = {
        row["finding"]: Row(**{**row, "goes_with": tuple(row["goes_with"]), "excludes": tuple(row["excludes"])})
        for row in json.loads(path.read_text(encoding="utf-8"))
    }
    if set(rows) != set(FINDINGS):
        raise ValueError(f"{path}: the rows differ from the findings by {sorted(set(rows) ^ set(FINDINGS))}")
    for row in rows.values():
        if strange := set(row.goes_with + row.excludes) - set(FINDINGS):
            raise ValueError(f"{path}: {row.finding} names {sorted(strange)}, which are no findings")
    return [rows[name] for name in FINDINGS]


def principal(embeddings: Tensor) -> Tensor:
    """Embeddings (F, D) turned to at most F - 1 numbers each, distances kept; mean 0, root mean square 1 overall."""
    centred = embeddings - embeddings.mean(0)
    u, s, _ = torch.linalg.svd(centred, full_matrices=False)
    turned: Tensor = (u * s)[:, : len(embeddings) - 1]
    return turned / turned.square().mean().sqrt().clamp(min=1e-12)


def load_embeddings(model: str, path: Path = EMBEDDINGS) -> Tensor:
    """Embeddings (findings, D) by a language model. Raises KeyError that lists those at hand."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if model not in stored:
        raise KeyError(f"{path} holds {', '.join(stored)}, not {model}: run `training knowledge`")
    return principal(torch.tensor(stored[model]["embeddings"]))


def with_knowledge(tokens: Tensor, embeddings: Tensor) -> Tensor:
    """Tokens (N, R, 2 F) followed by the knowledge of what they say and of what they know: (N, R, 2 F + 2 D).

    Linear in the tokens: `fold_knowledge` therefore gives the same network without the added columns.
    """
    return torch.cat([tokens, tokens[..., :KNOWN] @ embeddings, tokens[..., KNOWN:] @ embeddings], -1)


def fold_knowledge(weight: Tensor, embeddings: Tensor, rows: int = 1, before: int = 0) -> Tensor:
    """Weights (O, before + rows * (2 F + 2 D)) of a layer that reads widened tokens, for plain ones: 2 F a row."""
    f, d = embeddings.shape
    told = weight[:, before:].view(len(weight), rows, 2 * f + 2 * d)
    plain = told[..., : 2 * f].clone()
    plain[..., :f] += told[..., 2 * f : 2 * f + d] @ embeddings.T
    plain[..., f:] += told[..., 2 * f + d :] @ embeddings.T
    return torch.cat([weight[:, :before], plain.flatten(1)], 1)
