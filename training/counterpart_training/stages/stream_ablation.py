"""What each part of the residual streams' training is worth: the same training without it, sample for sample."""

import json
from pathlib import Path
from typing import Any

from ..networks.residual_streams import ResidualStreams
from .residual_streams import train_residual_streams

ARMS: dict[str, dict[str, Any]] = {
    "whole": {},
    "without-own": {"weights": {"own": 0.0}},
    "without-coarse": {"weights": {"coarse": 0.0}},
    "without-cycle": {"weights": {"cycle": 0.0}},
    "without-outside": {"weights": {"outside": 0.0}},
    "without-severity": {"weights": {"severity": 0.0}},
    "without-group": {"jitter": 0.0, "noise": 0.0},
}
"""Arm -> what differs. Without the group a pathology is drawn only in the chest that it was read from."""


def arm_config(config: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The configuration of one arm; weights that are not named stay."""
    weights = {**config["weights"], **change.get("weights", {})}
    return {**config, **change, "weights": weights}


def ablate_streams(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> None:
    """Trains each arm beside `folder`, as runs named <folder>-<arm>; `samples` in the configuration makes them equal.

    minutes: at most, for each arm. Writes summary.json with what each arm leaves of films kept back.
    """
    assert "samples" in config, "arms are compared sample for sample"
    left = {}
    for arm, change in ARMS.items():
        run = folder.parent / f"{folder.name}-{arm}"
        left[arm] = train_residual_streams(arm_config(config, change), cache, run, minutes)
        print(arm, json.dumps(left[arm]), flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    parameters = sum(p.numel() for p in ResidualStreams(int(config["width"])).parameters())
    summary = {"parameters": parameters, "samples": config["samples"], "arms": left}
    (folder / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
