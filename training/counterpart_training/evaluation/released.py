"""The networks of a release folder (models/) as modules, for what needs their inner maps and not only their outputs."""

import json
from pathlib import Path
from typing import Any, cast

from torch import nn

from ..networks.anatomist import Anatomist
from ..networks.autoencoder import Autoencoder, Decoder, Encoder
from ..networks.blocks import channels_last
from ..networks.denoiser import Denoiser
from ..networks.healthy_twin import HealthyTwin
from ..networks.reader import Reader, SecondReader
from ..stages.latents import Guides
from .checkpoints import TWIN, CheckpointNetworks
from .errors import NetworksMissing

NEEDED = ("autoencoder", "anatomist", "reader", "second-reader")


def module_of(folder: Path) -> nn.Module:
    """The network exported to a folder, frozen. Raises NetworksMissing."""
    from ..export.registry import restored
    from ..export.weights import import_weights

    if not (folder / "training.safetensors").is_file():
        raise NetworksMissing(f"{folder} holds no exported network")
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    network = restored(folder.name, config, import_weights(folder))
    return channels_last(network.eval().requires_grad_(False))


class ReleasedNetworks(CheckpointNetworks):
    """As CheckpointNetworks, from models/: half-precision weights brought back to float32."""

    def __init__(self, models: Path) -> None:
        parts = {
            name: module_of(models / name)
            for name in ("encoder", "decoder", "anatomist", "reader", "second-reader", "denoiser", TWIN)
            if name != TWIN or (models / TWIN).is_dir()
        }
        autoencoder = Autoencoder()
        autoencoder.encoder, autoencoder.decoder = cast(Encoder, parts["encoder"]), cast(Decoder, parts["decoder"])
        self.guides = Guides(autoencoder, cast(Anatomist, parts["anatomist"]), cast(Reader, parts["reader"]))
        self.decoder = autoencoder.decoder
        self.denoiser = cast(Denoiser, parts["denoiser"])
        self.judge = cast(SecondReader, parts["second-reader"])
        self.twin = cast(HealthyTwin | None, parts.get(TWIN))


def load_networks(runs: Path, models: Path | None, release: Path) -> tuple[CheckpointNetworks, dict[str, Any], str]:
    """Networks, calibration of the readers, and in words which: `models` if named, else checkpoints, else the release.

    Raises NetworksMissing.
    """
    if models is None and all((runs / name / "checkpoint.pt").is_file() for name in NEEDED):
        denoiser = "denoiser" if (runs / "denoiser" / "checkpoint.pt").is_file() else None
        path = runs / "calibration.json"
        calibration = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return CheckpointNetworks(runs, denoiser=denoiser), calibration, "checkpoints"
    folder = models or release
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise NetworksMissing(f"no checkpoints in {runs} and no manifest.json in {folder}")
    content: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return ReleasedNetworks(folder), content.get("calibration", {}), f"release {content.get('release', '?')}"
