"""The networks of a release: how each is built from its run, called, and named in the manifest."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..evaluation.checkpoints import part
from ..networks.anatomist import Anatomist
from ..networks.autoencoder import Decoder, Encoder
from ..networks.denoiser import Denoiser
from ..networks.healthy_twin import HealthyTwin
from ..networks.reader import Reader, SecondReader
from ..networks.residual_streams import Pathology, Recomposer
from ..stages.latents import averaged, config_of
from . import synthetic
from .errors import CheckpointMissing, UnknownNetwork
from .wrappers import ReaderWithActivation, SecondReaderWithFeatures

Config = dict[str, Any]


@dataclass(frozen=True)
class NetworkSpec:
    """One network. `runs`: folders it may come from, the later one wins; `prefix`: its part of the checkpoint."""

    name: str
    runs: tuple[str, ...]
    prefix: str
    build: Callable[[Config], nn.Module]
    inputs: Callable[[], dict[str, Tensor]]
    outputs: tuple[str, ...]
    wrap: Callable[[Any], nn.Module] | None = None

    def run(self, runs: Path) -> str:
        """Name of the run folder to export. Raises CheckpointMissing where there is none."""
        found = [name for name in self.runs if (runs / name / "checkpoint.pt").exists()]
        if not found:
            raise CheckpointMissing(self.name, runs / self.runs[0] / "checkpoint.pt")
        return found[-1]

    def load(self, runs: Path) -> nn.Module:
        """The network with the run's averaged weights, in evaluation mode."""
        run = self.run(runs)
        network = self.build(config_of(runs, run))
        network.load_state_dict(part(averaged(runs, run), self.prefix))
        return network.eval().requires_grad_(False)

    def module(self, network: nn.Module) -> nn.Module:
        """What is exported: the network, or its wrapper."""
        return self.wrap(network).eval() if self.wrap else network.eval()

    @property
    def weight_prefix(self) -> str:
        """What names of the exported module's weights have in front of the network's own."""
        return "network." if self.wrap else ""


def image() -> dict[str, Tensor]:
    return {"image": synthetic.radiograph(seed=11)}


NETWORKS: dict[str, NetworkSpec] = {
    spec.name: spec
    for spec in (
        NetworkSpec("encoder", ("autoencoder",), "encoder.", lambda c: Encoder(int(c["width"])), image, ("latent",)),
        NetworkSpec(
            "decoder",
            ("autoencoder", "decoder"),
            "decoder.",
            lambda c: Decoder(int(c["width"])),
            lambda: {"latent": synthetic.latent(seed=12)},
            ("image",),
        ),
        NetworkSpec(
            "anatomist", ("anatomist",), "", lambda c: Anatomist(int(c["width"])), image, ("regions", "frontal")
        ),
        NetworkSpec(
            "reader",
            ("reader",),
            "",
            lambda c: Reader(int(c["width"])),
            image,
            ("findings", "opacity", "activation"),
            ReaderWithActivation,
        ),
        NetworkSpec(
            "second-reader",
            ("second-reader",),
            "",
            lambda c: SecondReader(int(c["width"])),
            image,
            ("findings", "opacity", "features"),
            SecondReaderWithFeatures,
        ),
        NetworkSpec(
            "denoiser",
            ("denoiser",),
            "denoiser.",
            lambda c: Denoiser(int(c["width"])),
            synthetic.conditioning,
            ("velocity",),
        ),
        NetworkSpec(
            "healthy-twin",
            ("healthy-twin",),
            "",
            lambda c: HealthyTwin(int(c["width"])),
            synthetic.twin_inputs,
            ("more",),
        ),
        NetworkSpec(
            "pathology",
            ("residual-streams",),
            "pathology.",
            lambda c: Pathology(int(c["width"])),
            synthetic.pathology_inputs,
            ("tokens", "opacity"),
        ),
        NetworkSpec(
            "recomposer",
            ("residual-streams",),
            "recompose.",
            lambda c: Recomposer(int(c["width"])),
            synthetic.recomposer_inputs,
            ("drawn",),
        ),
    )
}
"""In the order of the manifest."""


def chosen(names: list[str] | None) -> list[NetworkSpec]:
    """The named networks, all without names. Raises UnknownNetwork."""
    for name in names or []:
        if name not in NETWORKS:
            raise UnknownNetwork(name, NETWORKS)
    return [NETWORKS[name] for name in names or NETWORKS]


def restored(name: str, config: Config, state: dict[str, Tensor]) -> nn.Module:
    """A network built from a configuration and a state dict (as `import_weights` gives it)."""
    network = NETWORKS[name].build(config)
    network.load_state_dict({k: v if v.is_floating_point() else v.to(torch.long) for k, v in state.items()})
    return network.eval()
