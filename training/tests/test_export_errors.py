"""What cannot be exported is refused by name."""

import pytest
import torch
import torch.nn.functional as F
from test_operators import MAP, TOKENS, VECTOR, Function, conv
from torch import Tensor, nn

from counterpart_training.export import errors
from counterpart_training.export.graph import convert
from counterpart_training.export.verify import verify
from counterpart_training.export.weights import phase_weights, shipped


def export(module: nn.Module, *inputs: Tensor) -> None:
    named = {f"x{i}": x for i, x in enumerate(inputs)}
    verify(module, convert("test", module, named, ["y"]), named)


def test_operators_without_a_counterpart_are_listed() -> None:
    with pytest.raises(errors.UnsupportedOperators) as caught:
        export(Function(lambda x: torch.erf(x) + torch.cumsum(x, 1)), VECTOR)
    assert caught.value.operators == ["aten.cumsum.default", "aten.erf.default"]


@pytest.mark.parametrize(
    "module",
    [
        conv(6, 6, groups=2),
        nn.Conv2d(6, 6, 3, stride=(1, 2)),
        Function(lambda x: F.max_pool2d(x, 3, stride=1)),
        Function(lambda x: F.interpolate(x, (12, 16))),
        Function(lambda x: x[:, ::2]),
        Function(lambda x: x**3),
        nn.GELU(),
        conv(6, 6, stride=2, dilation=2),
        Function(lambda x: x.view(-1, 2, 3, 4, 2, 8).mean(1)),
    ],
    ids=[
        "groups",
        "uneven stride",
        "overlapping pool",
        "uneven enlargement",
        "step",
        "cube",
        "exact gelu",
        "strided and dilated",
        "rank",
    ],
)
def test_unsupported_attributes_are_named(module: nn.Module) -> None:
    with pytest.raises(errors.UnsupportedAttribute):
        export(module, MAP)


def test_a_shuffle_of_channels_needs_a_convolution() -> None:
    with pytest.raises(errors.ChannelOrder):
        export(Function(lambda x: F.pixel_unshuffle(x, 2) + 1), MAP)
    with pytest.raises(errors.ChannelOrder):
        export(Function(lambda x, c: F.pixel_shuffle(F.relu(c(x)), 2), c=conv(6, 12)), MAP)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.mean(0, keepdim=True),
        lambda x: x[:1] + x,
        lambda x: torch.cat([x, x], 0),
        lambda x: x.transpose(0, 1),
    ],
    ids=["mean", "part", "join", "moved"],
)
def test_the_batch_axis_stays_free(function: object) -> None:
    with pytest.raises(errors.BatchAxis):
        export(Function(function), TOKENS)  # type: ignore[arg-type]


def test_weights_beyond_half_precision_are_refused() -> None:
    module = nn.Linear(6, 2)
    with torch.no_grad():
        module.weight[0, 0] = 1e6
    with pytest.raises(errors.WeightRange, match="weight"):
        export(module, VECTOR)


def test_a_graph_that_computes_something_else_is_refused() -> None:
    module = nn.Linear(6, 2).eval()
    out = convert("test", module, {"x": VECTOR}, ["y"])
    out.weights["bias"] = out.weights["bias"] + 1
    with pytest.raises(errors.VerificationFailed, match="y"):
        verify(module, out, {"x": VECTOR})


def test_frequencies_keep_full_precision() -> None:
    module = Function(lambda t, f, w: (t * f).sin() @ w, f=torch.tensor([1.0, 33.3, 199.9]), w=torch.randn(3, 2))
    out = convert("test", module, {"t": torch.rand(2, 1)}, ["y"])
    assert phase_weights(out.graph) == {"f"}
    assert {name: w.dtype for name, w in shipped(out).items()} == {"f": torch.float32, "w": torch.float16}
