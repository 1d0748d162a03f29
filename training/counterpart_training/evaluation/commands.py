"""`training evaluate`, `protocol`, `sets`, `swap-matrix`, `stream-swaps`, `stream-probes` and `drawn-edits`."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from ..findings import FINDINGS, SOURCES
from ..precision import has_bfloat16_units
from .errors import EvaluationError
from .groups import GROUPS

RELEASE = Path(__file__).resolve().parents[3] / "models"
"""The release folder of the checkout: judged where there are no checkpoints."""

EVALUATIONS = ("evaluate", "protocol", "sets", "swap-matrix", "stream-swaps", "stream-probes", "drawn-edits")
"""The commands that `run_evaluation` runs."""

PARTS = ("ruler", "fidelity", "diversity", "axioms", "control", "swaps", "memorisation")


def count(text: str) -> int:
    """A number of images, 0 or more, from the command line. Raises ArgumentTypeError."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is no number of images: give 0 or more")
    return int(text)


def add_evaluation(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the commands in EVALUATIONS."""
    evaluate = commands.add_parser("evaluate", help="measure the networks on any folder with a manifest.csv")
    protocol = commands.add_parser("protocol", help="does training a classifier on generated images help its tail?")
    sets = commands.add_parser("sets", help="are generated images like those of patients they were not made from?")
    matrix = commands.add_parser("swap-matrix", help="a picture of swaps among the release's synthetic samples")
    streams = commands.add_parser("stream-swaps", help="swaps by the residual streams beside swaps by words")
    probes = commands.add_parser("stream-probes", help="what the pathology stream tells that it should, and should not")
    drawn = commands.add_parser("drawn-edits", help="findings drawn and taken away by a denoiser, beside the truth")
    drawn.add_argument("--drawings", type=Path, required=True, help="folder that `node bench/drawnFilms.mjs` made")
    drawn.add_argument("--denoisers", nargs="+", default=(), metavar="RUN", help="trainings, beside the release's")
    drawn.add_argument("--count", type=int, default=8, help="films a finding")
    drawn.add_argument("--sheets", type=Path, help="write contact sheets here (they show data: not for docs)")
    streams.add_argument("--count", type=int, default=24, help="pairs")
    streams.add_argument("--statement", metavar="RUN", help="beside them, tokens of grades alone (statement-pathology)")
    probes.add_argument("--count", type=int, default=60, help="films of a source, or of a label in it")
    for command, some in ((streams, "*"), (probes, "+")):
        command.add_argument(
            "--streams",
            nargs=some,
            default=["residual-streams"],
            metavar="RUN",
            help="runs; probes take the first",
        )
    matrix.add_argument("--picture", type=Path, required=True, help="write the picture (PNG) here")
    drawn.add_argument("--json", type=Path, required=True, help="write the figures here")
    for command in (evaluate, protocol, sets, streams, probes):
        command.add_argument("--data", type=Path, required=True, help="folder with manifest.csv")
        command.add_argument("--json", type=Path, required=True, help="write the figures here")
    for command in (evaluate, protocol, sets):
        command.add_argument("--markdown", type=Path, help="write a page here")
    for command in (protocol, sets):
        command.add_argument(
            "--sources", nargs="+", choices=SOURCES, default=SOURCES, help="images of these sources only (default: all)"
        )
        command.add_argument("--folds", type=int, default=5)
    for command in (evaluate, protocol):
        command.add_argument("--limit", type=int, help="at most so many images in each part: for a quick look")
    evaluate.add_argument("--split", required=True)
    evaluate.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    for command in (evaluate, sets, matrix, streams, probes, drawn):
        command.add_argument("--models", type=Path, help="networks of this release; default: checkpoints, else models/")
    evaluate.add_argument("--training", type=Path, help="folder with the training images, where --data has none")
    evaluate.add_argument("--generated", type=Path, help="judge the images of this folder, not fresh samples")
    evaluate.add_argument("--samples", type=int, default=240, help="fresh samples to draw")
    evaluate.add_argument("--save-samples", type=Path, help="write the fresh samples and their manifest here")
    evaluate.add_argument("--sheets", type=Path, help="write contact sheets here (they show data: not for docs)")
    evaluate.add_argument(
        "--ladder",
        nargs="+",
        default=(),
        metavar="RUN",
        help="denoiser runs for the ruler to rank by training time",
    )
    evaluate.add_argument("--fast", action="store_true", help="bfloat16 throughout: for tuning, not for figures")
    evaluate.add_argument("--exact", action="store_true", help="features in float32, not bfloat16")
    protocol.add_argument("--arms", nargs="+", required=True, help="real, balanced, NAME=FOLDER of generated images")
    protocol.add_argument("--against", nargs="+", help="arms that the others are compared with; default: the first")
    protocol.add_argument("--minutes-each", type=float, default=2, help="training time of each classifier")
    protocol.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    sets.add_argument(
        "--arms", nargs="+", required=True, help="NAME=FOLDER of generated images; the first is the baseline"
    )
    protocol.add_argument("--width", type=int, default=32, help="channels of the classifier's first level")
    protocol.add_argument("--steps", type=int, help="steps of each classifier instead of a time")
    protocol.add_argument("--few", type=count, help="learn from so many real images only of each of --few-of")
    protocol.add_argument("--few-of", nargs="+", choices=FINDINGS, default=list(GROUPS["tail"]))
    protocol.add_argument("--sharp", action="store_true", help="only films of full resolution")
    protocol.add_argument("--abnormal", action="store_true", help="tell findings among images that carry some")
    protocol.add_argument("--keep", type=Path, help="keep each arm's scores here; run again, it goes on after a cut")


def run_evaluation(args: argparse.Namespace) -> None:
    """Runs the command that `args.stage` names; what stops it ends with its message."""
    try:
        if args.stage == "protocol":
            from .protocol.run import report_protocol

            report_protocol(args)
        elif args.stage == "sets":
            from .sets import report_sets

            report_sets(args, RELEASE)
        elif args.stage == "swap-matrix":
            from .swap_matrix import report_matrix

            report_matrix(args, RELEASE)
        elif args.stage == "stream-swaps":
            from .stream_swaps import report_stream_swaps

            report_stream_swaps(args, RELEASE)
        elif args.stage == "stream-probes":
            from .stream_probes import report_stream_probes

            report_stream_probes(args, RELEASE)
        elif args.stage == "drawn-edits":
            from .drawn_edits import report_drawn_edits

            report_drawn_edits(args, RELEASE)
        else:
            report_evaluation(args)
    except EvaluationError as error:
        raise SystemExit(f"{args.stage}: {error}") from error


def report_evaluation(args: argparse.Namespace) -> None:
    """Evaluates, prints the table, writes JSON and, if asked, Markdown."""
    import torch

    from .dataset import open_folder, rows_of
    from .features import Describer
    from .figures import as_table
    from .released import load_networks
    from .report import configured_samplers
    from .suite import evaluate, networks_json
    from .task import Task

    begin = time.time()
    index = open_folder(args.data)
    rows = rows_of(index, args.split)
    nets, calibration, what = load_networks(args.runs, args.models, RELEASE)
    assert nets.judge is not None
    task = Task(
        index=index,
        split=args.split,
        nets=nets,
        describer=Describer(nets.judge, nets.guides.reader, args.exact),
        calibration=calibration,
        samplers=configured_samplers(),
        cache=args.runs / "cache",
        limit=args.limit,
        samples=args.samples,
        generated=args.generated,
        save_samples=args.save_samples,
        sheets=args.sheets,
        training=open_folder(args.training) if args.training else None,
        runs=args.runs,
        ladder=tuple(args.ladder),
    )
    with torch.autocast("cpu", torch.bfloat16, enabled=args.fast and has_bfloat16_units()):
        sections = evaluate(task, args.parts)
    print(as_table(sections))
    about: dict[str, Any] = {
        "split": args.split,
        "images": len(rows),
        "limit": args.limit,
        "networks": networks_json(task, what),
        "bfloat16": bool(args.fast),
        "seconds": round(time.time() - begin),
    }
    lead = [
        f"{len(rows)} images of the split `{args.split}`; networks: {what}. "
        + (f"At most {args.limit} a part. " if args.limit else "")
        + "Figures that the ruler rejects are marked *does not count*. Research use only.",
    ]
    write_report(args, about, sections, "Evaluation", lead)


def write_report(
    args: argparse.Namespace, about: dict[str, Any], sections: list[Any], title: str, lead: list[str]
) -> None:
    """Writes the JSON and, if asked, the Markdown page; folders are made."""
    from .figures import as_markdown

    content = {
        "format": "counterpart-evaluation",
        "version": 1,
        **about,
        "sections": {s.key: s.as_json() for s in sections},
    }
    files = [(args.json, json.dumps(content, indent=2, allow_nan=False) + "\n")]
    if args.markdown:
        files.append((args.markdown, as_markdown(title, lead, sections)))
    for path, text in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
        print(f"wrote {path}")
