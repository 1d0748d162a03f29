"""Samples as parts of an evaluation: made once, then judged for fidelity, diversity and memorisation."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..findings import FINDINGS
from .dataset import FolderIndex, open_folder, spread, write_folder
from .distribution import RARE, Sets, memorisation_section, parts_of
from .features import Described, Standardiser
from .figures import Section
from .generation import plan, sample_like, sampled_records
from .groups import carries
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
        images = sample_like(task.nets, task.bank, rows, task.samplers["add"].severity_scale)
        records = sampled_records(task.bank, rows)
        if task.save_samples:
            write_folder(task.save_samples, images, records, FINDINGS)
    if task.sheets:
        across = min(8, len(images))
        whole = min(48, len(images)) // across * across
        write_sheet(task.sheets / "samples.png", [list(images[i : i + across]) for i in range(0, whole, across)])
    made = d.describe(lambda a, b: images[a:b], len(images))
    real_rows = spread(task.rows, task.limit and 4 * task.limit)
    real = d.cached(task.index, real_rows, task.cache)
    real_records = [task.index.records[int(i)] for i in real_rows]
    rare = rare_training_rows(task)
    if len(rare):
        beside = d.cached(task.bank, rare, task.cache)
        real = {space: np.concatenate([real[space], beside[space]]) for space in real}
        real_records += [task.bank.records[int(i)] for i in rare]
    sets = Sets(real, real_records, len(real_rows), made, records)
    return Samples(made, thumbnail(images).double().numpy(), sets)


def rare_training_rows(task: Task) -> NDArray[np.int64]:
    """Training images of classes that the split has too few of to compare with."""
    if task.split == "train":
        return np.array([], dtype=np.int64)
    present = parts_of([task.index.records[int(i)] for i in task.rows])
    rare = tuple(f for f in FINDINGS if present[f].sum() < RARE)
    train = task.bank.where("train")
    rows = np.array([i for i in train if carries(task.bank.records[int(i)].labels, rare)], dtype=np.int64)
    return spread(rows, task.limit and 4 * task.limit)


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
