"""Bounds hold guidance where a clear lung would be, and leave alone what stays inside them."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from counterpart_training.bounds import Bounds, Grey, smoothed


def latents(seed: int, n: int = 2) -> torch.Tensor:
    return torch.randn(n, 8, 32, 32, generator=torch.Generator().manual_seed(seed))


def grey_of_images(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    z = latents(seed)
    weight = torch.randn(2, 8, 1, 1, generator=torch.Generator().manual_seed(seed + 1)) / 8
    cells = (z * weight).sum(1, keepdim=True) + 0.1
    return z, torch.nn.functional.interpolate(cells, 256)


def test_a_linear_grey_is_found_again() -> None:
    z, x = grey_of_images(3)
    cells = torch.nn.functional.avg_pool2d(x, 8)
    assert torch.allclose(Grey.fit(z, x)(z), cells, atol=5e-3)


@given(st.integers(0, 1000), st.floats(-0.5, 0.5), st.floats(0, 0.5))
def test_no_cell_leaves_the_bounds_by_guidance(seed: int, low: float, width: float) -> None:
    z, x = grey_of_images(seed)
    grey = Grey.fit(z, x)
    shape = (2, 1, 32, 32)
    bounds = Bounds(grey, torch.full(shape, low), torch.full(shape, low + width))
    told, guided = latents(seed + 7), latents(seed + 8)
    out = grey(bounds.held(told, guided))
    plain, pushed = grey(told), grey(guided)
    assert (out >= torch.minimum(bounds.low, plain) - 1e-4).all()
    assert (out <= torch.maximum(bounds.high, plain) + 1e-4).all()
    inside = (pushed > torch.minimum(bounds.low, plain)) & (pushed < torch.maximum(bounds.high, plain))
    kept = bounds.held(told, guided).sub(guided).abs().amax(1, keepdim=True)
    assert (kept[inside] < 1e-5).all()


def test_smoothing_looks_only_at_the_mask() -> None:
    grey, mask = torch.zeros(1, 1, 32, 32), torch.zeros(1, 1, 32, 32)
    mask[..., 10:14, 10:14] = 1
    grey[..., 10:14, 10:14] = 0.5
    grey[..., 14:, :] = 9
    assert torch.allclose(smoothed(grey, mask)[..., 10:14, 10:14], torch.tensor(0.5))
