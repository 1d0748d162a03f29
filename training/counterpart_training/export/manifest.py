"""models/manifest.json: files with their hashes, evaluation, calibration and sampling of a release."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..data.index import load_index
from ..findings import FINDINGS
from ..stages.drawings import drawn_findings
from ..stages.latents import config_of

FORMAT, VERSION = "counterpart-models", 1


def file_entry(path: Path) -> dict[str, Any]:
    """Name, SHA-256 and length of a file."""
    data = path.read_bytes()
    return {"file": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; empty where the file does not exist."""
    if not path.exists():
        return {}
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def network_entry(folder: Path, parameters: int, evaluation: dict[str, float]) -> dict[str, Any]:
    """One network of the manifest; `folder` holds its files."""
    return {
        "folder": folder.name,
        "graph": file_entry(folder / "graph.json"),
        "weights": file_entry(folder / "weights.safetensors"),
        "goldens": file_entry(folder / "goldens.safetensors"),
        "parameters": parameters,
        "version": __version__,
        "evaluation": evaluation,
    }


def calibration_block(runs: Path) -> dict[str, Any]:
    """What `training calibrate` found, and the severity scale that the denoiser was trained with."""
    found = read_json(runs / "calibration.json")
    block: dict[str, Any] = {}
    for reader in ("reader", "second-reader"):
        if reader in found:
            kept = ("scale", "offset", "threshold", "readable")
            block[reader] = {finding: {k: v[k] for k in kept if k in v} for finding, v in found[reader].items()}
    if "anatomist" in found:
        block["anatomist"] = found["anatomist"]
    denoiser = config_of(runs, "denoiser") if (runs / "denoiser" / "config.json").exists() else {}
    scale = denoiser.get("severity_scale", found.get("severity", {}).get("brixia_scale"))
    if scale is not None:
        block["severity"] = {"scale": float(scale)}
    point = found.get("operatingPoint", {}).get("second-reader-local")
    if point is not None:
        block["operatingPoint"] = {"second-reader-local": point}
    return block


OPTIONAL = ("averages", "shift", "passes", "overshoot", "undershoot")
"""Settings of a sampler that a release may leave at their defaults."""


def sampler_settings(sampler: dict[str, Any]) -> dict[str, float]:
    """Numbers of one sampler of configs/sampling.json under the manifest's names."""
    settings: dict[str, float] = {"steps": int(sampler["steps"]), "guidance": float(sampler["guidance"])}
    settings["maxTime"] = float(sampler["start"])
    return settings | {key: sampler[key] for key in OPTIONAL if key in sampler}


def sampling_block(configured: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The browser's defaults from configs/sampling.json: those of erasing, and under `kinds` what differs from them.

    Other findings than opacity are taken away as `remove` says, or like it. A grade is sampled like an erasure unless
    it has an entry of its own. An eraser that is the healthy twin stands apart, for it takes opacity alone.
    """
    if not configured:
        return {}
    erase = configured["erase"]
    kinds = {"add": configured["add"], "remove": configured.get("remove", erase)}
    kinds["grade"] = configured.get("grade", kinds["remove"])
    base = sampler_settings(kinds["remove"])
    own = {kind: sampler_settings(sampler) for kind, sampler in kinds.items()}
    again = {"repeatAbove": erase["repeat_above"]} if erase.get("repeat_above") else {}
    clear = {"healthyTwin": sampler_settings(erase) | again} if erase.get("healthy") else {}
    return {
        **base,
        **clear,
        "sampler": {kind: sampler["name"] for kind, sampler in kinds.items()},
        "kinds": {kind: settings for kind, settings in own.items() if settings != base},
    }


def places_block(models: Path) -> dict[str, list[str]]:
    """Findings of which the denoiser learnt where they lie: from drawings, which alone say so."""
    return {"places": list(drawn_findings(read_json(models / "denoiser" / "config.json")))}


def support_block(runs: Path) -> dict[str, int]:
    """How many training radiographs of the denoiser carry each finding; empty where the index was not built."""
    if not any((runs / "cache").glob("pixels-*.npy")):
        return {}
    index = load_index(runs / "cache")
    positive = (index.labels(index.where("train")) == 1).sum(0).tolist()
    return {finding: int(count) for finding, count in zip(FINDINGS, positive, strict=True)}


def write_manifest(
    models: Path, runs: Path, networks: dict[str, Any], sampling: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Writes the manifest; networks of an earlier one that are not among `networks` stay, if their folder does.

    So does what it says of calibration where the runs do not know better.
    """
    path = models / "manifest.json"
    before = read_json(path)
    kept = {name: entry for name, entry in before.get("networks", {}).items() if (models / entry["folder"]).is_dir()}
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "release": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "networks": {**kept, **networks},
        "support": support_block(runs) or before.get("support", {}),
        "calibration": {**before.get("calibration", {}), **calibration_block(runs)},
        "sampling": (sampling_block(sampling) or before.get("sampling", {})) | places_block(models),
    }
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest
