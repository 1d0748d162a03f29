"""Twin denoiser: the three velocities of a twin flow's step from one evaluation.

A step asks for v(z*|p*), for v(z*|p), which guidance moves away from, and for v(z|p) of the factual world. Their
differences are answered beside the first, so that the guidance weight stays outside: v(z*|p) + w [v(z*|p*) - v(z*|p)]
is right for every w that is asked for. "On distillation of guided diffusion models" (arXiv 2210.03142) tells w to a
student instead.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..findings import REGIONS
from .autoencoder import LATENT_CHANNELS
from .denoiser import TOKEN, Denoiser

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


def beside(target: Tensor, source: Tensor) -> Tensor:
    """Tokens (N, 10, 64) of what is asked, from statements (N, 10, 32); the second half is zero where they agree."""
    return torch.cat([target, target - source], -1)


class TwinDenoiser(Denoiser):
    """A denoiser with twice the columns in its tokens, eight further channels to read and sixteen to write.

    Called as a denoiser it is one.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__(width, token=BOTH)
        self.stem = nn.Conv2d(self.stem.in_channels + LATENT_CHANNELS, width, 3, padding=1)
        self.head = nn.Conv2d(width, 3 * LATENT_CHANNELS, 3, padding=1)

    def forward(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> Tensor:
        """The plain velocity (N, 8, 32, 32), as of a Denoiser."""
        said = beside(tokens, tokens)
        return self.twin(latent, torch.zeros_like(latent), time, said, regions, inpaint, context).told

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
        out, _ = self.with_middle(torch.cat([latent, ahead], 1), time, tokens, regions, inpaint, context)
        return Velocities(*out.chunk(3, 1))

    @torch.no_grad()
    def begin_as(self, teacher: Denoiser) -> None:
        """Takes over the teacher's weights; those of everything new are zero, and so are the differences."""
        mine, theirs = self.state_dict(), teacher.state_dict()
        for name, weight in mine.items():
            if weight.shape == theirs[name].shape:
                weight.copy_(theirs[name])
        assert self.head.bias is not None and teacher.head.bias is not None
        for part in (self.stem.weight, self.head.weight, self.head.bias, self.token_first.weight):
            part.zero_()
        read = LATENT_CHANNELS
        self.stem.weight[:, :read] = teacher.stem.weight[:, :read]
        self.stem.weight[:, 2 * read :] = teacher.stem.weight[:, read:]
        self.head.weight[:read], self.head.bias[:read] = teacher.head.weight, teacher.head.bias
        self.token_first.weight[:, :TOKEN] = teacher.token_first.weight
        said, heard = len(REGIONS) * TOKEN, len(REGIONS) * BOTH
        self.embed.weight[:, :-heard] = teacher.embed.weight[:, :-said]
        told = self.embed.weight[:, -heard:].view(-1, len(REGIONS), BOTH)
        told.zero_()
        told[..., :TOKEN] = teacher.embed.weight[:, -said:].view(-1, len(REGIONS), TOKEN)
