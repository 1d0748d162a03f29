"""Networks as the release runs them, where that is more than their own forward. The network inside is `network`."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..networks.blocks import upsample
from ..networks.reader import Reader, SecondReader


class ReaderWithActivation(nn.Module):
    """The reader's two outputs and its class activation maps: what each cell adds to each finding's logit.

    A finding's logit is linear in pooled features, so it can be taken cell by cell: the mean of a map over its 32x32
    cells is the finding's logit (Zhou et al. 2016, "Learning deep features for discriminative localization").
    """

    def __init__(self, network: Reader) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """image (N, 1, 256, 256) -> logits: findings (N, 16), opacity (N, 1, 32, 32), activation (N, 16, 32, 32)."""
        net = self.network
        _, fine, mid, coarse = net.features(image)
        top = net.lateral_mid(mid) + upsample(net.down_mid(coarse))
        merged = net.merge(net.lateral_fine(fine) + upsample(top))
        pooled = torch.cat([coarse.mean((2, 3)), merged.mean((2, 3))], 1)
        weight, split = net.findings.weight, coarse.shape[1]
        on_coarse = F.conv2d(coarse, weight[:, :split, None, None])
        on_merged = F.conv2d(merged, weight[:, split:, None, None], net.findings.bias)
        return net.findings(pooled), net.dense(merged), on_merged + upsample(upsample(on_coarse))


class SecondReaderWithFeatures(nn.Module):
    """The second reader's two outputs and the pooled features that its findings are linear in."""

    def __init__(self, network: SecondReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """image (N, 1, 256, 256) -> logits: findings (N, 16), opacity (N, 1, 32, 32); features (N, 6 width)."""
        return self.network.described(image)
