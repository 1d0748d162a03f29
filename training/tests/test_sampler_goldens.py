"""The samplers still do what the goldens say that the browser is held to."""

import json
from typing import Any

import pytest

from counterpart_training.export.sampler_goldens import PATH, goldens

TOLERANCE = 2e-6


def differences(now: Any, then: Any, path: str = "") -> list[str]:
    """Where two trees of numbers differ by more than rounding."""
    if isinstance(now, dict) and isinstance(then, dict):
        if now.keys() != then.keys():
            return [f"{path}: {sorted(now)} and {sorted(then)}"]
        return [each for key in now for each in differences(now[key], then[key], f"{path}/{key}")]
    if isinstance(now, list) and isinstance(then, list):
        if len(now) != len(then):
            return [f"{path}: {len(now)} and {len(then)} values"]
        return [each for index in range(len(now)) for each in differences(now[index], then[index], f"{path}/{index}")]
    return [] if now == pytest.approx(then, abs=TOLERANCE, rel=TOLERANCE) else [f"{path}: {now} and {then}"]


def test_the_committed_goldens_are_what_the_samplers_do() -> None:
    assert differences(goldens(), json.loads(PATH.read_text())) == []


def test_a_drift_of_one_value_is_noticed() -> None:
    drifted = json.loads(PATH.read_text())
    drifted["twinFlow"]["asked"][5]["latent"][3] += 1e-4
    assert differences(goldens(), drifted) != []
