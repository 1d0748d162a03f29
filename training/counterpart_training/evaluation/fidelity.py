"""Reconstruction figures."""

import torch
from torch import Tensor


def psnr(output: Tensor, target: Tensor) -> float:
    """Mean over images of the peak signal-to-noise ratio in dB, grey in [-1, 1] (peak to peak 2), output clipped."""
    error = (output.clamp(-1, 1) - target).square().mean((1, 2, 3)).clamp(min=1e-10)
    return float((10 * torch.log10(4 / error)).mean())


def high_band_ratio(output: Tensor, target: Tensor, cutoff: float = 0.125) -> float:
    """Energy above `cutoff` cycles a pixel over the original's, mean over images; 1 is as sharp as the original.

    0.125 cycles a pixel is the Nyquist limit of the latent grid's pixels times two: what a blurred decoder loses first.
    """
    h, w = target.shape[-2:]
    fy = torch.fft.fftfreq(h)[:, None]
    fx = torch.fft.rfftfreq(w)[None, :]
    band = (fy.square() + fx.square()).sqrt() > cutoff

    def energy(x: Tensor) -> Tensor:
        return (torch.fft.rfft2(x.float()).abs().square() * band).sum((1, 2, 3))  # type: ignore[no-any-return]

    return float((energy(output) / energy(target).clamp(min=1e-9)).mean())
