"""Residual dual stream by group supervision: exact pairs from erasures, and cycles between patients.

With z a film, a its erasure (its healthy twin), p = P(z, a) and G the recomposer:

1. G(a, p') ~ z - a, p' read under sub-zones that are moved a little: one pathology, seen from two chests;
2. P(a_k + G(a_k, p), a_k) ~ p on the twin of another patient k: what is set in can be read again (cycle);
3. G changes nothing away from the lungs;
4. a token tells the opacity of its sub-zone;
5. where `weights` has `source`: a judge that learns beside them cannot tell the source of a film from its tokens.
"""

import math
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.index import load_index
from ..findings import ZONES
from ..networks.residual_streams import CHANNELS, COLUMNS, LEAST_MASS, ROWS, ResidualStreams, sub_zones
from .erasures import Erasures, accepted_rows
from .loop import Metrics, Run
from .muon import muon_for

HELD = 16
"""One pair of so many is kept back, to see how well films are recomposed that were not learnt."""

COARSE = 4
"""Cells over which the coarse error is averaged: ribs are finer. It is squared: by absolute errors p gets timid."""


def lungs_of(regions: Tensor) -> Tensor:
    """Share of lung in each cell, (N, 1, 32, 32)."""
    return regions[:, : len(ZONES)].sum(1, keepdim=True).clamp(0, 1)


def jitter_of(count: int, amount: float, generator: torch.Generator) -> Tensor:
    """Random shifts, and stretches twice as large, of the sub-zones of both lungs, (count, 2, 2)."""
    return amount * torch.randn(count, 2, 2, generator=generator) * torch.tensor([1.0, 2.0])


def as_seen_before(twin: Tensor, drawn: Tensor, model: ResidualStreams, regions: Tensor, maps: Tensor) -> Tensor:
    """Tokens that are read of what was drawn on a twin; all of it counts, no reader is asked."""
    everywhere = torch.ones_like(drawn[:, :1])
    return model.read(twin + drawn, twin, everywhere, regions, maps)[0]


class SourceJudge(nn.Module):
    """Tells a film's source from its pathology, as far as it can; how much pathology there is, it is not told."""

    def __init__(self, sources: int, hidden: int = 64) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(), nn.Linear(2 * ROWS * COLUMNS * CHANNELS, hidden), nn.ReLU(), nn.Dropout(0.3)
        )
        self.told = nn.Linear(hidden, sources)
        self.optimiser = torch.optim.AdamW(self.parameters(), 1e-3, weight_decay=0.05)

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits (N, sources) of tokens (N, 100, 8)."""
        length = tokens.square().mean((1, 2), keepdim=True).sqrt().clamp(min=1e-4)
        return self.told(self.layers(tokens / length))  # type: ignore[no-any-return]

    def learn(self, tokens: Tensor, sources: Tensor) -> Tensor:
        """One step on tokens as they are now; returns, for their encoder, how far it is from telling nothing.

        Cross-entropy to even odds over that of even odds: 0 for even odds, steep where the judge is sure.
        """
        self.optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(self(tokens.detach()), sources).backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        for p in self.parameters():
            p.requires_grad_(False)
        sure = -F.log_softmax(self(tokens), 1).mean() - math.log(self.told.out_features)
        for p in self.parameters():
            p.requires_grad_(True)
        return sure


def sources_of(runs: Path, names: list[str], cache: Path) -> tuple[list[Tensor], int]:
    """The source, numbered, of the film of each pair (N) of some runs; and how many sources there are."""
    index = load_index(cache)
    found = [[index.records[row].source for row in accepted_rows(runs / name)] for name in names]
    known = sorted({source for some in found for source in some})
    return [torch.tensor([known.index(source) for source in some]) for some in found], len(known)


def train_residual_streams(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains P and G on accepted erasures; config keys as in configs/residual-streams.json."""
    runs, weigh = folder.parent, config["weights"]
    parts = [Erasures.load(runs / run).split(HELD) for run in config["pairs"]]
    held, learnt = (Erasures.joined(list(some)) for some in zip(*parts, strict=True))
    often = torch.ones(len(learnt.before))
    judge, source = None, torch.zeros(0)
    if "source" in weigh:
        each, count = sources_of(runs, config["pairs"], cache)
        source = torch.cat([some[-(-len(some) // HELD) :] for some in each])
        judge = SourceJudge(count)
        often = 1 / torch.bincount(source, minlength=count)[source].float().pow(float(config["even_sources"]))
    model = ResidualStreams(int(config["width"]))
    optimiser = muon_for(model, config["lr"], config["adam_lr"], edges=("stem", "head", "severity", "first", "token"))
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    batch, crossed = int(config["batch"]), int(config["crossed"])

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        rows = torch.multinomial(often, batch, replacement=True, generator=generator)
        e = learnt.pick(rows)
        more, lungs, maps = e.before - e.after, lungs_of(e.regions), sub_zones(e.regions)
        moved = sub_zones(e.regions, jitter_of(batch, float(config["jitter"]), generator))
        tokens, told = model.read(e.before, e.after, e.opacity, e.regions, moved)
        noise = torch.randn(tokens.shape, generator=generator)
        loose = tokens + float(config["noise"]) * tokens.detach().abs().mean() * noise
        wrong = model.draw(e.after, loose, e.regions, maps) - more
        here = maps.sum(2)
        wanted = torch.bmm(maps, e.opacity.flatten(2).transpose(1, 2)).squeeze(2) / here.clamp(min=LEAST_MASS)
        some = slice(0, crossed)
        others = tokens.roll(1, 0)[some]
        drawn = model.draw(e.after[some], others, e.regions[some], maps[some])
        back = as_seen_before(e.after[some], drawn, model, e.regions[some], maps[some])
        near = F.max_pool2d(lungs[some], 3, stride=1, padding=1)
        parts = {
            "own": (wrong.abs() * (1 + 2 * e.mask)).mean(),
            "coarse": F.avg_pool2d(wrong, COARSE).square().mean(),
            "cycle": (back - others).abs().mean() / tokens.detach().abs().mean().clamp(min=1e-3),
            "outside": (drawn.abs() * (1 - near)).mean(),
            "severity": ((told.squeeze(2) - wanted) * (here > 1)).square().mean(),
        }
        if judge is not None:
            parts["source"] = judge.learn(tokens, source[rows])
        loss = sum((float(weigh[k]) * v for k, v in parts.items()), torch.zeros(()))
        return loss, {k: v.item() for k, v in parts.items()}

    @torch.no_grad()
    def evaluate(module: torch.nn.Module) -> Metrics:
        assert isinstance(module, ResidualStreams)
        more, lungs, maps = held.before - held.after, lungs_of(held.regions), sub_zones(held.regions)
        tokens = module.read(held.before, held.after, held.opacity, held.regions, maps)[0]
        drawn = module.draw(held.after, tokens, held.regions, maps)
        others = tokens.roll(1, 0)
        back = as_seen_before(
            held.after, module.draw(held.after, others, held.regions, maps), module, held.regions, maps
        )

        def left(pool: int) -> float:
            wrong, all_of_it = (F.avg_pool2d(v * lungs, pool).abs().mean() for v in (drawn - more, more))
            return float(wrong / all_of_it)

        likeness = F.cosine_similarity(back.flatten(1), others.flatten(1)).mean()
        return {"left": left(1), "left_coarse": left(COARSE), "cycle_likeness": float(likeness)}

    return run.train(batch_loss, batch, evaluate)
