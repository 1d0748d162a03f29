"""Patch discriminator for the decoder's second phase."""

import torch.nn.functional as F
from torch import Tensor, nn


class PatchDiscriminator(nn.Module):
    """(N, 1, H, W) -> logits (N, 1, H/8, W/8): does this patch of about 60 pixels look like a radiograph's?"""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        w = width
        self.layers = nn.Sequential(
            nn.Conv2d(4, w, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(w, w, 3, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(w, 2 * w, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(2 * w, 2 * w, 3, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(2 * w, 1, 3, padding=1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(F.pixel_unshuffle(x, 2))  # type: ignore[no-any-return]
