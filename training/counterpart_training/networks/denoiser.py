"""Denoiser: velocity of a rectified flow on 32x32x8 latents, conditioned on a statement routed through the anatomy."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import FINDINGS, REGIONS, SOURCES
from .autoencoder import LATENT_CHANNELS
from .blocks import upsample

TOKEN = 2 * len(FINDINGS)
"""A token: severity / 3 of each finding, then 1 where that value is known."""

CONTEXT = len(SOURCES) + 3
"""Source (one-hot, zero if unknown), age group (+1 child, -1 adult, 0 unknown), log2(long side / 1024), ln(aspect)."""

INPAINT = 1 + LATENT_CHANNELS
"""Mask (1 = to be generated) and the clean latent outside it."""


class FilmBlock(nn.Module):
    """y = x + conv(relu((1 + scale) * conv(relu(x)) + shift)); scale and shift from the condition; norm-free."""

    def __init__(self, channels: int, condition: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.film = nn.Linear(condition, 2 * channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight)
        for p in (self.film.weight, self.film.bias, self.second.weight, self.second.bias):
            nn.init.zeros_(p)  # type: ignore[arg-type]

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.film(condition)[:, :, None, None].chunk(2, 1)
        h = self.first(F.relu(x)) * (1 + scale) + shift
        return x + self.second(F.relu(h))  # type: ignore[no-any-return]


class Attention(nn.Module):
    """Self-attention over all cells of a map, channels normalised by their root mean square first."""

    def __init__(self, channels: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.RMSNorm(channels, eps=1e-5)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.project = nn.Linear(channels, channels)
        nn.init.zeros_(self.project.weight)
        nn.init.zeros_(self.project.bias)

    def forward(self, x: Tensor) -> Tensor:
        n, c, h, w = x.shape
        tokens = self.norm(x.flatten(2).transpose(1, 2))
        q, k, v = self.qkv(tokens).view(n, h * w, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, h * w, c)
        return x + self.project(mixed).transpose(1, 2).reshape(n, c, h, w)  # type: ignore[no-any-return]


class Denoiser(nn.Module):
    """UNet of three levels (32, 16, 8 cells). The statement's tokens are spread over their regions' maps, so that
    'severe, right lower zone' arrives in the right lower zone; the same tokens also steer every block."""

    def __init__(self, width: int = 64, condition: int = 256, routed: int = 48, token: int = TOKEN) -> None:
        """`token`: numbers in a token; more than TOKEN where something is said beside the statement."""
        super().__init__()
        w = width
        self.frequencies = nn.Buffer(torch.exp(torch.linspace(0, math.log(200.0), 32)))
        self.embed = nn.Linear(64 + CONTEXT + len(REGIONS) * token, condition)
        self.embed_again = nn.Linear(condition, condition)
        self.token_first = nn.Linear(token, 64)
        self.token_second = nn.Linear(64, routed)
        layout = routed + len(REGIONS)
        self.stem = nn.Conv2d(LATENT_CHANNELS + INPAINT + layout, w, 3, padding=1)
        self.layout16 = nn.Conv2d(layout, 2 * w, 1)
        self.layout8 = nn.Conv2d(layout, 4 * w, 1)
        self.down32 = nn.ModuleList([FilmBlock(w, condition)])
        self.to16 = nn.Conv2d(w, 2 * w, 3, stride=2, padding=1)
        self.down16 = nn.ModuleList([FilmBlock(2 * w, condition) for _ in range(2)])
        self.to8 = nn.Conv2d(2 * w, 4 * w, 3, stride=2, padding=1)
        self.down8 = nn.ModuleList([FilmBlock(4 * w, condition) for _ in range(2)])
        self.middle = Attention(4 * w)
        self.up8 = nn.ModuleList([FilmBlock(4 * w, condition) for _ in range(2)])
        self.middle_again = Attention(4 * w)
        self.from8 = nn.Conv2d(4 * w, 2 * w, 3, padding=1)
        self.up16 = nn.ModuleList([FilmBlock(2 * w, condition) for _ in range(2)])
        self.attend16 = Attention(2 * w)
        self.from16 = nn.Conv2d(2 * w, w, 3, padding=1)
        self.up32 = nn.ModuleList([FilmBlock(w, condition) for _ in range(2)])
        self.head = nn.Conv2d(w, LATENT_CHANNELS, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def forward(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> Tensor:
        """latent (N, 8, 32, 32) at time (N, 1); tokens (N, 10, 32); regions (N, 10, 32, 32); inpaint (N, 9, 32, 32);
        context (N, 8). Returns the velocity noise - image, (N, 8, 32, 32)."""
        return self.with_middle(latent, time, tokens, regions, inpaint, context)[0]

    def with_middle(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The velocity, and the middle features (N, 4 width, 8, 8) that training aligns with the reader's."""
        phase = time * self.frequencies
        told = torch.cat([torch.sin(phase), torch.cos(phase), context, tokens.flatten(1)], 1)
        condition = F.relu(self.embed_again(F.relu(self.embed(told))))
        spoken = self.token_second(F.relu(self.token_first(tokens)))
        n, r, h, w = regions.shape
        routed = torch.bmm(spoken.transpose(1, 2), regions.reshape(n, r, h * w)).reshape(n, -1, h, w)
        layout = torch.cat([routed, regions], 1)
        layout16 = F.avg_pool2d(layout, 2)
        layout8 = F.avg_pool2d(layout16, 2)

        a = self.stem(torch.cat([latent, inpaint, layout], 1))
        for block in self.down32:
            a = block(a, condition)
        b = self.to16(a) + self.layout16(layout16)
        for block in self.down16:
            b = block(b, condition)
        c = self.to8(b) + self.layout8(layout8)
        for block in self.down8:
            c = block(c, condition)
        c = self.middle(c)
        middle = c
        for block in self.up8:
            c = block(c, condition)
        c = self.middle_again(c)
        b = b + self.from8(upsample(c))
        for block in self.up16:
            b = block(b, condition)
        b = self.attend16(b)
        a = a + self.from16(upsample(b))
        for block in self.up32:
            a = block(a, condition)
        return self.head(F.relu(a)), middle
