"""The shipped graphs behind the interface that evaluation uses: figures of what is released."""

from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor

from ..networks.anatomist import region_share
from .interpreter import run_graph
from .ir import Graph
from .registry import NETWORKS
from .verify import nhwc


class ExportedNetwork:
    """One folder of models/, called like the module it came from (NCHW in and out)."""

    def __init__(self, folder: Path) -> None:
        self.graph = Graph.from_json((folder / "graph.json").read_text(encoding="utf-8"))
        self.weights = load_file(folder / "weights.safetensors")
        self.outputs = NETWORKS[folder.name].outputs

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        named = {name: nhwc(t) for name, t in zip(self.graph.inputs, inputs, strict=True)}
        out = run_graph(self.graph, self.weights, named)
        return tuple(t.permute(0, 3, 1, 2) if t.ndim == 4 else t for t in (out[name] for name in self.outputs))


class ExportedNetworks:
    """All networks of a release; implements evaluation's `Networks`."""

    def __init__(self, models: Path) -> None:
        self.parts = {name: ExportedNetwork(models / name) for name in NETWORKS if (models / name).is_dir()}

    def encode(self, x: Tensor) -> Tensor:
        return self.parts["encoder"](x)[0]

    def decode(self, z: Tensor) -> Tensor:
        return self.parts["decoder"](z)[0]

    def share(self, x: Tensor) -> Tensor:
        return region_share(self.parts["anatomist"](x)[0])

    def opacity(self, x: Tensor) -> Tensor:
        return self.parts["reader"](x)[1].sigmoid()

    def healthy(self, z: Tensor, regions: Tensor, mask: Tensor, opacity: Tensor) -> Tensor:
        return self.parts["healthy-twin"](z, regions, mask, opacity)[0]

    def second(self, x: Tensor) -> tuple[Tensor, Tensor]:
        findings, opacity, _ = self.parts["second-reader"](x)
        return findings, opacity

    def denoiser(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> Tensor:
        return self.parts["denoiser"](latent, time, tokens, regions, inpaint, context)[0]
