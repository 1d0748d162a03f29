"""Dual stream: anatomy and pathology encoders, statement encoder and recomposer, by group supervision on latents.

With a = A(z outside the lungs), p = P(z) and G the recomposer, for images i, j of like pathology and (x, x') an
image and its erasure:

1. G(a_i, p_i) ~ z_i                                   each image from its own halves
2. G(a_i, p_j) ~ z_i and G(a_j, p_i) ~ z_j             pathology is shared inside a group
3. G(a', p) ~ z and G(a, p') ~ z', a ~ a'              anatomy is shared by an image and its erasure
4. A(G(a_i, p_k)) ~ a_i and P(G(a_i, p_k)) ~ p_k       a swap comes back (cycle)
5. cross-covariance(a, p) ~ 0; what tells findings linearly is erased from a (LEACE, fitted anew as A learns), and a
   spy on a learns nothing about them otherwise
6. S(statement) ~ P(z)                                 one space for sentences and images

and a contrastive term that makes a recognisable between studies of one patient.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.index import load_index
from ..data.statement import forget, image_statement, zone_severity
from ..findings import MAX_SEVERITY, ZONES
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..networks.streams import Reversed, Streams
from ..precision import autocast
from .groups import find_groups
from .latents import LatentCache, open_cache
from .loop import Metrics, Run
from .muon import muon_for
from .reader import masked_cross_entropy, sampling_weights


@dataclass(frozen=True)
class Example:
    """A batch: latents, region maps without a drawn mask, statements, zone severity / 3 and labels."""

    latent: Tensor
    regions: Tensor
    statement: Tensor
    severity: Tensor
    labels: Tensor


def cross_covariance(a: Tensor, p: Tensor) -> Tensor:
    """Mean squared correlation between every number of a and every number of p over the batch; (N, A), (N, P)."""
    a, p = (x - x.mean(0) for x in (a, p))
    a, p = (x / x.square().mean(0, keepdim=True).add(1e-3).sqrt() for x in (a, p))
    return (a.T @ p / len(a)).square().mean()


def contrast(one: Tensor, other: Tensor, owner: Tensor, temperature: float = 0.1) -> Tensor:
    """InfoNCE (arXiv 1807.03748): row i of `one` (N, D) should be nearest to row i of `other`, not to other owners.

    owner (N): rows of one owner do not push each other away.
    """
    a, b = F.normalize(one, dim=1).float(), F.normalize(other, dim=1).float()
    kin = (owner[:, None] == owner[None]) & ~torch.eye(len(a), dtype=torch.bool)
    # Not a matrix product: autocast would round it to bfloat16, and temperature enlarges the error.
    logits = ((a[:, None] * b[None]).sum(2) / temperature).masked_fill(kin, float("-inf"))
    truth = torch.arange(len(a))
    return (F.cross_entropy(logits, truth) + F.cross_entropy(logits.T, truth)) / 2


def told_loss(model: Streams, tokens: Tensor, e: Example) -> Tensor:
    """Tokens must say the findings and each zone's severity."""
    severity = (model.told_severity(tokens) - e.severity).square().mean()
    return masked_cross_entropy(model.told_findings(tokens), e.labels) + 5 * severity


def spy_loss(model: Streams, a: Tensor, e: Example) -> Tensor:
    """What a spy makes of anatomy; the gradient into the encoder is reversed."""
    guess = model.spy(Reversed.apply(a))  # type: ignore[no-untyped-call]
    severity = (guess[:, -len(ZONES) :] - e.severity).square().mean()
    loss: Tensor = masked_cross_entropy(guess[:, : -len(ZONES)], e.labels) + 5 * severity
    return loss


def noisy(x: Tensor, amount: float, generator: torch.Generator) -> Tensor:
    return x + amount * torch.randn(x.shape, generator=generator)


def train_streams(config: dict[str, Any], cache: Path, folder: Path, minutes: float) -> Metrics:
    """Trains the dual stream; config keys as in configs/streams.json."""
    from ..evaluation.probes import evaluate_streams

    index = load_index(cache)
    latents: LatentCache = open_cache(folder.parent / "latents", index)
    rows = latents.rows
    records = [index.records[int(i)] for i in rows]
    labels, scale = index.labels(rows), float(config["severity_scale"])
    plain = torch.zeros(len(rows), dtype=torch.long)
    everyone = torch.arange(len(rows))
    severity = torch.cat(
        [
            zone_severity(latents.read("opacity", plain[c], c), latents.read("share", plain[c], c)[:, 1:7], scale)
            for c in torch.split(everyone, 1024)
        ]
    )
    groups = find_groups(records, severity, labels)
    weights = sampling_weights(index.records, rows, config["sources"])
    model = Streams()
    optimiser = muon_for(
        model,
        config["lr"],
        config["adam_lr"],
        edges=("anatomy.body.0", "pathology.stem", "token", "findings", "severity", "recompose.at32.3", "spy"),
    )
    run = Run(folder, config, model, optimiser, minutes, int(config["seed"]), float(config["half_life"]))
    owners = {name: k for k, name in enumerate(sorted({f"{r.source}/{r.patient}" for r in records}))}
    owner = torch.tensor([owners[f"{r.source}/{r.patient}"] for r in records])
    kin_sources = [
        torch.tensor([i for i, r in enumerate(records) if r.source == s and len(groups.same[i])])
        for s in config["kin_sources"]
    ]
    erasing = torch.randperm(len(rows), generator=torch.Generator().manual_seed(7))[: int(config["erasure_images"])]
    half = int(config["batch"]) // 2
    weigh = config["weights"]
    pairs = Erasures.load(folder.parent / "erasures")

    def example(pick: Tensor, view: Tensor, generator: torch.Generator) -> Example:
        share, opacity = latents.read("share", view, pick), latents.read("opacity", view, pick)
        read = zone_severity(opacity, share[:, 1:7], scale)
        said = forget(image_statement(read, labels[pick]), generator, rows=0.1, findings=0.3, everything=0.0)
        regions = region_maps(share, torch.zeros(len(pick), 1, GRID, GRID))
        return Example(latents.read("latent", view, pick), regions, said, read / MAX_SEVERITY, labels[pick])

    def batch_loss(generator: torch.Generator) -> tuple[Tensor, Metrics]:
        model.train()
        first = torch.multinomial(weights, half, replacement=True, generator=generator)
        pick = torch.cat([first, groups.partner(first, generator)])
        e = example(pick, torch.randint(0, latents.views, (2 * half,), generator=generator), generator)
        swapped = torch.arange(2 * half).roll(half)
        other = torch.randperm(2 * half, generator=generator)
        with autocast():
            a, p = model.anatomy(e.latent, e.regions), model.pathology(e.latent, e.regions)
            loose_a, loose_p = noisy(a, config["noise"], generator), noisy(p, config["noise"], generator)
            parts = {
                "own": (model.recompose(loose_a, loose_p, e.regions) - e.latent).abs().mean(),
                "group": (model.recompose(loose_a, loose_p[swapped], e.regions) - e.latent).abs().mean(),
                "told": told_loss(model, p, e),
                "spy": spy_loss(model, a, e),
                "said": said_loss(model.statement(e.statement), p, e.statement),
                "apart": cross_covariance(a.flatten(1).float(), p.flatten(1).float()),
                "kin": kin_loss(generator),
            }
            mixed = model.recompose(a, p[other], e.regions)
            parts["cycle"] = (model.anatomy(mixed, e.regions) - a.detach()).square().mean() + (
                model.pathology(mixed, e.regions) - p[other].detach()
            ).square().mean()
            if pairs:
                parts["erased"] = erased_loss(model, pairs, half // 2, generator)
        loss = sum((float(weigh[k]) * v.float() for k, v in parts.items()), torch.zeros(()))
        return loss, {k: v.item() for k, v in parts.items()}

    def kin_loss(generator: torch.Generator) -> Tensor:
        """Pictures of one patient on different days, told from other patients of the same source."""
        source = kin_sources[int(torch.randint(0, len(kin_sources), (1,), generator=generator))]
        one = source[torch.randperm(len(source), generator=generator)[: int(config["kin"])]]
        seen = []
        for pick in (one, groups.relative(one, generator)):
            view = torch.randint(0, latents.views, (len(pick),), generator=generator)
            regions = region_maps(latents.read("share", view, pick), torch.zeros(len(pick), 1, GRID, GRID))
            seen.append(model.identity(model.anatomy(latents.read("latent", view, pick), regions)))
        return contrast(seen[0], seen[1], owner[one])

    @torch.no_grad()
    def fit_erasure(module: Streams, of: Tensor) -> None:
        """Fits what the code must not tell, to images `of`: known labels and the severity read in each zone."""
        codes = []
        for c in torch.split(of, 256):
            regions = region_maps(latents.read("share", plain[c], c), torch.zeros(len(c), 1, GRID, GRID))
            codes.append(module.anatomy.read(latents.read("latent", plain[c], c), regions).flatten(1).float())
        told = torch.cat([labels[of], severity[of]], 1)
        known = torch.cat([labels[of] >= 0, torch.ones(len(of), len(ZONES), dtype=torch.bool)], 1)
        module.anatomy.erase.fit(torch.cat(codes), told, known, [records[int(i)].source for i in of])

    def evaluate(module: torch.nn.Module) -> Metrics:
        assert isinstance(module, Streams)
        fit_erasure(module, everyone)
        return evaluate_streams(module, folder.parent, index, latents, scale)

    def refit() -> None:
        if run.step % int(config["erase_every_steps"]) == 0:
            fit_erasure(model, erasing)

    fit_erasure(model, erasing)
    every = float(config["evaluate_every_minutes"])
    final = run.train(batch_loss, 2 * half, evaluate, evaluate_every_minutes=every, after_step=refit)
    run.save()
    return final


def said_loss(said: Tensor, tokens: Tensor, statement: Tensor) -> Tensor:
    """Distance of a statement's tokens to the image's, over rows that say something; both learn, the image less."""
    spoken = (statement.abs().sum(2) > 0).float()
    toward_image = ((said - tokens.detach()).square().mean(2) * spoken).sum()
    toward_words = ((said.detach() - tokens).square().mean(2) * spoken).sum()
    return (toward_image + 0.2 * toward_words) / spoken.sum().clamp(min=1)


@dataclass(frozen=True)
class Erasures:
    """Latents of training images and of their erasures by the baseline, and the region maps: (N, C, 32, 32) each."""

    before: Tensor
    after: Tensor
    regions: Tensor

    @staticmethod
    def load(folder: Path) -> "Erasures | None":
        """None where none were made (`training erasures`)."""
        if not (folder / "before.npy").exists():
            return None
        arrays = (np.load(folder / f"{name}.npy") for name in ("before", "after", "regions"))
        return Erasures(*(torch.from_numpy(x.astype(np.float32)) for x in arrays))


def erased_loss(model: Streams, pairs: Erasures, count: int, generator: torch.Generator) -> Tensor:
    """Either of a pair from its own pathology and the other's anatomy; the anatomies are one."""
    pick = torch.randint(0, len(pairs.before), (count,), generator=generator)
    z, e, regions = pairs.before[pick], pairs.after[pick], pairs.regions[pick]
    a, b = model.anatomy(z, regions), model.anatomy(e, regions)
    p, q = model.pathology(z, regions), model.pathology(e, regions)
    crossed = (model.recompose(b, p, regions) - z).abs().mean() + (model.recompose(a, q, regions) - e).abs().mean()
    loss: Tensor = crossed / 2 + (a - b).square().mean()
    return loss
