"""Every lowering against its module: converted, run by the reference interpreter, compared at two batch sizes."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from counterpart_training.export.graph import Converted, convert
from counterpart_training.export.ir import OPERATORS, Graph
from counterpart_training.export.operators import LOWERINGS
from counterpart_training.export.verify import verify


class Function(nn.Module):
    """A function of tensors as a module, with modules and parameters it may use."""

    def __init__(self, function: Callable[..., Tensor | tuple[Tensor, ...]], **parts: nn.Module | Tensor) -> None:
        super().__init__()
        self.function = function
        for name, part in parts.items():
            setattr(self, name, nn.Parameter(part) if isinstance(part, Tensor) else part)

    def forward(self, *inputs: Tensor) -> Tensor | tuple[Tensor, ...]:
        parts = {**dict(self.named_children()), **dict(self.named_parameters(recurse=False))}
        return self.function(*inputs, **parts)


def converted(module: nn.Module, *inputs: Tensor) -> Converted:
    """The module's graph, verified."""
    for name, buffer in module.named_buffers():
        if name.endswith("running_var"):
            buffer.uniform_(0.5, 2)
        elif name.endswith("running_mean"):
            buffer.normal_()
    named = {f"x{i}": x for i, x in enumerate(inputs)}
    with torch.no_grad():
        result = module.eval()(*inputs)
    outputs = [f"y{i}" for i in range(len(result))] if isinstance(result, tuple) else ["y"]
    out = convert("test", module, named, outputs)
    verify(module, out, named)
    return out


def ops(graph: Graph) -> list[str]:
    return [node.op for node in graph.nodes]


MAP, OTHER = torch.randn(2, 6, 8, 8), torch.randn(2, 6, 8, 8)
VECTOR, TOKENS = torch.randn(2, 6), torch.randn(2, 10, 6)
IMAGE = torch.randn(2, 1, 16, 16)


def conv(i: int, o: int, k: int = 3, **options: int) -> nn.Conv2d:
    return nn.Conv2d(i, o, k, **options)  # type: ignore[arg-type]


@dataclass
class Case:
    """A module, example inputs, and the operations its graph must consist of (in order)."""

    name: str
    module: nn.Module
    inputs: tuple[Tensor, ...]
    expected: str


CASES = [
    Case("convolution", conv(6, 4, padding=1), (MAP,), "conv2d"),
    Case("strided", conv(6, 4, stride=2, padding=1, bias=False), (MAP,), "conv2d"),
    Case("dilated", conv(6, 4, dilation=2, padding=2), (MAP,), "conv2d"),
    Case("same padding of an even kernel", nn.Conv2d(6, 4, 4, padding="same"), (MAP,), "conv2d"),
    Case("uneven padding", nn.Conv2d(6, 4, (3, 5), padding=(1, 2)), (MAP,), "conv2d"),
    Case(
        "folded batch norm", nn.Sequential(conv(6, 4, bias=False), nn.BatchNorm2d(4), nn.ReLU()), (MAP,), "conv2d relu"
    ),
    Case("batch norm with bias", nn.Sequential(conv(6, 4), nn.BatchNorm2d(4, affine=False)), (MAP,), "conv2d"),
    Case("batch norm alone", nn.BatchNorm2d(6), (MAP,), "multiply add"),
    Case("linear", nn.Linear(6, 4), (TOKENS,), "dense"),
    Case("dropout", nn.Sequential(nn.Dropout(0.5), nn.Linear(6, 4)), (VECTOR,), "dense"),
    Case("unshuffle one channel", Function(lambda x: F.pixel_unshuffle(x, 4)), (IMAGE,), "spaceToDepth"),
    Case(
        "unshuffle several channels into a convolution",
        nn.Sequential(nn.PixelUnshuffle(2), conv(24, 4)),
        (MAP,),
        "spaceToDepth conv2d",
    ),
    Case(
        "shuffle to one channel",
        Function(lambda x, c: F.pixel_shuffle(c(x), 2), c=conv(6, 4)),
        (MAP,),
        "conv2d depthToSpace",
    ),
    Case("shuffle to several channels", nn.Sequential(conv(6, 12), nn.PixelShuffle(2)), (MAP,), "conv2d depthToSpace"),
    Case(
        "shuffle to several channels after batch norm",
        nn.Sequential(conv(6, 12), nn.BatchNorm2d(12), nn.PixelShuffle(2)),
        (MAP,),
        "conv2d depthToSpace",
    ),
    Case(
        "shuffle undoes unshuffle",
        nn.Sequential(nn.PixelUnshuffle(2), nn.PixelShuffle(2)),
        (MAP,),
        "spaceToDepth depthToSpace",
    ),
    Case("nearest", Function(lambda x: F.interpolate(x, scale_factor=2.0)), (MAP,), "upsampleNearest"),
    Case("nearest to a size", Function(lambda x: F.interpolate(x, (24, 24))), (MAP,), "upsampleNearest"),
    Case("average pool", Function(lambda x: F.avg_pool2d(x, 2)), (MAP,), "averagePool"),
    Case("maximum pool", Function(lambda x: F.max_pool2d(x, 4)), (MAP,), "maxPool"),
    Case("adaptive pool", nn.AdaptiveAvgPool2d(1), (MAP,), "averagePool"),
    Case("mean over the map", Function(lambda x: x.mean((2, 3))), (MAP,), "mean"),
    Case("mean over channels, kept", Function(lambda x: x.mean(1, keepdim=True)), (MAP,), "mean"),
    Case("sum", Function(lambda x: x.sum((2, 3), keepdim=True)), (MAP,), "sum"),
    Case("activations", Function(lambda x: (F.silu(x), torch.sigmoid(x), torch.tanh(x))), (MAP,), "silu sigmoid tanh"),
    Case("waves", Function(lambda x: (x.sin(), x.cos(), x.exp(), x.exp().log())), (VECTOR,), "sin cos exp exp log"),
    Case("scalars", Function(lambda x: (3 - x * 2) / 4 + 1), (MAP,), "affine affine affine affine"),
    Case(
        "two maps",
        Function(lambda a, b: a * b - 2 * b + torch.add(a, b, alpha=3)),
        (MAP, OTHER),
        "multiply affine subtract affine add add",
    ),
    Case("film", Function(lambda x, v: x * (1 + v[:, :, None, None])), (MAP, VECTOR), "reshape affine multiply"),
    Case("channel vector", Function(lambda x, w: x + w[None, :, None, None], w=torch.randn(6)), (MAP,), "add"),
    Case("number in a tensor", Function(lambda x: x * torch.tensor(3.0)), (MAP,), "affine"),
    Case("square", Function(lambda x: x**2 + x.square()), (MAP,), "multiply multiply add"),
    Case("clamp", Function(lambda x: x.clamp(-0.5, 0.5)), (MAP,), "affine relu affine affine relu affine"),
    Case("gelu", nn.GELU(approximate="tanh"), (VECTOR,), "multiply multiply affine add affine sigmoid multiply"),
    Case("concatenation of channels", Function(lambda a, b: torch.cat([a, b], 1)), (MAP, OTHER), "concat"),
    Case("stack", Function(lambda a, b: torch.stack([a, b], 1)), (VECTOR, VECTOR), "reshape reshape concat"),
    Case("chunks", Function(lambda x: x.chunk(3, 1)), (MAP,), "slice slice slice"),
    Case("split", Function(lambda x: x.split([1, 5], 1)), (MAP,), "slice slice"),
    Case("part", Function(lambda x: x[:, 1:4, 2:, :-1]), (MAP,), "slice slice slice"),
    Case("one channel", Function(lambda x: x[:, 2]), (MAP,), "slice reshape"),
    Case("tokens of a map", Function(lambda x: x.flatten(2).transpose(1, 2)), (MAP,), "reshape"),
    Case(
        "there and back",
        Function(lambda x: x.flatten(2).transpose(1, 2).transpose(1, 2).reshape(-1, 6, 8, 8)),
        (MAP,),
        "reshape",
    ),
    Case("vector of a map", Function(lambda x: x.flatten(1)), (MAP,), "transpose reshape"),
    Case(
        "unflatten, squeeze",
        Function(lambda x: x.unflatten(1, (2, 3)).mean(1, keepdim=True).squeeze(1)),
        (VECTOR,),
        "reshape mean reshape",
    ),
    Case("product", Function(lambda a, b: a @ b.mT), (TOKENS, TOKENS), "matmul"),
    Case("product with a matrix", Function(lambda x, w: x @ w, w=torch.randn(6, 3)), (TOKENS,), "dense"),
    Case("softmax", Function(lambda x: x.softmax(1)), (MAP,), "softmax"),
    Case("root mean square norm", nn.RMSNorm(6), (TOKENS,), "rmsNorm"),
    Case("layer norm", nn.LayerNorm(6), (TOKENS,), "mean subtract rmsNorm add"),
    Case(
        "expand",
        Function(lambda x, v: torch.cat([x, v[:, :, None, None].expand(-1, -1, 8, 8)], 1)),
        (MAP, VECTOR),
        "reshape add concat",
    ),
    Case(
        "learnt token",
        Function(lambda x, t: torch.cat([t.expand(x.shape[0], -1, -1), x], 1), t=torch.randn(1, 1, 6)),
        (TOKENS,),
        "slice slice affine add concat",
    ),
    Case(
        "attention",
        Function(lambda q: F.scaled_dot_product_attention(q, q * 2, q + 1)),
        (TOKENS,),
        "affine affine affine matmul softmax matmul",
    ),
    Case("einsum, decomposed", Function(lambda a, b: torch.einsum("bnc,bmc->bnm", a, b)), (TOKENS, TOKENS), ""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_operator_is_converted(case: Case) -> None:
    found = ops(converted(case.module, *case.inputs).graph)
    assert set(found) <= OPERATORS
    if case.expected:
        assert sorted(found) == sorted(case.expected.split())


def test_heads_of_attention_keep_their_places() -> None:
    attention = nn.ModuleDict({"qkv": nn.Linear(6, 18), "out": nn.Linear(6, 6)})

    def run(x: Tensor, net: nn.ModuleDict) -> Tensor:
        n, c, h, w = x.shape
        q, k, v = net["qkv"](x.flatten(2).transpose(1, 2)).view(n, h * w, 3, 2, c // 2).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, h * w, c)
        return x + net["out"](mixed).transpose(1, 2).reshape(n, c, h, w)  # type: ignore[no-any-return]

    graph = converted(Function(run, net=attention), MAP).graph
    assert ops(graph).count("matmul") == 2


def test_weights_keep_the_state_dicts_names_and_are_stored_once() -> None:
    module = nn.Sequential(nn.Linear(6, 6), nn.ReLU())
    twice = Function(lambda x, net: net(net(x)), net=module)
    graph = converted(twice, VECTOR).graph
    assert set(graph.weights) == {"net.0.weight", "net.0.bias"}
    assert ops(graph).count("dense") == 2


def test_a_batch_norm_after_a_shared_convolution_is_not_folded_into_it() -> None:
    parts = nn.ModuleDict({"conv": conv(6, 6, padding=1), "norm": nn.BatchNorm2d(6)})
    graph = converted(Function(lambda x, p: p["norm"](p["conv"](p["conv"](x))), p=parts), MAP).graph
    assert ops(graph) == ["conv2d", "conv2d", "multiply", "add"]


def test_a_batch_norm_of_a_value_that_others_read_too_is_not_folded() -> None:
    parts = nn.ModuleDict({"conv": conv(6, 6, padding=1), "norm": nn.BatchNorm2d(6)})

    def run(x: Tensor, p: nn.ModuleDict) -> Tensor:
        h = p["conv"](x)
        return h * p["norm"](h)  # type: ignore[no-any-return]

    graph = converted(Function(run, p=parts), MAP).graph
    assert ops(graph) == ["conv2d", "multiply", "add", "multiply"]


def test_a_convolution_read_again_after_its_batch_norm_keeps_its_own_weights() -> None:
    parts = nn.ModuleDict({"conv": conv(6, 6, padding=1), "norm": nn.BatchNorm2d(6)})
    graph = converted(Function(lambda x, p: p["conv"](p["norm"](p["conv"](x))), p=parts), MAP).graph
    assert ops(graph) == ["conv2d", "multiply", "add", "conv2d"]


def test_a_batch_norm_finds_its_convolution_behind_others() -> None:
    parts = nn.ModuleDict({"a": conv(6, 6), "b": conv(6, 6), "norm": nn.BatchNorm2d(6)})

    def run(x: Tensor, p: nn.ModuleDict) -> Tensor:
        a, b = p["a"](x), p["b"](x)
        return p["norm"](F.dropout(a, 0.1, False)) + b  # type: ignore[no-any-return]

    assert ops(converted(Function(run, p=parts), MAP).graph) == ["conv2d", "conv2d", "add"]


def test_what_depends_on_weights_alone_is_computed_at_export() -> None:
    graph = converted(Function(lambda x, w: x * (w.exp().sum() + 1), w=torch.randn(4)), MAP).graph
    assert ops(graph) == ["affine"]
    assert not graph.weights


def test_nothing_that_no_output_needs_is_left() -> None:
    unused = nn.ModuleDict({"a": nn.Linear(6, 6), "b": nn.Linear(6, 6)})

    def run(x: Tensor, net: nn.ModuleDict) -> Tensor:
        net["a"](x)
        return net["b"](x)  # type: ignore[no-any-return]

    assert set(converted(Function(run, net=unused), VECTOR).graph.weights) == {"net.b.weight", "net.b.bias"}


def test_json_gives_the_same_graph_back() -> None:
    graph = converted(nn.Sequential(conv(6, 4), nn.ReLU()), MAP).graph
    again = Graph.from_json(graph.to_json())
    assert again == graph
    with pytest.raises(ValueError, match="version"):
        Graph.from_json(graph.to_json().replace('"version": 1', '"version": 2'))
    graph.nodes[1].inputs = ["nothing"]
    with pytest.raises(ValueError, match="nothing"):
        graph.check()


def test_every_lowering_names_a_real_operator() -> None:
    for operator in LOWERINGS:
        space, name, overload = operator.split(".")
        assert hasattr(getattr(getattr(torch.ops, space), name), overload), operator
