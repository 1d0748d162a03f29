"""Autoencoder E, D: 8x down to 32x32x8 latents, norm-free residual blocks with ReLU."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .blocks import NormFreeBlock, upsample

LATENT_CHANNELS = 8


class Encoder(nn.Module):
    """(N, 1, 256, 256) grey in [-1, 1] -> (N, 8, 32, 32), standardised a channel over the training set."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.stem = nn.Conv2d(16, width, 3, padding=1)
        self.fine = nn.Sequential(NormFreeBlock(width))
        self.down = nn.Conv2d(width, 2 * width, 3, stride=2, padding=1)
        self.coarse = nn.Sequential(NormFreeBlock(2 * width), NormFreeBlock(2 * width), NormFreeBlock(2 * width))
        self.head = nn.Conv2d(2 * width, LATENT_CHANNELS, 3, padding=1)
        self.standardise = nn.BatchNorm2d(LATENT_CHANNELS, affine=False, momentum=0.02)

    def forward(self, x: Tensor) -> Tensor:
        h = self.fine(self.stem(F.pixel_unshuffle(x, 4)))
        h = self.coarse(self.down(h))
        return self.standardise(self.head(F.relu(h)))  # type: ignore[no-any-return]


class Decoder(nn.Module):
    """(N, 8, 32, 32) -> (N, 1, 256, 256) grey, nominally in [-1, 1] (not clipped)."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.stem = nn.Conv2d(LATENT_CHANNELS, 2 * width, 3, padding=1)
        self.coarse = nn.Sequential(*[NormFreeBlock(2 * width) for _ in range(4)])
        self.to_mid = nn.Conv2d(2 * width, width, 3, padding=1)
        self.mid = nn.Sequential(NormFreeBlock(width), NormFreeBlock(width))
        self.to_fine = nn.Conv2d(width, width // 2, 3, padding=1)
        self.fine = nn.Sequential(NormFreeBlock(width // 2))
        self.head = nn.Conv2d(width // 2, 4, 3, padding=1)

    def forward(self, z: Tensor) -> Tensor:
        h = self.coarse(self.stem(z))
        h = self.mid(self.to_mid(upsample(h)))
        h = self.fine(self.to_fine(upsample(h)))
        return F.pixel_shuffle(self.head(F.relu(h)), 2)


class Autoencoder(nn.Module):
    """E and D together; trained on crops, run on whole images."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.encoder = Encoder(width)
        self.decoder = Decoder(width)

    def forward(self, x: Tensor) -> Tensor:
        return self.decoder(self.encoder(x))  # type: ignore[no-any-return]


def standardisation(encoder: Encoder) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of the raw latents, folded into the last convolution at export."""
    mean, var = encoder.standardise.running_mean, encoder.standardise.running_var
    assert mean is not None and var is not None
    return mean, torch.sqrt(var + encoder.standardise.eps)
