"""`training stream-probes`: what the pathology stream tells that it should, and what it should not.

Non-linear probes on patients that were held out: a pathology must tell the finding, not the source; a healthy twin
must not show opacity to the second reader, but still tell the patient. The same probes on the films' own latents stand
beside them: what cannot be told from these either says nothing.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from ..data.index import Index, Record
from ..findings import FINDINGS
from .dataset import open_folder, spread
from .edits import Networks
from .figures import Figure, Section, as_table
from .intervals import mean_interval
from .probes import retrieval_top1
from .ranking import auroc
from .report import configured_samplers
from .stream_swaps import batched, drawn_on, load_streams, tokens_of, twins_of

SOURCES = ("siim", "nih", "covid-chestxray", "hannover")
FOLDS = 5
HIDDEN = 32
STEPS = 200
COARSE = 4
"""Cells of the latent that one number of the control's features is the mean of."""

OPACITY = FINDINGS.index("lung_opacity")

OPAQUE = tuple(FINDINGS.index(f) for f in ("lung_opacity", "consolidation", "infiltration", "pneumonia"))
"""Labels that other sources give to what looks like opacity."""


def folds_of(records: list[Record], seed: int = 3) -> NDArray[np.int64]:
    """A fold for each film; those of one patient share it."""
    patients = sorted({r.patient for r in records})
    order = np.random.default_rng(seed).permutation(len(patients))
    fold = {patients[k]: i % FOLDS for i, k in enumerate(order)}
    return np.array([fold[r.patient] for r in records])


def cross_validated(features: Tensor, labels: Tensor, folds: NDArray[np.int64]) -> Tensor:
    """Log probabilities (N, classes) of a small network that has not seen the patients it tells of."""
    classes = int(labels.max()) + 1
    out = torch.zeros(len(features), classes)
    for fold in range(FOLDS):
        held = torch.from_numpy(folds == fold)
        x, y = features[~held], labels[~held]
        mean, std = x.mean(0), x.std(0).clamp(min=1e-3)
        torch.manual_seed(fold)
        probe = nn.Sequential(nn.Linear(x.shape[1], HIDDEN), nn.ReLU(), nn.Dropout(0.5), nn.Linear(HIDDEN, classes))
        weight = len(y) / torch.bincount(y, minlength=classes).clamp(min=1).float()
        optimiser = torch.optim.AdamW(probe.parameters(), lr=3e-3, weight_decay=0.1)
        with torch.enable_grad():
            for _ in range(STEPS):
                loss = F.cross_entropy(probe((x - mean) / std), y, weight)
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimiser.step()
        out[held] = probe.eval()((features[held] - mean) / std).detach().log_softmax(1)
    return out


def balanced_accuracy(told: Tensor, labels: Tensor) -> float:
    """Mean over classes of the share that is told right; chance is one over their number."""
    right = (told.argmax(1) == labels).float()
    return float(torch.stack([right[labels == k].mean() for k in set(labels.tolist())]).mean())


def auroc_figure(name: str, scores: Tensor, positive: Tensor, note: str = "") -> Figure:
    """With an interval in which films are drawn again."""
    s, p = scores.double().numpy(), positive.numpy()
    random = np.random.default_rng(0)
    drawn = np.array([auroc(s[k], p[k]) for k in random.integers(0, len(s), (500, len(s)))])
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Figure(name, auroc(s, p), len(s), float(low), float(high), note)


@dataclass
class Taken:
    """Films taken apart: their latents, their twins' latents, pathologies; images of films and twins."""

    records: list[Record]
    images: Tensor
    twins: Tensor
    film: Tensor
    twin: Tensor
    tokens: Tensor

    def coarse(self, latents: Tensor) -> Tensor:
        """Latents as features of a probe, (N, 512)."""
        return F.avg_pool2d(latents, COARSE).flatten(1)


def take_apart(nets: Networks, runs: Path, run: str, index: Index, rows: NDArray[np.int64]) -> Taken:
    """Erases all opacity of films and reads what they had more."""
    streams, x, records = load_streams(runs, run), index.images(rows), [index.records[int(i)] for i in rows]
    erase = configured_samplers()["erase"]
    twins = batched(lambda some: twins_of(nets, x[some], records[some], erase), len(x))
    return Taken(
        records=records,
        images=x,
        twins=twins,
        film=batched(lambda some: nets.encode(x[some]).float(), len(x)),
        twin=batched(lambda some: nets.encode(twins[some]).float(), len(x)),
        tokens=batched(lambda some: tokens_of(nets, streams, x[some], twins[some]), len(x)),
    )


def finding_section(nets: Networks, t: Taken) -> Section:
    """Opacity of one source's films: told by pathologies, by the reader's map, and on the twins."""
    labels = torch.tensor([r.labels[OPACITY] for r in t.records])
    folds, positive = folds_of(t.records), labels == 1
    by_tokens = cross_validated(t.tokens.flatten(1), labels, folds)[:, 1]
    by_latent = cross_validated(t.coarse(t.film), labels, folds)[:, 1]
    by_twin = cross_validated(t.coarse(t.twin), labels, folds)[:, 1]
    reader = batched(lambda some: nets.opacity(t.images[some]).float().mean((1, 2, 3)), len(labels))

    def judged(x: Tensor) -> Tensor:
        return batched(lambda some: nets.second(x[some])[0][:, OPACITY].float(), len(labels))

    section = Section("finding", "Pathology tells the finding (SIIM, val)")
    section.figures = [
        auroc_figure("opacity by the pathology, probe", by_tokens, positive, "aim 0.9 of the reader's"),
        auroc_figure("opacity by the film's latent, the same probe", by_latent, positive),
        auroc_figure("opacity by the reader's map", reader, positive),
        auroc_figure("opacity by the twin's latent, the same probe", by_twin, positive),
        auroc_figure("opacity by the second reader on films", judged(t.images), positive),
        auroc_figure("opacity by the second reader on healthy twins", judged(t.twins), positive, "aim <= 0.60"),
    ]
    return section


def source_section(t: Taken) -> Section:
    """Which source an opaque film is of: not to be told from its pathology."""
    names = sorted({r.source for r in t.records})
    labels = torch.tensor([names.index(r.source) for r in t.records])
    folds = folds_of(t.records)
    section = Section("source", f"Pathology does not tell the source ({', '.join(names)}; opaque films)")
    section.figures = [
        Figure(name, balanced_accuracy(cross_validated(x, labels, folds), labels), len(labels), note=note)
        for name, x, note in (
            ("by the pathology, probe", t.tokens.flatten(1), f"chance {1 / len(names):.2f}"),
            ("by the film's latent, the same probe", t.coarse(t.film), ""),
        )
    ]
    return section


def patient_section(t: Taken) -> Section:
    """Whether the nearest other film is of the same patient: by the twin as by the film, by the pathology hardly."""
    patients, n = [r.patient for r in t.records], len(t.records)

    def nearest(features: Tensor) -> float:
        others = [
            retrieval_top1(
                features[i : i + 1],
                [patients[i]],
                torch.cat([features[:i], features[i + 1 :]]),
                patients[:i] + patients[i + 1 :],
            )
            for i in range(n)
        ]
        return float(np.nanmean(others))

    section = Section("patient", "Anatomy tells the patient (NIH films of patients with several)")
    section.figures = [
        Figure("by the film's latent", nearest(t.coarse(t.film)), n),
        Figure("by the twin's latent", nearest(t.coarse(t.twin)), n, note="aim 0.9 of the film's"),
        Figure("by the pathology", nearest(t.tokens.flatten(1)), n, note="aim chance"),
    ]
    return section


def undo_section(nets: Networks, t: Taken, runs: Path, run: str) -> Section:
    """An erasure undone by its pathology: mean error where it was, over that of the autoencoder alone."""
    streams = load_streams(runs, run)
    drawn = batched(lambda some: drawn_on(nets, streams, t.twins[some], t.tokens[some])[0], len(t.records))
    own = batched(lambda some: nets.decode(t.film[some]).float(), len(t.records))
    moved = (t.images - t.twins).abs() > 0.02
    ratio, left = [], []
    for x, a, y, z, m in zip(t.images, t.twins, drawn, own, moved, strict=True):
        if m.float().mean() > 0.01:
            ratio.append(float((y - x).abs()[m].mean() / (z - x).abs()[m].mean()))
            left.append(float((y - x).abs()[m].mean() / (a - x).abs()[m].mean()))
    section = Section("undo", "An erasure undone by the pathology that it took")
    for name, values, note in (
        ("error over the autoencoder's own", ratio, "aim <= 1.5"),
        ("error over that of not undoing it", left, ""),
    ):
        low, high = mean_interval(np.array(values))
        section.figures.append(Figure(name, float(np.mean(values)), len(values), low, high, note))
    return section


@torch.no_grad()
def stream_probes(nets: Networks, runs: Path, run: str, index: Index, count: int) -> list[Section]:
    """All sections; `count` films a source."""
    records = index.records

    def rows(keep: NDArray[np.bool_]) -> NDArray[np.int64]:
        return spread(np.flatnonzero(keep), count)

    source = np.array([r.source for r in records])
    sharp = np.array([not r.low_resolution for r in records])
    val = np.array([r.split == "val" for r in records])
    label = np.array([r.labels[OPACITY] for r in records])
    siim = (source == "siim") & val
    labelled = np.concatenate([rows(siim & (label == value)) for value in (0, 1)])
    own = take_apart(nets, runs, run, index, labelled)
    opaque = own.tokens.abs().sum((1, 2)) > 0
    opaque &= torch.tensor([r.labels[OPACITY] == 1 for r in own.records])
    # Of other sources nothing was learnt from, so films of both splits are held out.
    ill = np.array([any(r.labels[k] == 1 for k in OPAQUE) or r.covid19 == 1 for r in records])
    others = [rows((source == s) & sharp & ill) for s in SOURCES[1:]]
    mixed = np.concatenate([labelled[opaque.numpy()], *others])
    nih = np.flatnonzero((source == "nih") & sharp)
    several = [i for i in nih if sum(records[int(k)].patient == records[int(i)].patient for k in nih) > 1]
    return [
        finding_section(nets, own),
        source_section(take_apart(nets, runs, run, index, mixed)),
        patient_section(take_apart(nets, runs, run, index, np.array(several[: 2 * count]))),
        undo_section(nets, own, runs, run),
    ]


def report_stream_probes(args: argparse.Namespace, release: Path) -> None:
    """Prints the table and writes JSON."""
    from .released import load_networks

    nets, _, what = load_networks(args.runs, args.models, release)
    sections = stream_probes(nets, args.runs, args.streams[0], open_folder(args.data), args.count)
    print(what)
    print(as_table(sections))
    args.json.write_text(json.dumps({s.key: s.as_json() for s in sections}, indent=1) + "\n", encoding="utf-8")
