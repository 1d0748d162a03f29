"""ONNX files of the same modules, for use outside the browser. PyTorch's layout (NCHW), float32, free batch axis."""

import logging
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

from .errors import VerificationFailed

ALLOWED = 1e-3
"""Allowed difference from PyTorch as a share of the output's largest magnitude (at least 1)."""


def write_onnx(path: Path, name: str, module: nn.Module, inputs: Mapping[str, Tensor], outputs: list[str]) -> float:
    """Exports, runs the file in ONNX Runtime at batch 1 and 2, and returns the largest difference from PyTorch.

    Raises VerificationFailed where it is above ALLOWED.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    batch = Dim("batch", min=1, max=64)
    two = {label: torch.cat([t[:1], t[-1:]]) for label, t in inputs.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            module.eval(),
            tuple(two.values()),
            dynamo=True,
            verbose=False,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=tuple({0: batch} for _ in inputs),
        )
    assert program is not None
    program.save(str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for given in (two, {label: t[:1] for label, t in inputs.items()}):
        with torch.no_grad():
            result = module(*given.values())
        expected = result if isinstance(result, tuple | list) else (result,)
        got = session.run(outputs, {label: t.numpy() for label, t in given.items()})
        for label, truth, value in zip(outputs, expected, got, strict=True):
            error = float(np.abs(np.asarray(value) - truth.numpy()).max())
            allowed = ALLOWED * max(1.0, float(truth.abs().max()))
            if not error <= allowed:
                raise VerificationFailed(f"{name}.onnx", label, error, allowed)
            worst = max(worst, error)
    return worst
