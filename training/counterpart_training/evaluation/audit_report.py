"""Figures of an audit: what each axiom came to over all edits."""

import numpy as np
from numpy.typing import NDArray

from .audit import Audit
from .axioms import crossed, latent_divergence
from .features import Describer
from .figures import Figure, Section, mean_figure, too_few
from .intervals import bounds
from .manifold import distances

MINIMUM = 8
"""Fewer edits than this print no figure."""


def ratio_figure(name: str, top: NDArray[np.float64], bottom: NDArray[np.float64], note: str = "") -> Figure:
    """Ratio of two means over the same images, with a paired bootstrap interval."""
    if len(top) < MINIMUM:
        return too_few(name, len(top), MINIMUM)
    pick = np.random.default_rng(0).integers(0, len(top), (1000, len(top)))
    low, high = bounds(top[pick].mean(1) / bottom[pick].mean(1).clip(1e-12))
    return Figure(name, float(top.mean() / max(bottom.mean(), 1e-12)), len(top), low, high, note)


def axiom_section(audit: Audit, threshold: float, divergence: NDArray[np.float64]) -> Section:
    """The figures of one kind of edit; threshold: the judge's operating point of the local score."""
    kind, add = audit.kind, audit.kind == "add"
    before, after = audit.array("local_before"), audit.array("local_after")
    there, able = crossed(before, after, threshold, add)
    way = (after > before) if add else (after < before)

    def mean(name: str, key: str, note: str = "") -> Figure:
        return mean_figure(name, audit.array(key), note, MINIMUM)

    composition = audit.array("composition")
    largest = Figure("composition: largest change of a null edit", None, len(composition), note="no edit was made")
    if len(composition):
        largest = Figure(
            largest.name, float(composition.max()), len(composition), note="share of the grey range; aim 0"
        )
    outside = audit.array("outside")
    figures = [
        largest,
        ratio_figure(
            "reversibility: edit and undo over the autoencoder's error",
            audit.array("undone_error"),
            audit.array("autoencoder_error"),
            "inside the mask; aim <= 1.5",
        ),
        mean_figure(
            "effectiveness: crosses the judge's threshold, of those that could",
            there[able].astype(np.float64),
            "aim >= 0.85",
            MINIMUM,
        ),
        mean_figure("effectiveness: crosses, of all", there.astype(np.float64), "", MINIMUM),
        mean_figure("effectiveness: moves the asked way", way.astype(np.float64), "", MINIMUM),
        mean("judge's local score before", "local_before"),
        mean("judge's local score after", "local_after"),
        mean("minimality: mean change of the image", "change", "share of the grey range"),
        mean("mean change inside the mask", "change_inside", "share of the grey range"),
        mean_figure("minimality: latent divergence", divergence, "0 best, 1 worst", MINIMUM),
        mean("preservation: mean change of other findings", "preservation", "aim <= 0.08"),
        Figure("largest change outside the mask", float(outside.max()) if len(outside) else None, len(outside)),
        mean("anatomy Dice, lungs", "dice_lungs"),
        mean("anatomy Dice, heart", "dice_heart"),
        mean("localisation, composite", "localisation", "high by construction: pixels outside are kept"),
        mean("localisation, judge's local map", "judged_localisation", "aim >= 0.8"),
        mean("the same of a blur in the same mask", "blur_localisation", "what this judge makes of a local change"),
    ]
    return Section(f"axioms-{kind}", f"Counterfactual axioms: {kind}", figures)


def divergences(
    describer: Describer, audit: Audit, target: NDArray[np.float32], source: NDArray[np.float32], space: str
) -> NDArray[np.float64]:
    """Latent divergence of every edit in one feature space; target, source: features of real images of both classes."""
    if not audit.rows or len(target) < MINIMUM or len(source) < MINIMUM:
        return np.array([])
    scale = source.std(0).clip(1e-6)
    x = np.concatenate([describer(t)[space].numpy() for t in audit.before]) / scale
    y = np.concatenate([describer(t)[space].numpy() for t in audit.after]) / scale
    own = np.linalg.norm(x - y, axis=1).astype(np.float64)
    return latent_divergence(own, distances(x, target / scale), distances(x, source / scale))
