"""Local SGD (arXiv 1805.09767): processes that train apart and average their weights every few seconds.

One process a core trains faster on CPUs than one process with many threads, and a peer whose core is busy with
something else merely contributes fewer steps.
"""

from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn

SYNC_SECONDS = 20.0
"""Time between two averagings: about a dozen steps."""


class Peers:
    """The processes of one run. `rank` 0 keeps the averages, saves and reports; alone, every call is a no-op."""

    def __init__(self, rank: int = 0, count: int = 1, meeting: Path | None = None) -> None:
        self.rank, self.count = rank, count
        self.next_sync = SYNC_SECONDS
        self.syncs = 0
        if count > 1:
            if meeting is None:
                raise ValueError("peers need a file to meet at")
            dist.init_process_group("gloo", init_method=f"file://{meeting.resolve()}", rank=rank, world_size=count)
            dist.barrier()

    def due(self, elapsed: float) -> bool:
        """Whether the next averaging is due at `elapsed` seconds of training."""
        return self.count > 1 and elapsed > self.next_sync

    @torch.no_grad()
    def average(self, model: nn.Module, steps: int) -> int:
        """Averages weights and buffers in place, each peer's by its steps since the last time; the sum of the steps.

        Every peer must call this equally often (see `finish`).
        """
        self.syncs += 1
        self.next_sync += SYNC_SECONDS
        total = torch.tensor([float(steps)])
        dist.all_reduce(total)
        share = steps / max(float(total), 1.0)
        values = [v for v in model.state_dict().values() if v.dtype.is_floating_point]
        flat = torch.cat([v.flatten() for v in values]) * share
        dist.all_reduce(flat)
        if float(total) == 0:
            return 0
        start = 0
        for v in values:
            v.copy_(flat[start : start + v.numel()].view(v.shape))
            start += v.numel()
        return int(total)

    def finish(self, model: nn.Module, steps: int, seconds: float) -> int:
        """The averagings still owed after `seconds` of training, one at least; returns the sum of the steps."""
        if self.count == 1:
            return steps
        done = 0
        owed = int(seconds / SYNC_SECONDS) + 1
        while self.syncs < owed:
            done += self.average(model, steps)
            steps = 0
        dist.destroy_process_group()
        return done


def parse_peers(text: str, folder: Path) -> Peers:
    """'RANK/COUNT', as in `--peer 0/2`. Raises ValueError that says what is expected."""
    try:
        rank, count = (int(part) for part in text.split("/"))
    except ValueError:
        raise ValueError(f"--peer {text}: write RANK/COUNT, for instance 0/2 and 1/2") from None
    if not 0 <= rank < count:
        raise ValueError(f"--peer {text}: the rank goes from 0 to {count - 1}")
    folder.mkdir(parents=True, exist_ok=True)
    meeting = folder / "peers"
    if rank == 0:
        meeting.unlink(missing_ok=True)
    return Peers(rank, count, meeting) if count > 1 else Peers()
