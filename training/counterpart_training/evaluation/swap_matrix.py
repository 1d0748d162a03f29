"""`training swap-matrix`: the release's synthetic samples as a matrix of swaps, as a picture that may be shown."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.index import Record
from ..findings import FINDINGS
from .axioms import composition
from .dataset import read_grey
from .errors import SamplesMissing
from .figures import Figure, Section, as_table, mean_figure
from .report import configured_samplers
from .sheet import write_sheet
from .swaps import agreement_figure, swap_matrix

SHOWN = 6
"""Synthetic samples in the matrix at most, the first of the release."""

SIDE = 128
"""Pixels of a picture in the matrix."""


def read_samples(models: Path, count: int = SHOWN) -> tuple[Tensor, list[Record], list[str]]:
    """The release's first synthetic samples (n, 1, 256, 256), what is known of their taking, and their titles.

    Raises SamplesMissing.
    """
    folder = models / "samples"
    listing = folder / "samples.json"
    if not listing.is_file():
        raise SamplesMissing(listing)
    listed = json.loads(listing.read_text(encoding="utf-8"))["samples"]
    samples = [s for s in listed if s["kind"] == "synthetic"][:count]
    pixels = np.stack([read_grey(folder / s["file"]) for s in samples])
    images = torch.from_numpy(pixels).float().div(127.5).sub(1).unsqueeze(1)
    records = [
        Record("", "siim", "", "", (2896, 2896), bool(s["paediatric"]), (-1,) * len(FINDINGS), *(None,) * 4, False)
        for s in samples
    ]
    return images, records, [str(s["title"]) for s in samples]


def as_picture(images: Tensor, matrix: Tensor) -> list[list[Tensor]]:
    """Rows of small pictures: donors across the top, recipients down the left, their swaps between."""
    small = [F.adaptive_avg_pool2d(x, SIDE) for x in images]
    corner = torch.full_like(small[0], 1.0)
    rows = [[corner, *small]]
    for x, row in zip(small, matrix, strict=True):
        rows.append([x, *(F.adaptive_avg_pool2d(y, SIDE) for y in row)])
    return rows


@torch.no_grad()
def report_matrix(args: argparse.Namespace, release: Path) -> None:
    """Writes the picture and prints what the judge and the anatomist say of it."""
    from .released import load_networks

    nets, _, what = load_networks(args.runs, args.models, release)
    images, records, titles = read_samples(args.models or release)
    matrix, found = swap_matrix(nets, images, records, configured_samplers()["add"])
    write_sheet(args.picture, as_picture(images, matrix))
    own = torch.cat([composition(images[i : i + 1], matrix[i, i][None]) for i in range(len(images))])
    before, donor, after = (np.stack(v) for v in (found.recipient, found.donor, found.result))
    section = Section("swap-matrix", f"Swaps among {len(titles)} synthetic samples ({what})")
    section.figures = [
        agreement_figure("zones: result with donor", after, donor),
        agreement_figure("zones: recipient with donor, before", before, donor),
        agreement_figure("zones: result with recipient as it was", after, before),
        mean_figure("anatomy: Dice of the lungs with the recipient's", np.array(found.lungs)),
        mean_figure("anatomy: Dice of the heart with the recipient's", np.array(found.heart)),
        Figure("diagonal: largest change", float(own.max()), len(own), note="an image with its own statement"),
    ]
    section.notes.append("Recipients and donors, in this order: " + "; ".join(titles) + f". Wrote {args.picture}")
    print(as_table([section]))
