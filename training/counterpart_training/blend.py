"""Grades between absent and severe: a share of the way to the end of the scale (the twin of blend.ts).

The denoiser saturates: asked for moderate opacity it draws it nearly as dense as severe. So an end is asked for: severe
where opacity grows and absent where it goes, and only a share of the change is taken (docs/decisions/096).
"""

import torch
from torch import Tensor

from .findings import MAX_SEVERITY

LEAST = 1e-6
"""A scale that has no room left moves nothing."""


def ends(asked: Tensor, now: Tensor) -> tuple[Tensor, Tensor]:
    """What to ask for in place of severities `asked` where `now` is read (any shape): 3 or 0; and the share, 0 to 1.

    Where asked and read agree the share is 0. At the ends of the scale it is 1.
    """
    grows = asked > now
    end = torch.where(grows, torch.full_like(now, MAX_SEVERITY), torch.zeros_like(now))
    way = torch.where(grows, MAX_SEVERITY - now, now)
    share = torch.where(way > LEAST, (asked - now).abs() / way.clamp(min=LEAST), torch.zeros_like(now))
    return end, share.clamp(0, 1)
