"""`training export` and `training restore`."""

import argparse
from pathlib import Path
from typing import Any

from ..evaluation.memorisation import QUANTILE
from .errors import ExportError
from .registry import NETWORKS

MODELS = Path(__file__).resolve().parents[3] / "models"
"""The release folder of the checkout."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares both commands."""
    export = commands.add_parser(
        "export", help="write models/: graphs, weights, goldens, cards, manifest; and ONNX files"
    )
    export.add_argument("--no-onnx", action="store_true", help="leave out build/onnx/")
    export.add_argument(
        "--onnx-only", action="store_true", help="write only build/onnx/, of the networks as they are in models/"
    )
    restore = commands.add_parser("restore", help="write initial weights for stages to go on from, out of models/")
    for command in (export, restore):
        command.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(NETWORKS)}")
        command.add_argument("--models", type=Path, default=MODELS)


def told(neighbours: dict[str, Any] | None) -> str:
    """What of the training images goes along."""
    if neighbours is None:
        return "no features of training images: there is no packed index, so receipts will not speak of them"
    images, size, limit = neighbours["images"], neighbours["bytes"] / 1e3, dict(neighbours["unseen"])[QUANTILE]
    return f"features of {images:,} training images, {size:.0f} kB; 1 % of unseen ones are nearer than {limit:.2f}"


def run_command(args: argparse.Namespace) -> None:
    """Runs the command that `args.stage` names; a failed export ends with its message."""
    from .release import export_release, restore

    try:
        if args.stage == "export" and args.onnx_only:
            from .shipped_onnx import write_shipped_onnx

            folder = args.models.resolve().parent / "build" / "onnx"
            for name, error in write_shipped_onnx(args.models, folder, args.names or None).items():
                print(f"wrote {folder / name}.onnx, differs from PyTorch by {error:.1e}")
            return
        if args.stage == "restore":
            for path in restore(args.models, args.runs, args.names or None):
                print(f"wrote {path}")
            return
        for name, result in export_release(args.runs, args.models, args.names or None, onnx=not args.no_onnx).items():
            worst = max(result.errors.values())
            size = result.entry["weights"]["bytes"] / 1e6
            onnx = "" if result.onnx_error is None else f", ONNX {result.onnx_error:.1e}"
            print(
                f"{name:14} {result.entry['parameters']:>11,} parameters {size:6.1f} MB, differs by {worst:.1e}{onnx}"
            )
            if name == "second-reader":
                print(f"{'':14} {told(result.entry.get('neighbours'))}")
    except ExportError as error:
        raise SystemExit(f"export: {error}") from error
