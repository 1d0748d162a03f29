"""How each ATen operator becomes nodes of graph.json. `LOWERINGS` maps an operator's name to its lowering."""

from . import axes, convolution, elementwise, products, reductions  # noqa: F401  (each registers its lowerings)
from .table import IDENTITIES, LOWERINGS

__all__ = ["IDENTITIES", "LOWERINGS"]
