"""Samples as parts of an evaluation: made once, then judged for fidelity, diversity and memorisation."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..findings import FINDINGS
from .dataset import FolderIndex, open_folder, spread, write_folder
from .distribution import Sets, memorisation_section
from .features import Described, Standardiser
from .figures import Section
from .generation import plan, sample_like, sampled_records
from .memorisation import thumbnail
from .ruler_sets import THUMBNAIL
from .sheet import write_sheet
from .task import Task, say


@dataclass(frozen=True)
class Samples:
    """Made images, described."""

    described: Described
    thumbnails: NDArray[np.float64]
    sets: Sets


def make_samples(task: Task) -> Samples:
    """The named folder of generated images, or samples of the denoiser for statements of training images."""
    d = task.describer
    if task.generated:
        folder = open_folder(task.generated)
        rows = spread(np.arange(len(folder.records)), task.limit)
        images: Tensor = folder.images(rows)
        records = [folder.records[int(i)] for i in rows]
    else:
        train = task.bank.where("train")
        rows = plan(task.bank, train if len(train) else task.rows, min(task.samples, task.limit or task.samples))
        say(f"sampling {len(rows)} images")
        images = sample_like(task.nets, task.bank, rows)
        records = sampled_records(task.bank, rows)
        if task.save_samples:
            write_folder(task.save_samples, images, records, FINDINGS)
    if task.sheets:
        write_sheet(
            task.sheets / "samples.png", [list(images[i : i + 8]) for i in range(0, min(48, len(images)) // 8 * 8, 8)]
        )
    made = d.describe(lambda a, b: images[a:b], len(images))
    real_rows = spread(task.rows, task.limit and 4 * task.limit)
    real = d.cached(task.index, real_rows, task.cache)
    sets = Sets(real, [task.index.records[int(i)] for i in real_rows], made, records)
    return Samples(made, thumbnail(images).double().numpy(), sets)


def memorisation_part(task: Task, samples: Samples) -> Section:
    """In the second reader's features and in thumbnails, against all training images that are at hand."""
    train = spread(task.bank.where("train"), None if task.limit is None else 8 * task.limit)
    if len(train) == 0:
        return Section(
            "memorisation", "Memorisation", notes=["Not measured: no training images; name a folder: --training."]
        )
    say(f"memorisation: {len(train)} training images")
    bank = task.describer.cached(task.bank, train, task.cache)
    small = thumbnails(task.bank, train)
    rows = spread(task.rows, None if task.limit is None else 4 * task.limit)
    unseen, unseen_small = task.describer.cached(task.index, rows, task.cache), thumbnails(task.index, rows)
    made, real, known = {}, {}, {}
    for space in ("judge", "judge-scales"):
        standard = Standardiser.fit(bank[space])
        made[space], real[space], known[space] = (standard(x[space]) for x in (samples.described, unseen, bank))
    made[THUMBNAIL], real[THUMBNAIL], known[THUMBNAIL] = samples.thumbnails, unseen_small, small
    return memorisation_section(made, real, known, task.judgements)


def thumbnails(index: FolderIndex, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return torch.cat([thumbnail(index.images(rows[i : i + 64])) for i in range(0, len(rows), 64)]).double().numpy()
