"""Readers: logits of every finding and a dense opacity map on the latent grid. Two architectures that share nothing.

The first reader guides (pseudo-statements, perceptual loss); the second only judges.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import FINDINGS
from .blocks import ConvNorm, ResidualBlock, upsample

GRID = 32
"""Side of the dense map: one cell is one latent cell, 8x8 pixels."""


def pooled_opacity(dense: Tensor) -> Tensor:
    """Image-level logit of a dense logit map (N, 1, 32, 32): smooth maximum, so that a small lesion counts."""
    sharp = 2.0
    flat = dense.flatten(1)
    return (torch.logsumexp(flat * sharp, 1) - torch.log(torch.tensor(float(flat.shape[1]) / 24))) / sharp


class Reader(nn.Module):
    """Residual network on unshuffled pixels with a top-down pathway. (N, 1, 256, 256) -> findings, dense logits."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        w = width
        self.stem = nn.Sequential(ConvNorm(16, w), ResidualBlock(w))
        self.fine = nn.Sequential(ConvNorm(w, 2 * w, stride=2), ResidualBlock(2 * w), ResidualBlock(2 * w))
        self.mid = nn.Sequential(ConvNorm(2 * w, 4 * w, stride=2), ResidualBlock(4 * w), ResidualBlock(4 * w))
        self.coarse = nn.Sequential(ConvNorm(4 * w, 8 * w, stride=2), ResidualBlock(8 * w))
        self.down_mid = nn.Conv2d(8 * w, 2 * w, 1)
        self.lateral_mid = nn.Conv2d(4 * w, 2 * w, 1)
        self.lateral_fine = nn.Conv2d(2 * w, 2 * w, 1)
        self.merge = ConvNorm(2 * w, 2 * w)
        self.dense = nn.Conv2d(2 * w, 1, 1)
        self.drop = nn.Dropout(0.2)
        self.findings = nn.Linear(8 * w + 2 * w, len(FINDINGS))
        nn.init.constant_(self.dense.bias, -2.0)  # type: ignore[arg-type]

    def features(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Feature maps at 64, 32, 16 and 8 pixels, for the perceptual loss and for FID."""
        a = self.stem(F.pixel_unshuffle(x, 4))
        b = self.fine(a)
        c = self.mid(b)
        return a, b, c, self.coarse(c)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Finding logits (N, findings) and dense opacity logits (N, 1, 32, 32)."""
        _, fine, mid, coarse = self.features(x)
        return self.judge(fine, mid, coarse)

    def judge(self, fine: Tensor, mid: Tensor, coarse: Tensor) -> tuple[Tensor, Tensor]:
        """The heads, from the feature maps at 32, 16 and 8 pixels."""
        top = self.lateral_mid(mid) + upsample(self.down_mid(coarse))
        merged = self.merge(self.lateral_fine(fine) + upsample(top))
        pooled = torch.cat([coarse.mean((2, 3)), merged.mean((2, 3))], 1)
        return self.findings(self.drop(pooled)), self.dense(merged)


class SecondReader(nn.Module):
    """The judge: plain strided convolutions on half-size pixels, squeeze gates, dilated context, no pyramid."""

    def __init__(self, width: int = 40) -> None:
        super().__init__()
        w = width
        self.stem = nn.Sequential(ConvNorm(1, w // 2, 5, stride=2), ConvNorm(w // 2, w, stride=2))
        self.body = nn.Sequential(ConvNorm(w, 2 * w), ConvNorm(2 * w, 2 * w))
        self.context = nn.ModuleList([ContextBlock(2 * w, dilation) for dilation in (1, 2, 4, 1)])
        self.dense = nn.Conv2d(2 * w, 1, 1)
        self.deep = nn.Sequential(
            ConvNorm(2 * w, 4 * w, stride=2),
            ConvNorm(4 * w, 4 * w),
            ConvNorm(4 * w, 6 * w, stride=2),
            ConvNorm(6 * w, 6 * w),
        )
        self.drop = nn.Dropout(0.2)
        self.findings = nn.Linear(6 * w, len(FINDINGS))
        nn.init.constant_(self.dense.bias, -2.0)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Finding logits (N, findings) and dense opacity logits (N, 1, 32, 32)."""
        h = self.body(self.stem(F.avg_pool2d(x, 2)))
        for block in self.context:
            h = block(h)
        return self.findings(self.drop(self.embed(h))), self.dense(h)

    def embed(self, h: Tensor) -> Tensor:
        return self.deep(h).mean((2, 3))  # type: ignore[no-any-return]

    def described(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As `forward`, and the features (N, 6 width) that the findings are linear in."""
        h = self.body(self.stem(F.avg_pool2d(x, 2)))
        for block in self.context:
            h = block(h)
        features = self.embed(h)
        return self.findings(self.drop(features)), self.dense(h), features


class ContextBlock(nn.Module):
    """Dilated residual convolution with a squeeze-and-excitation gate."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.squeeze = nn.Linear(channels, channels // 4)
        self.excite = nn.Linear(channels // 4, channels)

    def forward(self, x: Tensor) -> Tensor:
        h = self.norm(self.conv(x))
        gate = torch.sigmoid(self.excite(F.relu(self.squeeze(h.mean((2, 3))))))
        return F.relu(x + h * gate[:, :, None, None])
