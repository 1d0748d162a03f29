"""Convolutions and what belongs to them: batch norm, pooling, pixel shuffles, nearest-neighbour enlargement."""

from dataclasses import replace

import torch

from ..builder import Builder, Constant, Fold, Value
from ..errors import ChannelOrder, UnsupportedAttribute
from ..layout import NHWC
from .table import lowers, pair


def image(b: Builder, x: Value, node: str) -> Value:
    """The value stored NHWC."""
    if len(x.shape) != 4:
        raise UnsupportedAttribute(node, f"needs a tensor of rank 4, got {x.shape}")
    return x if x.layout == NHWC else b.arrange(x, NHWC, node)


@lowers("aten.conv2d.default", "aten.conv2d.padding")
def conv2d(
    b: Builder,
    node: str,
    x: Value,
    weight: Constant,
    bias: Constant | None = None,
    stride: int | list[int] = 1,
    padding: int | list[int] | str = 0,
    dilation: int | list[int] = 1,
    groups: int = 1,
) -> Value:
    x = image(b, x, node)
    (sy, sx), (dy, dx) = pair(stride), pair(dilation)
    if groups != 1:
        raise UnsupportedAttribute(node, f"convolution in {groups} groups")
    if sy != sx or dy != dx:
        raise UnsupportedAttribute(
            node, f"stride {(sy, sx)} and dilation {(dy, dx)} must be alike for height and width"
        )
    if sy > 1 and dy > 1:
        raise UnsupportedAttribute(node, f"stride {sy} together with dilation {dy}")
    if not isinstance(weight, Constant) or not isinstance(bias, Constant | None):
        raise UnsupportedAttribute(node, "weight and bias must be known at export")
    outputs, _, kh, kw = weight.tensor.shape
    if padding == "valid":
        padding = 0
    if isinstance(padding, str):
        totals = (dy * (kh - 1), dx * (kw - 1))
        pads = [[total // 2, total - total // 2] for total in totals]
    else:
        pads = [[side, side] for side in pair(padding)]
    n, _, h, w = x.shape
    size = [
        (side + sum(p) - d * (k - 1) - 1) // sy + 1
        for side, p, d, k in zip((h, w), pads, (dy, dx), (kh, kw), strict=True)
    ]
    inputs = [x.name, b.weight(weight, (2, 3, 1, 0), {1: x.channels} if x.channels else {})]
    if bias is not None:
        inputs.append(b.weight(bias))
    result = Value("", (n, outputs, size[0], size[1]), NHWC)
    return b.emit(node, "conv2d", inputs, result, stride=sy, dilation=dy, padding=pads)


@lowers("aten.batch_norm.default")
def batch_norm(
    b: Builder,
    node: str,
    x: Value,
    weight: Constant | None,
    bias: Constant | None,
    mean: Constant,
    var: Constant,
    training: bool,
    momentum: float,
    eps: float,
    cudnn: bool = False,
) -> Value:
    """Goes into the convolution before it if nothing else reads that; a product and a sum otherwise."""
    if training:
        raise UnsupportedAttribute(node, "batch norm in training mode; call eval() on the module")
    scale = torch.rsqrt(var.tensor.double() + eps)
    if weight is not None:
        scale = scale * weight.tensor.double()
    offset = -mean.tensor.double() * scale
    if bias is not None:
        offset = offset + bias.tensor.double()
    made_by = b.own_convolution(x)
    if made_by is None:
        shape = (-1,) + (1,) * (len(x.shape) - 2)
        parts = [
            Constant(t.float().reshape(shape), None, f"{node}.{n}") for t, n in ((scale, "scale"), (offset, "offset"))
        ]
        for part, op in zip(parts, ("multiply", "add"), strict=True):
            stored = b.operand(part, len(x.shape), x.layout, x.batch, node)
            x = b.emit(node, op, [x.name, stored], b.plain(x, node))
        return x
    kernel = made_by.inputs[1]
    had_bias = len(made_by.inputs) == 3
    if not had_bias:
        made_by.inputs.append(b.unique(kernel.removesuffix("weight") + "bias"))
        b.weights[made_by.inputs[2]] = torch.zeros(x.shape[1])
    shift = made_by.inputs[2]
    b.weights[kernel] = (b.weights[kernel].double() * scale).float()
    b.weights[shift] = (b.weights[shift].double() * scale + offset).float()
    if mean.key is not None:
        b.folds.append(Fold(mean.key.removesuffix("running_mean").rstrip("."), eps, kernel, shift, had_bias))
    return x


@lowers("aten.upsample_nearest2d.vec", "aten.upsample_nearest2d.default")
def upsample_nearest(b: Builder, node: str, x: Value, size: list[int] | None, *scales: object) -> Value:
    x = image(b, x, node)
    n, c, h, w = x.shape
    given = scales[0] if scales else None
    factors = list(given) if isinstance(given, list | tuple) else [size[0] / h, size[1] / w] if size else []
    if len(factors) != 2 or factors[0] != factors[1] or factors[0] != int(factors[0]):
        raise UnsupportedAttribute(node, f"enlargement by {factors}; only one whole factor for height and width")
    factor = int(factors[0])
    result = replace(x, shape=(n, c, h * factor, w * factor))
    return b.emit(node, "upsampleNearest", [x.name], result, factor=factor)


def pool(
    b: Builder, node: str, op: str, x: Value, kernel: int | list[int], stride: int | list[int], padding: object
) -> Value:
    x = image(b, x, node)
    (ky, kx), (n, c, h, w) = pair(kernel), x.shape
    if ky != kx or (stride and pair(stride) != (ky, kx)) or (padding not in (0, [0], [0, 0])) or h % ky or w % kx:
        raise UnsupportedAttribute(
            node, f"pooling {kernel}, stride {stride}, padding {padding}; windows must tile the {h}x{w} map"
        )
    return b.emit(node, op, [x.name], replace(x, shape=(n, c, h // ky, w // kx)), size=ky)


@lowers("aten.avg_pool2d.default")
def average_pool(
    b: Builder,
    node: str,
    x: Value,
    kernel: int | list[int],
    stride: int | list[int] = [],  # noqa: B006  (the operator's own default)
    padding: int | list[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Value:
    if divisor_override is not None:
        raise UnsupportedAttribute(node, "pooling with a divisor of its own")
    return pool(b, node, "averagePool", x, kernel, stride, padding)


@lowers("aten.max_pool2d.default")
def max_pool(
    b: Builder,
    node: str,
    x: Value,
    kernel: int | list[int],
    stride: int | list[int] = [],  # noqa: B006
    padding: int | list[int] = 0,
    dilation: int | list[int] = 1,
    ceil_mode: bool = False,
) -> Value:
    if pair(dilation) != (1, 1):
        raise UnsupportedAttribute(node, "dilated pooling")
    return pool(b, node, "maxPool", x, kernel, stride, padding)


@lowers("aten.adaptive_avg_pool2d.default")
def adaptive_average_pool(b: Builder, node: str, x: Value, size: int | list[int]) -> Value:
    (h, w), (rows, columns) = x.shape[2:], pair(size)
    if h % rows or w % columns or h // rows != w // columns:
        raise UnsupportedAttribute(node, f"adaptive pooling of {h}x{w} to {rows}x{columns}")
    return pool(b, node, "averagePool", x, h // rows, [], 0)


def shuffled_channels(channels: int, block: int) -> tuple[int, ...]:
    """PyTorch's channel c*block² + place for each stored channel place*channels + c."""
    return tuple(c * block * block + place for place in range(block * block) for c in range(channels))


@lowers("aten.pixel_unshuffle.default")
def pixel_unshuffle(b: Builder, node: str, x: Value, block: int) -> Value:
    x = image(b, b.plain(x, node), node)
    n, c, h, w = x.shape
    result = replace(
        x, shape=(n, c * block * block, h // block, w // block), channels=shuffled_channels(c, block) if c > 1 else None
    )
    return b.emit(node, "spaceToDepth", [x.name], result, block=block)


@lowers("aten.pixel_shuffle.default")
def pixel_shuffle(b: Builder, node: str, x: Value, block: int) -> Value:
    """With several channels, the convolution before it gets its output channels in the stored order."""
    x = image(b, x, node)
    n, c, h, w = x.shape
    c //= block * block
    order = shuffled_channels(c, block)
    if c > 1 and x.channels != order:
        made_by = b.own_convolution(x)
        if made_by is None:
            raise ChannelOrder(node)
        for name in made_by.inputs[1:]:
            b.weights[name] = b.weights[name][..., torch.tensor(order)].contiguous()
            if name in b.provenance:
                b.provenance[name] = replace(b.provenance[name], order={**b.provenance[name].order, 0: order})
        if any(fold.weight == made_by.inputs[1] for fold in b.folds):
            # A folded kernel in another order is not taken back: the unfolded one is kept beside the export instead.
            b.folds = [fold for fold in b.folds if fold.weight != made_by.inputs[1]]
            for name in made_by.inputs[1:]:
                b.provenance.pop(name, None)
    result = replace(x, shape=(n, c, h * block, w * block), channels=None)
    return b.emit(node, "depthToSpace", [x.name], result, block=block)
