"""The noise study compares what it is asked to, and measures a heart as a reader of films does."""

import pytest
import torch

from counterpart_training.stages.noise_study import heart_ratio, searched

CONFIG = {"rounds": 2, "candidates": 3, "rho": [0.4, 0.7], "rate": 0.1}


def test_only_the_configured_methods_are_searched() -> None:
    start = torch.randn(1, 8, 32, 32)

    def found(*methods: str) -> dict[str, int]:
        out = searched(
            {**CONFIG, "methods": list(methods)}, lambda n: n, lambda n: n.flatten(1).sum(1), start, torch.Generator()
        )
        return {name: each.evaluations for name, each in out.items()}

    assert found("plain", "gradient") == {"plain": 1, "gradient": 7}
    assert found("best of N", "neighbours") == {"best of N": 7, "neighbours, rho 0.4": 7, "neighbours, rho 0.7": 7}


def test_a_heart_is_measured_across_the_lungs() -> None:
    share = torch.zeros(2, 8, 32, 32)
    share[:, 1, 4:28, 4:13] = 1
    share[:, 4, 4:28, 19:28] = 1
    share[0, 7, 18:26, 10:20] = 1
    share[0, 1:7, 18:26, 10:20] = 0
    share[1, 7, 18:26, 9:24] = 1
    share[1, 1:7, 18:26, 9:24] = 0
    assert heart_ratio(share).tolist() == pytest.approx([10 / 24, 15 / 24])


def test_where_there_is_no_chest_there_is_no_ratio() -> None:
    assert heart_ratio(torch.zeros(1, 8, 32, 32)).item() == 0
