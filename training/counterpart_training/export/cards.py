"""card.md of a network: what it is, what it learned from, how well it does, what it is not for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import __version__
from .registry import NetworkSpec
from .verify import Errors

SOURCES = {
    "siim": "SIIM-FISABIO-RSNA COVID-19 2021, adults: challenge data, research use",
    "kermany": "Kermany et al. 2018, children: CC BY 4.0",
    "nih": "NIH ChestX-ray14 (Wang et al. 2017): no restrictions, attribution",
    "jsrt": "JSRT (Shiraishi et al. 2000): research use",
    "covid-chestxray": "covid-chestxray-dataset (Cohen et al. 2020): licence per image",
    "hannover": "COVID-19 Image Repository, Hannover (Winther et al. 2020): CC BY 3.0",
}


@dataclass(frozen=True)
class Prose:
    """What a card says of a network apart from figures."""

    title: str
    purpose: str
    architecture: str
    sources: tuple[str, ...]
    supervision: str
    limits: tuple[str, ...]


EVERY = tuple(SOURCES)
DRAWINGS = (
    "It also learnt from radiographs on which a finding was drawn from what is known of it, with the place and grade "
    "of what was drawn, beside the same ones without (docs/decisions/186-the-tail-is-learnt-from-drawings.md)."
)
SMALL = "Trained on about 13,000 images for minutes on one CPU core: a demonstration of the method, not its ceiling."
SHORTCUT = (
    "The source of an image predicts its label in this data (all children come from one source); figures mix sources."
)
RARE = "Findings with few examples (see the data table in docs/evaluation.md) have no figure or an uncertain one."

STREAMS_ALIKE = "A donor is recognised in some of its swaps, not in all (docs/ablations.md)."

PROSE: dict[str, Prose] = {
    "encoder": Prose(
        "Autoencoder, encoder E",
        "Turns a radiograph of 256x256 into a latent of 32x32x8 that the denoiser edits.",
        "Pixels unshuffled 4x4, norm-free residual blocks with ReLU (width {width}), one strided convolution; "
        "latents have zero mean and unit variance a channel over the training set.",
        EVERY,
        "none: reconstruction by L1 and a Laplacian pyramid; latents kept equivariant to scale.",
        ("Detail finer than about two pixels of the 256x256 grid is not in the latent.", SMALL),
    ),
    "decoder": Prose(
        "Autoencoder, decoder D",
        "Turns a latent back into a radiograph of 256x256. Edits use only its differences D(e) - D(z), never its "
        "image as such.",
        "Norm-free residual blocks with ReLU (width {width}), two nearest-neighbour enlargements, pixel shuffle by "
        "2; the output is not clipped.",
        EVERY,
        "reconstruction; where the run is 'decoder', also perceptual and adversarial terms on frozen latents.",
        ("Fine texture may be invented: do not read it as evidence.", SMALL),
    ),
    "anatomist": Prose(
        "Anatomist",
        "Finds the six lung zones and the heart on a grid of 64x64, and says whether the image is a frontal chest "
        "radiograph.",
        "U-shaped network with batch norm (folded), width {width}, four levels.",
        ("jsrt", "siim", "kermany", "nih", "covid-chestxray"),
        "organ masks of JSRT (zones are thirds of each lung by height); elsewhere its own proposals in a common lung "
        "frame, multiplied with the mean JSRT map (lung boxes of SIIM place the frame); distorted and foreign pictures "
        "as negatives of the frontal-chest output.",
        (
            "Dice is of JSRT, the only source with masks; for the others only side and presence of the zones are "
            "measured.",
            "Masks come from adults of one source; lungs hidden by dense opacity get the outline of the mean lung.",
            SMALL,
        ),
    ),
    "reader": Prose(
        "Reader",
        "Logits of 16 findings, a map of opacity logits on 32x32, and class activation maps (the mean of a map is the "
        "finding's logit). It guides edits.",
        "Residual network with batch norm (folded) on pixels unshuffled 4x4, width {width}, a top-down pathway to "
        "32x32.",
        EVERY,
        "image labels masked where a source does not annotate a finding; opacity boxes for the map.",
        (SHORTCUT, RARE, SMALL),
    ),
    "second-reader": Prose(
        "Second reader",
        "Judges counterfactuals: logits of 16 findings, a map of opacity logits, and the pooled features that tell how "
        "near an image comes to a training image. It guides nothing.",
        "Plain strided convolutions with batch norm (folded) on half-size pixels, width {width}, dilated context "
        "with gates; shares no architecture, seed or data fold with the reader.",
        EVERY,
        "as the reader, one fifth of the patients left out.",
        (SHORTCUT, RARE, "It saw the same sources as the reader, so both may share a bias.", SMALL),
    ),
    "denoiser": Prose(
        "Denoiser",
        "Velocity of a rectified flow on latents, conditioned on a statement (what is seen where), the anatomy, an "
        "inpainting mask and the acquisition. Runs once or twice a sampling step.",
        "UNet of three levels, width {width}; statement tokens are spread over their regions' maps and steer every "
        "block; self-attention at 16x16 and 8x8 cells.",
        EVERY,
        "statements read from the training images by the reader and the anatomist, and their labels; the same of "
        "radiographs into which a zone of another patient's lungs was set.",
        (
            "It can only change what the reader could see when it described the training images.",
            "Rare findings were seen a few dozen times; their counterfactuals are weak or wrong.",
            SMALL,
        ),
    ),
    "healthy-twin": Prose(
        "Healthy twin H",
        "Takes opacity away inside a mask in one pass: what is to be added to the film's latent, exactly zero outside "
        "the mask. The sampler starts from there.",
        "Norm-free residual blocks with ReLU (width {width}) at 32x32, 16x16 and 8x8 cells on the latent, the region "
        "maps, the mask and the opacity that the reader sees.",
        ("siim", "nih", "jsrt", "covid-chestxray", "hannover"),
        "pairs whose healthy half is known: opacities drawn on films, and real opacities, as accepted erasures took "
        "them, set into the lungs of clear films; accepted erasures in their coarse means; clear films that stay as "
        "they are, in three legs: 28 minutes (104,000 samples) with fewer drawings, 24 (80,000) "
        "with all, then those above, with what the twin of the second leg helped to take away set in as well "
        "(docs/decisions/199-an-erasure-starts-from-the-healthy-twin.md).",
        (
            "By itself it is timid, as regressions are: the sampler goes the rest of the way.",
            "Opacity of adults only; what it learnt from is drawn or set in.",
            SMALL,
        ),
    ),
    "pathology": Prose(
        "Residual dual stream, pathology P",
        "Reads what a film has more than its healthy twin: 8 numbers in each of 50 sub-zones a lung, and the opacity "
        "that they tell there. No difference is exactly zero.",
        "Three convolutions without biases (width {width}) on the difference of the latents, in lengths of the twin's "
        "contrast and weighed by the reader's opacity; means over sub-zones in the lung's own coordinates.",
        ("siim", "nih", "covid-chestxray", "hannover"),
        "group supervision: films and their accepted erasures are pairs that share anatomy exactly; what is drawn on "
        "another patient's twin must be read again as it was (docs/decisions/168-residual-dual-stream.md).",
        ("Opacity of adults, seven in eight of one source: nothing else travels.", STREAMS_ALIKE, SMALL),
    ),
    "recomposer": Prose(
        "Residual dual stream, recomposer G",
        "Draws a pathology on a healthy twin: what is to be added to its latent. Tokens that are zero draw exactly "
        "nothing.",
        "Norm-free residual blocks with ReLU (width {width}) at 32x32 and 16x16 cells on the twin, its region maps and "
        "the tokens, spread over their sub-zones.",
        ("siim", "nih", "covid-chestxray", "hannover"),
        "as of the pathology; trained together with it.",
        ("By itself it draws fainter than the donor: the studio scales it to the grade.", STREAMS_ALIKE, SMALL),
    ),
}


def rows(values: Mapping[str, float]) -> str:
    return "\n".join(
        ["| figure | value |", "|---|---|", *(f"| {key} | {value:.4g} |" for key, value in values.items())]
    )


def write_card(
    path: Path,
    spec: NetworkSpec,
    config: Mapping[str, Any],
    record: Mapping[str, Any],
    parameters: int,
    errors: Errors,
    calibration: Mapping[str, Any],
) -> None:
    """Writes the card of one network; `record` is the run's record.json, empty for an unfinished run."""
    prose = PROSE[spec.name]
    inputs = ", ".join(f"{name} {'x'.join(map(str, shape))}" for name, shape in stored_inputs(spec).items())
    evaluation = {k: float(v) for k, v in record.get("evaluation", {}).items() if v == v}
    training = (
        f"{record['minutes']:.0f} minutes, {record['samples']:,} samples, {record['steps']:,} steps on "
        f"{record['threads']} CPU thread(s), PyTorch {record['torch']}; seed {config.get('seed')}. Averaged weights "
        f"are shipped."
        if record
        else "The run is not finished: there is no record of it yet."
    )
    if record and "begin" in config:
        training += f" It went on from the weights of the run {config['begin']}."
    supervision = f"{prose.supervision} {DRAWINGS}" if config.get("drawings") else prose.supervision
    if "trained" in config:
        parts = " and ".join(config["trained"])
        training += f" Of the network only {parts} learnt in this run; the rest is the last release's, to the bit."
    sections = [
        f"# {prose.title} ({spec.name}, version {__version__})",
        "> Research use only. Not a medical device: not for diagnosis, treatment or any decision about a patient.",
        prose.purpose,
        f"**Inputs** {inputs} (NHWC, any batch size). **Outputs** {', '.join(spec.outputs)}. "
        f"**Parameters** {parameters:,}, half precision.",
        f"## Architecture\n{prose.architecture.format_map(config)}",
        "## Training data\n" + "\n".join(f"- {SOURCES[source]}" for source in prose.sources),
        f"Supervision: {supervision} Splits are by patient; no image of any source is part of this release.",
        f"## Training\n{training}",
        "## Evaluation\nOn validation patients, float32, averaged weights. What each figure means: "
        "docs/evaluation.md.\n\n" + (rows(evaluation) if evaluation else "No figures yet."),
    ]
    if spec.name in calibration:
        sections.append(calibration_section(calibration[spec.name]))
    if spec.name == "reader" and "severity" in calibration:
        sections.append("Severity against Brixia scores\n\n" + rows(calibration["severity"]))
    sections += [
        "## Export\nLargest difference between the shipped weights and float32 PyTorch on the goldens:\n\n"
        + rows(errors),
        "## Limits\n" + "\n".join(f"- {limit}" for limit in prose.limits),
    ]
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def stored_inputs(spec: NetworkSpec) -> dict[str, tuple[int, ...]]:
    """Input shapes as the graph has them, without the batch."""
    out = {}
    for name, tensor in spec.inputs().items():
        shape = tuple(tensor.shape[1:])
        out[name] = (*shape[1:], shape[0]) if len(shape) == 3 else shape
    return out


def calibration_section(findings: Mapping[str, Mapping[str, Any]]) -> str:
    """Calibrated probability = sigmoid(scale * logit + offset); on how many images each rests, and what it is worth."""
    lines = ["| finding | scale | offset | threshold | positives | negatives | sensitivity | alarms on clear films |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for finding, v in findings.items():
        counts = f"{v.get('positives', 0):.0f} | {v.get('negatives', 0):.0f}"
        found = v.get("sensitivity")
        told = "not readable" if v.get("readable") is False else "" if found is None else f"{found:.2f}"
        lines.append(
            f"| {finding} | {v['scale']:.3g} | {v['offset']:.3g} | {v['threshold']:.3g} | {counts} | {told} "
            f"| {alarms(v.get('sources', []))} |"
        )
    head = (
        "## Calibration\nProbability = sigmoid(scale x logit + offset). "
        "Few examples: scale 1, offset 0, threshold 0.5. "
        "Chosen on patients that the network did not learn from: for the second reader on a fold of the training "
        "split, and reported on val; for the first reader chosen and reported on val. "
        "In brackets: on films without opacity where nobody annotated the finding.\n\n"
    )
    return head + "\n".join(lines)


def alarms(sources: Sequence[Mapping[str, Any]]) -> str:
    """ "nih 0.08 of 81, siim (0.03 of 194)": share of clear films on which a finding is called."""
    told = [f"{s['source']} {s['alarms']:.2f} of {s['clear']}" for s in sources if s["alarms"] is not None]
    blank = [f"{s['source']} ({s['called']:.2f} of {s['unlabelled']})" for s in sources if s["called"] is not None]
    return ", ".join(told + blank)
