"""Building blocks. Two families: batch-normalised (readers; folds into convolutions) and norm-free (autoencoder)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ConvNorm(nn.Sequential):
    """3x3 (or kxk) convolution, batch norm, optional ReLU."""

    def __init__(self, cin: int, cout: int, kernel: int = 3, stride: int = 1, relu: bool = True) -> None:
        layers: list[nn.Module] = [
            nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(cout),
        ]
        if relu:
            layers.append(nn.ReLU())
        super().__init__(*layers)


class ResidualBlock(nn.Module):
    """y = relu(x + bn(conv(relu(bn(conv(x)))))), channels and size unchanged."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = ConvNorm(channels, channels)
        self.second = ConvNorm(channels, channels, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class NormFreeBlock(nn.Module):
    """y = x + conv(relu(conv(relu(x)))); the last convolution starts at zero, so depth costs nothing at first."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight)
        nn.init.zeros_(self.first.bias)  # type: ignore[arg-type]
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(F.relu(x))))  # type: ignore[no-any-return]


def upsample(x: Tensor) -> Tensor:
    """Nearest-neighbour doubling of height and width."""
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def channels_last(module: nn.Module) -> nn.Module:
    """The module with weights laid out for the fast CPU convolutions."""
    return module.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]
