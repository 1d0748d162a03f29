"""`training STAGE`: one command a stage."""

import argparse
import importlib
import json
import os
from pathlib import Path

import torch

from .evaluation.commands import EVALUATIONS, add_evaluation, run_evaluation
from .export.commands import add_commands, run_command

STAGES = {
    "autoencoder": ("autoencoder", "train_autoencoder"),
    "anatomist": ("anatomist", "train_anatomist"),
    "reader": ("reader", "train_reader"),
    "latents": ("latents", "cache_latents"),
    "moved-zones": ("moved_zones", "cache_moved_zones"),
    "drawings": ("drawings", "cache_drawings"),
    "moved-opacities": ("moved_opacities", "cache_moved_opacities"),
    "healthy-twin": ("healthy_twin", "train_healthy_twin"),
    "decoder": ("decoder", "train_decoder"),
    "denoiser": ("denoiser", "train_denoiser"),
    "erasures": ("erasures", "make_erasures"),
    "residual-streams": ("residual_streams", "train_residual_streams"),
    "statement-pathology": ("statement_pathology", "fit_statement_pathology"),
    "stream-ablation": ("stream_ablation", "ablate_streams"),
    "samples": ("samples", "make_samples"),
    "knowledge": ("knowledge", "embed_knowledge"),
    "ablation": ("ablation", "run_ablation"),
    "normal-first": ("normal_first", "erase_heads"),
    "noise-study": ("noise_study", "study_noise"),
    "augment": ("augment", "augment"),
}
"""Stage -> module under stages/ and its function (config, cache, folder, minutes)."""


def main() -> None:
    """Entry point; every training stage takes --config, --minutes, --runs and --threads."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("--runs", type=Path, default=Path(os.environ.get("COUNTERPART_RUNS", "runs")))
    parser.add_argument("--threads", type=int, default=1)
    commands = parser.add_subparsers(dest="stage", required=True)
    commands.add_parser("index", help="read the manifest and pack the images")
    commands.add_parser("calibrate", help="Platt scaling, operating points and the severity scale, on val")
    for name in STAGES:
        stage = commands.add_parser(name, help=f"train: {name}")
        stage.add_argument("--config", type=Path, required=True, help="JSON file; its name is the run's name")
        stage.add_argument("--minutes", type=float, default=10)
    edits = commands.add_parser(
        "edits", help="judge erased and added opacities of the val split with the second reader"
    )
    edits.add_argument("--models", type=Path, help="judge these exported networks, not the checkpoints")
    edits.add_argument("--limit", type=int, help="at most so many edits of each kind")
    edits.add_argument("--json", type=Path, help="write the figures here")
    edits.add_argument(
        "--sheets", type=Path, help="write contact sheets to look at into this folder (shows data: not for docs)"
    )
    edits.add_argument(
        "--sampler", choices=["twin-flow", "inpaint"], help="for both kinds; default: the configured one of each"
    )
    for name in ("steps", "guidance", "start", "shift"):
        edits.add_argument(f"--{name}", type=float)
    edits.add_argument(
        "--pictures", type=Path, help="keep the edited images in this safetensors file (shows data: never commit it)"
    )
    edits.add_argument("--judge", type=Path, help="judge the images of such a file, sample nothing")
    edits.add_argument("--averages", type=int)
    edits.add_argument("--against", choices=["empty", "source"], help="what guidance moves away from")
    edits.add_argument("--fast", action="store_true", help="bfloat16: for tuning, not for figures")
    add_evaluation(commands)
    add_commands(commands)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.stage in EVALUATIONS:
        run_evaluation(args)
        return
    if args.stage in ("export", "restore"):
        run_command(args)
        return
    cache = args.runs / "cache"
    if args.stage == "index":
        from .data.index import load_index

        index = load_index(cache)
        print(f"{len(index.records)} records, pixels {index.pixels.shape}")
        return
    if args.stage == "calibrate":
        from .data.index import load_index
        from .evaluation.calibration import calibrate

        print(json.dumps(calibrate(args.runs, load_index(cache)), indent=2))
        return
    if args.stage == "edits":
        from .evaluation.report import report_edits

        report_edits(args, cache)
        return
    module, function = STAGES[args.stage]
    train = getattr(importlib.import_module(f"{__package__}.stages.{module}"), function)
    config, folder = json.loads(args.config.read_text(encoding="utf-8")), args.runs / args.config.stem
    train(config, cache, folder, args.minutes)


if __name__ == "__main__":
    main()
