"""Muon: momentum whose update is orthogonalised, for matrix and convolution weights (Jordan et al. 2024)."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

from ..precision import has_bfloat16_units


def orthogonalise(update: Tensor, steps: int = 5) -> Tensor:
    """Nearest semi-orthogonal matrix of `update` (rows, columns), by the quintic Newton-Schulz iteration.

    In half precision where that is quick.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    x = update.bfloat16() if has_bfloat16_units() else update.float()
    x = x / (x.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if tall else x).to(update.dtype)  # type: ignore[no-any-return]


class Muon(torch.optim.Optimizer):
    """Muon on `matrices`, AdamW on `others`; one learning rate schedule scales both through `lr` of each group."""

    def __init__(
        self,
        matrices: Iterable[nn.Parameter],
        others: Iterable[nn.Parameter],
        lr: float = 0.02,
        adam_lr: float = 1e-3,
        momentum: float = 0.95,
        weight_decay: float = 0.01,
    ) -> None:
        groups: list[dict[str, Any]] = [
            {"params": list(matrices), "lr": lr, "kind": "muon"},
            {"params": list(others), "lr": adam_lr, "kind": "adam"},
        ]
        super().__init__([g for g in groups if g["params"]], {"momentum": momentum, "weight_decay": weight_decay})
        for group in self.param_groups:
            group["base_lr"] = group["lr"]

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    (self._muon if group["kind"] == "muon" else self._adam)(p, group)

    def _muon(self, p: nn.Parameter, group: dict[str, Any]) -> None:
        assert p.grad is not None
        state = self.state[p]
        buffer = state.setdefault("momentum", torch.zeros_like(p))
        buffer.lerp_(p.grad, 1 - group["momentum"])
        update = p.grad.lerp(buffer, group["momentum"]).reshape(p.shape[0], -1)
        scale = max(1.0, update.shape[0] / update.shape[1]) ** 0.5
        p.mul_(1 - group["lr"] * group["weight_decay"])
        p.add_(orthogonalise(update).view_as(p), alpha=-group["lr"] * scale)

    def _adam(self, p: nn.Parameter, group: dict[str, Any]) -> None:
        assert p.grad is not None
        state = self.state[p]
        if not state:
            state.update(step=0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
        state["step"] += 1
        state["mean"].lerp_(p.grad, 0.1)
        state["square"].lerp_(p.grad.square(), 0.01)
        mean = state["mean"] / (1 - 0.9 ** state["step"])
        square = state["square"] / (1 - 0.99 ** state["step"])
        p.addcdiv_(mean, square.sqrt().add_(1e-8), value=-group["lr"])


def muon_for(model: nn.Module, lr: float, adam_lr: float, edges: tuple[str, ...] = ()) -> Muon:
    """Muon for every weight of two or more dimensions whose name has none of `edges` (first, last layers) in it."""
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, p in model.named_parameters():
        (matrices if p.ndim >= 2 and not any(e in name for e in edges) else others).append(p)
    return Muon(matrices, others, lr=lr, adam_lr=adam_lr)
