"""Knowledge: a sourced row a finding, embeddings that mean something, and a widening that folds away."""

import json
from pathlib import Path

import pytest
import torch

from counterpart_training.data.knowledge import (
    EMBEDDINGS,
    TABLE,
    fold_knowledge,
    load_embeddings,
    load_table,
    principal,
    with_knowledge,
)
from counterpart_training.findings import FINDINGS, REGIONS
from counterpart_training.networks.denoiser import CONTEXT, TOKEN, Denoiser


def test_every_finding_has_a_row_with_a_source() -> None:
    rows = load_table()
    assert [row.finding for row in rows] == list(FINDINGS)
    assert all(row.source and len(row.description) > 40 for row in rows)


def test_exclusion_is_mutual() -> None:
    rows = {row.finding: row for row in load_table()}
    for row in rows.values():
        assert all(row.finding in rows[other].excludes or other == "no_finding" for other in row.excludes)
        assert not set(row.excludes) & set(row.goes_with)


def test_a_table_with_a_missing_or_strange_row_is_refused(tmp_path: Path) -> None:
    rows = json.loads(TABLE.read_text())
    (tmp_path / "short.json").write_text(json.dumps(rows[1:]))
    with pytest.raises(ValueError, match="lung_opacity"):
        load_table(tmp_path / "short.json")
    rows[0]["goes_with"] = ["dragon"]
    (tmp_path / "strange.json").write_text(json.dumps(rows))
    with pytest.raises(ValueError, match="dragon"):
        load_table(tmp_path / "strange.json")


def test_turning_to_principal_axes_keeps_distances() -> None:
    e = torch.randn(6, 50, generator=torch.Generator().manual_seed(3))
    turned = principal(e)
    assert turned.shape == (6, 5)
    ratio = torch.pdist(turned) / torch.pdist(e)
    assert torch.allclose(ratio, ratio[0].expand_as(ratio), atol=1e-5)


@pytest.mark.parametrize("model", ["minilm", "smollm2"])
def test_embeddings_belong_to_the_table_as_it_is(model: str) -> None:
    import hashlib

    stored = json.loads(EMBEDDINGS.read_text())
    assert stored[model]["table_sha256"] == hashlib.sha256(TABLE.read_bytes()).hexdigest()
    assert load_embeddings(model).shape == (len(FINDINGS), len(FINDINGS) - 1)


def test_an_unknown_model_lists_those_at_hand() -> None:
    with pytest.raises(KeyError, match="minilm"):
        load_embeddings("bert")


def test_a_network_that_carries_knowledge_folds_into_a_plain_one() -> None:
    torch.manual_seed(0)
    known = load_embeddings("minilm")
    wide = Denoiser(8, condition=16, routed=4, token=TOKEN + 2 * known.shape[1]).eval()
    for parameter in wide.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    plain = Denoiser(8, condition=16, routed=4).eval()
    weights = wide.state_dict()
    weights["token_first.weight"] = fold_knowledge(weights["token_first.weight"], known)
    weights["embed.weight"] = fold_knowledge(weights["embed.weight"], known, len(REGIONS), 64 + CONTEXT)
    plain.load_state_dict(weights)
    tokens = torch.rand(2, len(REGIONS), TOKEN)
    rest = (torch.rand(2, len(REGIONS), 32, 32), torch.rand(2, 9, 32, 32), torch.rand(2, CONTEXT))
    z, t = torch.randn(2, 8, 32, 32), torch.rand(2, 1)
    assert torch.allclose(plain(z, t, tokens, *rest), wide(z, t, with_knowledge(tokens, known), *rest), atol=1e-4)
