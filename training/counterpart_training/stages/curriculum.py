"""Progressive incremental learning (PIL): normal, head, mid, tail, with replay and distillation from the stage before.

After "Normal-X-ray diffusion for long-tailed augmentation"; rebuilt from what its abstract says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

ORDER: tuple[str, ...] = ("normal", "head", "mid", "tail")
"""Groups of training images in the order in which they are learnt (see evaluation/groups.py, `rarest_group`)."""

NEVER = len(ORDER)
"""In place of a group: not learnt at all."""


@dataclass(frozen=True)
class Stage:
    """One stage: the group it learns, and the share of the whole run at which it ends."""

    group: str
    until: float


def stages_of(lengths: dict[str, float]) -> list[Stage]:
    """Stages in ORDER from their shares of the run. Raises ValueError unless these are the four groups and sum to 1."""
    if tuple(lengths) != ORDER or abs(sum(lengths.values()) - 1) > 1e-6:
        raise ValueError(f"a curriculum gives shares of {', '.join(ORDER)}, in this order, that sum to 1: {lengths}")
    out: list[Stage] = []
    end = 0.0
    for group, share in lengths.items():
        end += share
        out.append(Stage(group, end))
    return out


def stage_at(stages: Sequence[Stage], progress: float) -> int:
    """Position of the stage under way at a progress in [0, 1]."""
    return next((k for k, stage in enumerate(stages) if progress < stage.until), len(stages) - 1)


def stage_weights(base: Tensor, groups: Sequence[str], stage: int, replay: float) -> Tensor:
    """Sampling weights (N) of a stage: its group gets 1 - replay, the groups before it share replay evenly.

    base: weights within groups (N); groups: the group of each image. The first stage has nothing to replay.
    """
    shares = {ORDER[stage]: 1 - replay if stage else 1.0}
    shares |= dict.fromkeys(ORDER[:stage], replay / max(1, stage))
    out = torch.zeros_like(base)
    for name, share in shares.items():
        here = torch.tensor([g == name for g in groups])
        total = base[here].sum()
        if total > 0:
            out[here] = share * base[here] / total
    return out


def drawing_weights(groups: Tensor, stage: int, replay: float) -> Tensor:
    """How often each drawing comes at a stage (N), by its group's place in ORDER: as in `stage_weights`.

    Groups before it that have drawings share the replay. All zero as long as the stage comes before every drawing's
    group.
    """
    out = torch.zeros(len(groups))
    before = len(set(groups[groups < stage].tolist()))
    for place in range(stage + 1):
        here = groups == place
        out[here] = (1 - replay if place == stage else replay / max(1, before)) / max(1, int(here.sum()))
    return out
