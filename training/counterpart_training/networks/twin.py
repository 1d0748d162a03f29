"""Twin denoiser: the three velocities of a twin flow's step from one evaluation.

A step asks for v(z*|p*), for v(z*|p), which guidance moves away from, and for v(z|p) of the factual world. Here a
denoiser answers the first as it always did, and a small branch beside it, which reads its last features, answers how
much the others differ. The guidance weight stays outside: v(z*|p) + w [v(z*|p*) - v(z*|p)] is right for every w that is
asked for. "On distillation of guided diffusion models" (arXiv 2210.03142) tells w to a student instead.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..findings import REGIONS
from .autoencoder import LATENT_CHANNELS
from .blocks import upsample
from .denoiser import TOKEN, Denoiser, FilmBlock

BOTH = 2 * TOKEN
"""Numbers in a token: what is asked, and how that differs from what is seen."""


@dataclass(frozen=True)
class Velocities:
    """Of one step, (N, 8, 32, 32) each: v(z*|p*); what that is more than v(z*|p); what it is more than v(z|p)."""

    told: Tensor
    push: Tensor
    lead: Tensor

    def guided(self, guidance: float | Tensor) -> Tensor:
        """v(z*|p) + guidance * (v(z*|p*) - v(z*|p)); a tensor is (N, 1, 1, 1)."""
        return self.told + (guidance - 1) * self.push

    def change(self, guided: Tensor) -> Tensor:
        """What a velocity at z* is more than the factual one."""
        return guided - self.told + self.lead


class Branch(nn.Module):
    """From a denoiser's last features to the two differences; 32 and 16 cells, norm-free."""

    def __init__(self, features: int, width: int, condition: int = 192, routed: int = 32) -> None:
        super().__init__()
        w = width
        self.frequencies = nn.Buffer(torch.exp(torch.linspace(0, 5.3, 32)))
        self.embed = nn.Linear(64 + len(REGIONS) * BOTH, condition)
        self.token_first = nn.Linear(BOTH, 64)
        self.token_second = nn.Linear(64, routed)
        read = 2 * LATENT_CHANNELS + routed + len(REGIONS)
        self.stem = nn.Conv2d(features + read, w, 3, padding=1)
        self.first = FilmBlock(w, condition)
        self.down = nn.Conv2d(w, 2 * w, 3, stride=2, padding=1)
        self.coarse = nn.ModuleList([FilmBlock(2 * w, condition) for _ in range(2)])
        self.up = nn.Conv2d(2 * w, w, 3, padding=1)
        self.last = nn.ModuleList([FilmBlock(w, condition) for _ in range(2)])
        self.head = nn.Conv2d(w, 2 * LATENT_CHANNELS, 3, padding=1)
        for weight in (self.head.weight, self.head.bias):
            assert weight is not None
            nn.init.zeros_(weight)

    def forward(
        self, seen: Tensor, maps: Tensor, time: Tensor, tokens: Tensor, regions: Tensor
    ) -> tuple[Tensor, Tensor]:
        """seen (N, features, 32, 32); maps: z*_t and z*_t - z_t; the rest as of TwinDenoiser.twin."""
        phase = time * self.frequencies
        condition = F.relu(self.embed(torch.cat([torch.sin(phase), torch.cos(phase), tokens.flatten(1)], 1)))
        spoken = self.token_second(F.relu(self.token_first(tokens)))
        n, r, h, w = regions.shape
        routed = torch.bmm(spoken.transpose(1, 2), regions.reshape(n, r, h * w)).reshape(n, -1, h, w)
        a = self.first(self.stem(torch.cat([seen, maps, routed, regions], 1)), condition)
        b = self.down(a)
        for block in self.coarse:
            b = block(b, condition)
        a = a + self.up(upsample(b))
        for block in self.last:
            a = block(a, condition)
        push, lead = self.head(F.relu(a)).chunk(2, 1)
        return push, lead


def beside(target: Tensor, source: Tensor) -> Tensor:
    """Tokens (N, 10, 64) of what is asked, from statements (N, 10, 32); the second half is zero where they agree."""
    return torch.cat([target, target - source], -1)


class TwinDenoiser(nn.Module):
    """A denoiser, left as it is, and the branch beside it. Called as a denoiser it is that one.

    `leads`: whether the branch answers for the factual world too; else that is asked of the denoiser, in a second
    evaluation.
    """

    def __init__(self, denoiser: Denoiser, width: int = 48, leads: bool = True) -> None:
        super().__init__()
        self.leads = leads
        self.denoiser = denoiser.requires_grad_(False)
        self.branch = Branch(denoiser.head.in_channels, width)

    def forward(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> Tensor:
        """The plain velocity (N, 8, 32, 32)."""
        return self.denoiser(latent, time, tokens, regions, inpaint, context)  # type: ignore[no-any-return]

    def twin(
        self,
        latent: Tensor,
        ahead: Tensor,
        time: Tensor,
        tokens: Tensor,
        regions: Tensor,
        inpaint: Tensor,
        context: Tensor,
    ) -> Velocities:
        """latent: z*_t; ahead: z*_t - z_t, (N, 8, 32, 32); tokens as of `beside`; the rest as of a Denoiser."""
        told, seen = self.watched(latent, time, tokens[..., :TOKEN], regions, inpaint, context)
        push, lead = self.branch(seen, torch.cat([latent, ahead], 1), time, tokens, regions)
        if not self.leads:
            source = tokens[..., :TOKEN] - tokens[..., TOKEN:]
            lead = told - self.denoiser(latent - ahead, time, source, regions, inpaint, context)
        return Velocities(told, push, lead)

    @torch.no_grad()
    def watched(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The denoiser's velocity, and the features (N, width, 32, 32) that its head made it of."""
        kept: list[Tensor] = []
        hook = self.denoiser.head.register_forward_pre_hook(lambda _, given: kept.append(given[0]))
        try:
            told = self.denoiser(*inputs)
        finally:
            hook.remove()
        return told, kept[0]
