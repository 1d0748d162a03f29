"""Folds by patient in which every class is spread as evenly as its few patients allow."""

import numpy as np
from numpy.typing import NDArray


def patient_folds(patients: list[str], positive: NDArray[np.bool_], folds: int, seed: int) -> NDArray[np.int64]:
    """Fold number (n) of each image; all images of a patient share one. positive: (n, classes).

    Patients are dealt class by class, rarest first, each to the fold that has fewest positives of that class so far
    (then fewest images). Raises ValueError for fewer patients than folds.
    """
    names, member = np.unique(np.array(patients), return_inverse=True)
    if len(names) < folds:
        raise ValueError(f"{folds} folds need as many patients, not {len(names)}")
    carried = np.zeros((len(names), positive.shape[1]), dtype=np.int64)
    np.add.at(carried, member, positive.astype(np.int64))
    images = np.bincount(member, minlength=len(names))
    order = np.random.default_rng(seed).permutation(len(names))
    fold = np.full(len(names), -1, dtype=np.int64)
    filled = np.zeros((folds, positive.shape[1]), dtype=np.int64)
    size = np.zeros(folds, dtype=np.int64)

    def deal(patient: int, key: NDArray[np.int64]) -> None:
        best = min(range(folds), key=lambda f: (int(key[f]), int(size[f])))
        fold[patient] = best
        filled[best] += carried[patient]
        size[best] += images[patient]

    for k in np.argsort(carried.sum(0), kind="stable"):
        for p in order:
            if fold[p] < 0 and carried[p, k]:
                deal(int(p), filled[:, k])
    for p in order:
        if fold[p] < 0:
            deal(int(p), size)
    return np.asarray(fold[member])


def scarce_rows(
    labels: NDArray[np.int8], columns: list[int], count: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Rows that stay, and their labels (rows, classes), where each class of `columns` is to have `count` positives.

    A long tail with known truth: every other image that carries such a class is left out of training, and one that
    stays for another class is unknown in those that it does not count for.
    """
    stays_for = np.zeros((len(labels), len(columns)), dtype=bool)
    for k, column in enumerate(columns):
        carriers = np.flatnonzero(labels[:, column] == 1)
        stays_for[random.permutation(carriers)[:count], k] = True
    carries = labels[:, columns] == 1
    rows = np.flatnonzero(~carries.any(1) | stays_for.any(1))
    left = labels[rows].copy()
    own = left[:, columns]
    own[(own == 1) & ~stays_for[rows]] = -1
    left[:, columns] = own
    return rows, left
