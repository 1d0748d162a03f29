"""Everything that can stop an export, one class a cause; each message names the network's node or file."""

from collections.abc import Iterable


class ExportError(Exception):
    """Base of the errors below."""


class UnsupportedOperators(ExportError):
    """The module uses ATen operators that have no counterpart in graph.json and cannot be decomposed into any."""

    def __init__(self, network: str, operators: Iterable[str]) -> None:
        self.operators = sorted(set(operators))
        super().__init__(
            f"{network} uses operators that graph.json cannot express: {', '.join(self.operators)}. "
            "Rewrite the module with supported ones (docs/export-format.md) or add a lowering in export/operators."
        )


class UnsupportedAttribute(ExportError):
    """An operator is supported, but not with this attribute (groups, steps, uneven strides ...)."""

    def __init__(self, node: str, what: str) -> None:
        super().__init__(f"{node}: {what}")


class ChannelOrder(ExportError):
    """A pixel shuffle of several channels stands where its channel order cannot be absorbed by a convolution."""

    def __init__(self, node: str) -> None:
        super().__init__(
            f"{node}: PyTorch and graph.json order the channels of a pixel (un)shuffle differently. "
            "Only a convolution directly before (shuffle) or after (unshuffle) can absorb that; put one there."
        )


class BatchAxis(ExportError):
    """An operator mixes, reduces or fixes the batch axis, so the graph could not run at another batch size."""

    def __init__(self, node: str, what: str) -> None:
        super().__init__(f"{node}: {what}; the batch axis must stay free")


class WeightRange(ExportError):
    """A weight does not fit into half precision."""

    def __init__(self, weight: str, largest: float) -> None:
        super().__init__(f"{weight}: magnitude {largest:.3g} is beyond half precision (65504) or not a number")


class NeighboursTooLarge(ExportError):
    """The features of the training images take more room than a release gives them."""

    def __init__(self, size: int, allowed: int) -> None:
        super().__init__(
            f"neighbours.safetensors has {size:,} bytes (allowed {allowed:,}). Keep fewer dimensions "
            "(DIMENSIONS in export/neighbours.py)."
        )


class VerificationFailed(ExportError):
    """The converted graph does not reproduce the module."""

    def __init__(self, network: str, output: str, error: float, allowed: float) -> None:
        super().__init__(
            f"{network}: output {output} of the converted graph differs from PyTorch by {error:.3g} "
            f"(allowed {allowed:.3g})"
        )


class UnknownNetwork(ExportError):
    """A name that no network of the release has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no network {name}; the networks are {', '.join(known)}")


class CheckpointMissing(ExportError):
    """A run to be exported has no checkpoint."""

    def __init__(self, network: str, path: object) -> None:
        super().__init__(f"{network}: no checkpoint at {path}. Train the stage first, or name the networks to export.")
