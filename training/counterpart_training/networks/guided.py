"""Guided denoiser: both velocities of a twin flow's step, the guided one and the factual one, from one evaluation.

After "On distillation of guided diffusion models" (arXiv 2210.03142), which tells a student the guidance weight. This
one is also told what guidance moves away from, and how far the counterfactual leads the image.
"""

import torch
from torch import Tensor, nn

from ..findings import REGIONS
from .autoencoder import LATENT_CHANNELS
from .denoiser import TOKEN, Denoiser

TOLD = 3 * TOKEN
"""Numbers in a token: the asked statement, and its difference to the other one in two strengths."""


def toward(tokens: Tensor, away: Tensor, guidance: Tensor) -> Tensor:
    """Statements (N, 10, 32) with what they move away from and how hard, (N, 10, 96); guidance (N) is 1 or more.

    What is added is (w - 1) / 4 and ln w times the difference: nothing where there is no guidance or no difference, so
    that an unguided velocity needs none of the new weights.
    """
    push = guidance.view(-1, 1, 1)
    difference = tokens - away
    return torch.cat([tokens, (push - 1) / 4 * difference, push.log() * difference], -1)


class GuidedDenoiser(Denoiser):
    """A denoiser with further columns in its tokens, eight further channels to read and eight to write.

    Called as a denoiser it is one.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__(width, token=TOLD)
        self.stem = nn.Conv2d(self.stem.in_channels + LATENT_CHANNELS, width, 3, padding=1)
        self.head = nn.Conv2d(width, 2 * LATENT_CHANNELS, 3, padding=1)

    def forward(
        self, latent: Tensor, time: Tensor, tokens: Tensor, regions: Tensor, inpaint: Tensor, context: Tensor
    ) -> Tensor:
        """The plain velocity (N, 8, 32, 32), as of a Denoiser."""
        unguided = toward(tokens, tokens, torch.ones(len(tokens)))
        return self.both(latent, torch.zeros_like(latent), time, unguided, regions, inpaint, context)[0]

    def both(
        self,
        latent: Tensor,
        lead: Tensor,
        time: Tensor,
        tokens: Tensor,
        regions: Tensor,
        inpaint: Tensor,
        context: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Guided velocity at z*_t, and how much that is more than the factual one at z_t; (N, 8, 32, 32) each.

        latent: z*_t; lead: z*_t - z_t, (N, 8, 32, 32); tokens (N, 10, 96) as of `toward`; the rest as of a Denoiser.
        """
        out, _ = self.with_middle(torch.cat([latent, lead], 1), time, tokens, regions, inpaint, context)
        velocity, change = out.chunk(2, 1)
        return velocity, change

    @torch.no_grad()
    def begin_as(self, teacher: Denoiser) -> None:
        """Takes over the teacher's weights; those of everything new are zero, and so is the change."""
        mine, theirs = self.state_dict(), teacher.state_dict()
        for name, weight in mine.items():
            if weight.shape == theirs[name].shape:
                weight.copy_(theirs[name])
        read = LATENT_CHANNELS
        for weight in (self.stem.weight, self.head.weight, self.token_first.weight):
            weight.zero_()
        assert self.head.bias is not None
        self.head.bias.zero_()
        self.stem.weight[:, :read] = teacher.stem.weight[:, :read]
        self.stem.weight[:, 2 * read :] = teacher.stem.weight[:, read:]
        assert teacher.head.bias is not None
        self.head.weight[:read], self.head.bias[:read] = teacher.head.weight, teacher.head.bias
        self.token_first.weight[:, :TOKEN] = teacher.token_first.weight
        said = len(REGIONS) * TOKEN
        before = teacher.embed.weight
        self.embed.weight[:, : -3 * said] = before[:, :-said]
        told = self.embed.weight[:, -3 * said :].view(-1, len(REGIONS), TOLD)
        told.zero_()
        told[..., :TOKEN] = before[:, -said:].view(-1, len(REGIONS), TOKEN)
