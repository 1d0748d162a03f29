"""Linear layers, matrix products, attention."""

import math
from dataclasses import replace

from ..builder import Builder, Constant, Value
from ..errors import UnsupportedAttribute
from ..layout import identity
from .elementwise import affine, binary
from .reductions import last
from .table import lowers


@lowers("aten.linear.default")
def linear(b: Builder, node: str, x: Value, weight: Constant, bias: Constant | None = None) -> Value:
    if not isinstance(weight, Constant) or not isinstance(bias, Constant | None):
        raise UnsupportedAttribute(node, "weight and bias must be known at export")
    x = last(b, x, len(x.shape) - 1, node)
    inputs = [x.name, b.weight(weight, (1, 0))]
    if bias is not None:
        inputs.append(b.weight(bias))
    return b.emit(node, "dense", inputs, replace(x, shape=(*x.shape[:-1], weight.tensor.shape[0])))


@lowers("aten.addmm.default")
def addmm(b: Builder, node: str, bias: Constant, x: Value, weight: Constant) -> Value:
    return linear(b, node, x, Constant(weight.tensor.T, None, weight.hint), bias)


@lowers("aten.matmul.default", "aten.bmm.default", "aten.mm.default")
def matmul(b: Builder, node: str, x: Value | Constant, y: Value | Constant) -> Value:
    """A matrix known at export makes it a dense layer."""
    if isinstance(y, Constant) and isinstance(x, Value) and y.tensor.ndim == 2:
        return linear(b, node, x, Constant(y.tensor.T, None, y.hint))
    if not isinstance(x, Value) or not isinstance(y, Value):
        raise UnsupportedAttribute(node, "product with a constant that is not a matrix on the right")
    rank = len(x.shape)
    if len(y.shape) != rank or x.shape[:-2] != y.shape[:-2]:
        raise UnsupportedAttribute(node, f"product of {x.shape} and {y.shape}; leading axes must be the same")
    ends = ({rank - 2, rank - 1},)
    if set(x.layout[-2:]) not in ends or set(y.layout[-2:]) not in ends or x.layout[:-2] != y.layout[:-2]:
        x, y = (v if v.layout[:-2] == identity(rank - 2) else b.arrange(v, identity(rank), node) for v in (x, y))
    x, y = b.plain(x, node), b.plain(y, node)
    flip_x, flip_y = x.layout[-1] != rank - 1, y.layout[-1] != rank - 1
    result = replace(x, shape=(*x.shape[:-1], y.shape[-1]), layout=(*x.layout[:-2], rank - 2, rank - 1))
    return b.emit(node, "matmul", [x.name, y.name], result, transposeA=flip_x, transposeB=flip_y)


@lowers("aten.scaled_dot_product_attention.default")
def attention(
    b: Builder,
    node: str,
    query: Value,
    key: Value,
    value: Value,
    mask: Value | Constant | None = None,
    dropout: float = 0.0,
    causal: bool = False,
    *,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Value:
    """softmax(scale q k^T + mask) v; the scale goes to the queries, the smaller tensor."""
    if causal or enable_gqa:
        raise UnsupportedAttribute(node, "causal or grouped attention")
    rank = len(query.shape)
    scale = scale if scale is not None else 1 / math.sqrt(query.shape[-1])
    query = affine(b, node, query, scale, 0)
    swapped = (*range(rank - 2), rank - 1, rank - 2)
    turned = replace(
        key, shape=tuple(key.shape[d] for d in swapped), layout=tuple(swapped.index(a) for a in key.layout)
    )
    scores = matmul(b, node, query, turned)
    if mask is not None:
        scores = binary(b, node, "add", scores, mask)
    assert isinstance(scores, Value)
    weights = b.emit(node, "softmax", [scores.name], last(b, scores, rank - 1, node))
    return matmul(b, node, weights, value)
