"""The networks of a runs folder, behind the interface that evaluation uses."""

from pathlib import Path

import torch
from torch import Tensor

from ..networks.anatomist import region_share
from ..networks.autoencoder import Decoder
from ..networks.blocks import channels_last
from ..networks.denoiser import Denoiser
from ..networks.healthy_twin import HealthyTwin
from ..networks.reader import SecondReader
from ..stages.latents import Guides, averaged, config_of
from .errors import NetworksMissing

TWIN = "healthy-twin"
"""Run of the network that erases in one pass."""


def part(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The entries below a prefix, without it."""
    return {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}


class CheckpointNetworks:
    """Averaged weights of every run, in bfloat16 autocast (as trained)."""

    def __init__(
        self, runs: Path, decoder: str = "decoder", denoiser: str | None = "denoiser", judge: bool = True
    ) -> None:
        self.guides = Guides.load(runs)
        self.decoder = self.guides.autoencoder.decoder
        if (runs / decoder / "checkpoint.pt").exists():
            self.decoder = Decoder(int(config_of(runs, decoder)["width"]))
            self.decoder.load_state_dict(part(averaged(runs, decoder), "decoder."))
        self.denoiser: Denoiser | None = None
        if denoiser:
            self.denoiser = Denoiser(int(config_of(runs, denoiser)["width"]))
            self.denoiser.load_state_dict(part(averaged(runs, denoiser), "denoiser."))
        self.judge = SecondReader(int(config_of(runs, "second-reader")["width"])) if judge else None
        if self.judge:
            self.judge.load_state_dict(averaged(runs, "second-reader"))
        self.twin: HealthyTwin | None = None
        if any((runs / TWIN / name).exists() for name in ("checkpoint.pt", "initial.pt")):
            self.twin = HealthyTwin(int(config_of(runs, TWIN)["width"]))
            self.twin.load_state_dict(averaged(runs, TWIN))
        for module in (self.decoder, self.denoiser, self.judge, self.twin):
            if module:
                channels_last(module.eval().requires_grad_(False))

    @staticmethod
    def readers(runs: Path) -> "CheckpointNetworks":
        """Without a denoiser: for calibration, which comes before it."""
        return CheckpointNetworks(runs, denoiser=None)

    def encode(self, x: Tensor) -> Tensor:
        return self.guides.autoencoder.encoder(x)  # type: ignore[no-any-return]

    def decode(self, z: Tensor) -> Tensor:
        return self.decoder(z)  # type: ignore[no-any-return]

    def share(self, x: Tensor) -> Tensor:
        return region_share(self.guides.anatomist(x)[0])

    def opacity(self, x: Tensor) -> Tensor:
        return self.guides.reader(x)[1].sigmoid()  # type: ignore[no-any-return]

    def healthy(self, z: Tensor, regions: Tensor, mask: Tensor, opacity: Tensor) -> Tensor:
        """Raises NetworksMissing without a healthy twin."""
        if self.twin is None:
            raise NetworksMissing(f"{TWIN}: train it first, or bring the release back with `training restore`")
        return self.twin(z, regions, mask, opacity)  # type: ignore[no-any-return]

    def second(self, x: Tensor) -> tuple[Tensor, Tensor]:
        if self.judge is None:
            raise RuntimeError("no second reader was loaded")
        findings, dense = self.judge(x)
        return torch.as_tensor(findings), torch.as_tensor(dense)
