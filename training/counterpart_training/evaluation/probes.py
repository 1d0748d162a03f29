"""Probes of the dual stream: pathology must tell findings, anatomy must tell the patient and nothing else."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.index import Index
from ..findings import FINDINGS
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..networks.streams import Streams
from ..precision import autocast
from ..stages.latents import Guides, LatentCache
from .ranking import auroc

FEWEST = 5
"""Positives (and negatives) that a finding must have in a source's val images to be probed there."""

Metrics = dict[str, float]


def linear_probe(
    features: Tensor, labels: Tensor, held: Tensor, penalty: float = 1e-2, steps: int = 300
) -> NDArray[np.float64]:
    """Scores (M, findings) of held-out features (M, D) by logistic regressions on features (N, D), labels -1 masked.

    Features are standardised by the training set; L2 penalty, full-batch Adam, all findings at once.
    """
    mean, std = features.mean(0), features.std(0).clamp(min=1e-4)
    x, y = (features - mean) / std, (held - mean) / std
    probe = nn.Linear(x.shape[1], labels.shape[1])
    nn.init.zeros_(probe.weight)
    optimiser = torch.optim.Adam(probe.parameters(), lr=0.01)
    known = (labels >= 0).float()
    for _ in range(steps):
        each = F.binary_cross_entropy_with_logits(probe(x), labels.clamp(min=0), reduction="none")
        loss = (each * known).sum(0).div(known.sum(0).clamp(min=1)).sum() + penalty * probe.weight.square().sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    with torch.no_grad():
        return np.asarray(probe(y).double().numpy())


def macro_auroc(
    scores: NDArray[np.float64], labels: NDArray[np.float64], sources: NDArray[np.str_]
) -> tuple[float, int]:
    """Mean AUROC over (source, finding) pairs with enough of both, and how many pairs those are.

    Within a source only: across sources the scanner would tell the label.
    """
    values = []
    for source in np.unique(sources):
        here = sources == source
        for k in range(len(FINDINGS)):
            known = here & (labels[:, k] >= 0)
            positive = labels[known, k] == 1
            if min(positive.sum(), (~positive).sum()) >= FEWEST:
                values.append(auroc(scores[known, k], positive))
    return (float(np.mean(values)) if values else float("nan")), len(values)


def retrieval_top1(embedding: Tensor, patients: list[str], gallery: Tensor, gallery_patients: list[str]) -> float:
    """Share of queries (N, D) whose nearest gallery row (cosine) is another study of the same patient.

    Queries without another study in the gallery are left out; a query must not be in the gallery itself.
    """
    similarity = F.normalize(embedding, dim=1) @ F.normalize(gallery, dim=1).T
    nearest = similarity.argmax(1).tolist()
    able = [i for i, p in enumerate(patients) if p in gallery_patients]
    return float(np.mean([gallery_patients[nearest[i]] == patients[i] for i in able])) if able else float("nan")


@torch.no_grad()
def codes(model: Streams, latent: Tensor, share: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Anatomy (N, 768), pathology without the drawn mask (N, 288) and identity embedding (N, 128) of latents."""
    out: list[tuple[Tensor, Tensor, Tensor]] = []
    for start in range(0, len(latent), 64):
        z, s = latent[start : start + 64], share[start : start + 64]
        regions = region_maps(s, torch.zeros(len(z), 1, GRID, GRID))
        a, p = model.anatomy(z, regions), model.pathology(z, regions)
        out.append((a.flatten(1), torch.cat([p[:, :8], p[:, 9:]], 1).flatten(1), model.identity(a)))
    one, two, three = zip(*out, strict=True)
    return torch.cat(one), torch.cat(two), torch.cat(three)


def evaluate_streams(model: Streams, runs: Path, index: Index, latents: LatentCache, scale: float) -> Metrics:
    """p -> finding, a -> finding, the reader on the same images, a -> patient on NIH follow-ups among 200."""
    model.eval()
    chosen = torch.from_numpy(np.sort(np.random.default_rng(3).permutation(len(latents.rows))[:3000]))
    plain = torch.zeros(len(chosen), dtype=torch.long)
    z, share = latents.read("latent", plain, chosen), latents.read("share", plain, chosen)
    a, p, _ = codes(model, z, share)
    labels = index.labels(latents.rows[chosen.numpy()])
    held = described_val(runs, index)
    a_held, p_held, embedding = codes(model, held.latent, held.share)
    sources = np.array([index.records[int(i)].source for i in held.rows])
    truth = index.labels(held.rows).double().numpy()
    with torch.enable_grad():
        by_p, by_a = linear_probe(p, labels, p_held), linear_probe(a, labels, a_held)
    out: Metrics = {}
    out["p_to_finding"], pairs = macro_auroc(by_p, truth, sources)
    out["a_to_finding"], _ = macro_auroc(by_a, truth, sources)
    out["reader"], _ = macro_auroc(held.reader, truth, sources)
    out["probed_pairs"] = float(pairs)
    out["p_over_reader"] = out["p_to_finding"] / out["reader"]
    out["a_to_patient_top1"], out["a_to_patient_queries"] = nih_retrieval(index, held.rows, embedding, a_held)
    return out


def nih_retrieval(index: Index, rows: NDArray[np.int64], embedding: Tensor, a: Tensor) -> tuple[float, float]:
    """Top-1 retrieval of the patient for each NIH val image with a follow-up, among 200 val images; and the count.

    The gallery is the other studies of NIH val, filled up to 200 with SIIM val images.
    """
    records = [index.records[int(i)] for i in rows]
    nih = [k for k, r in enumerate(records) if r.source == "nih"]
    others = [k for k, r in enumerate(records) if r.source == "siim"]
    family: dict[str, int] = {}
    for k in nih:
        family[records[k].patient] = family.get(records[k].patient, 0) + 1
    hits = []
    for query in (k for k in nih if family[records[k].patient] > 1):
        gallery = ([k for k in nih if k != query] + others)[:200]
        hits.append(
            retrieval_top1(
                embedding[[query]],
                [records[query].patient],
                embedding[gallery],
                [records[k].patient if records[k].source == "nih" else f"siim/{k}" for k in gallery],
            )
        )
    return (float(np.mean(hits)) if hits else float("nan")), float(len(hits))


class Held:
    """The val images as the streams see them, and the reader's finding logits on them."""

    def __init__(self, rows: NDArray[np.int64], latent: Tensor, share: Tensor, reader: NDArray[np.float64]) -> None:
        self.rows, self.latent, self.share, self.reader = rows, latent, share, reader


_held: dict[Path, Held] = {}


def described_val(runs: Path, index: Index) -> Held:
    """Latents, shares and reader logits of the val images; computed once a process."""
    if runs not in _held:
        rows = index.where("val")
        guides = Guides.load(runs)
        latent, share, logits = [], [], []
        for start in range(0, len(rows), 32):
            x = index.images(rows[start : start + 32])
            z, s, _, _ = guides.describe(x)
            latent.append(z)
            share.append(s)
            with torch.no_grad(), autocast():
                logits.append(guides.reader(x.contiguous(memory_format=torch.channels_last))[0].double())
        _held[runs] = Held(rows, torch.cat(latent), torch.cat(share), np.asarray(torch.cat(logits).numpy()))
    return _held[runs]
