# /// script
# requires-python = ">=3.10"
# dependencies = ["tensorflow-cpu>=2.17", "safetensors", "numpy"]
# ///
"""models/<name>/ -> build/tflite/<name>.b<batch>.tflite, float32, for LiteRT.js in `npm run bench`.

    uv run bench/convert/tflite.py            (or python, with the packages named above)

Reads the same graph and weights as our engine (docs/export-format.md), says each node in TensorFlow, converts, and compares
what the file computes with the network's golden before it is kept.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

REPOSITORY = Path(__file__).resolve().parents[2]
MODELS, OUT = REPOSITORY / "models", REPOSITORY / "build" / "tflite"

EDIT_BATCHES = {"denoiser": (1, 3)}
"""A .tflite has one batch size: that of the golden, and what an edit gives besides (one world, or the rows of three)."""

WRONG = 2e-2
"""As in bench/page/worker.ts."""

Tensor = Any


def conv2d(x: Tensor, weight: Tensor, bias: Tensor | None, a: dict[str, Any]) -> Tensor:
    (top, bottom), (left, right) = a["padding"]
    height, width = weight.shape[:2]
    stride, dilation = a["stride"], a["dilation"]
    whole = top == bottom == dilation * (height - 1) // 2 and left == right == dilation * (width - 1) // 2
    same = stride == 1 and whole
    if not same and top + bottom + left + right > 0:
        x = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]])
    out = tf.nn.conv2d(x, weight, stride, "SAME" if same else "VALID", dilations=dilation)
    return out if bias is None else out + bias


def reshape(x: Tensor, a: dict[str, Any]) -> Tensor:
    shape = list(a["shape"])
    return tf.reshape(x, [x.shape[0], *shape[1:]] if shape[0] == 0 else shape)


def upsample(x: Tensor, a: dict[str, Any]) -> Tensor:
    size = [x.shape[1] * a["factor"], x.shape[2] * a["factor"]]
    return tf.image.resize(x, size, method="nearest")


def cut(x: Tensor, a: dict[str, Any]) -> Tensor:
    axis = a["axis"] % len(x.shape)
    begin, size = [0] * len(x.shape), list(x.shape)
    begin[axis], size[axis] = a["begin"], a["size"]
    return tf.slice(x, begin, size)


def rms_norm(x: Tensor, gain: Tensor, a: dict[str, Any]) -> Tensor:
    return x * tf.math.rsqrt(tf.reduce_mean(x * x, axis=-1, keepdims=True) + a["epsilon"]) * gain


def compute(op: str, xs: list[Tensor], a: dict[str, Any]) -> Tensor:
    x = xs[0]
    match op:
        case "conv2d":
            return conv2d(x, xs[1], xs[2] if len(xs) > 2 else None, a)
        case "dense":
            out = tf.matmul(tf.reshape(x, [-1, x.shape[-1]]), xs[1])
            out = out if len(xs) < 3 else out + xs[2]
            return tf.reshape(out, [*x.shape[:-1], xs[1].shape[1]])
        case "matmul":
            return tf.matmul(x, xs[1], transpose_a=a["transposeA"], transpose_b=a["transposeB"])
        case "add" | "subtract" | "multiply":
            return {"add": tf.add, "subtract": tf.subtract, "multiply": tf.multiply}[op](x, xs[1])
        case "affine":
            return x * a["scale"] + a["offset"]
        case "concat":
            return tf.concat(xs, a["axis"])
        case "slice":
            return cut(x, a)
        case "reshape":
            return reshape(x, a)
        case "transpose":
            return tf.transpose(x, a["permutation"])
        case "mean" | "sum":
            return {"mean": tf.reduce_mean, "sum": tf.reduce_sum}[op](x, a["axes"], keepdims=a["keepDims"])
        case "upsampleNearest":
            return upsample(x, a)
        case "averagePool" | "maxPool":
            return {"averagePool": tf.nn.avg_pool2d, "maxPool": tf.nn.max_pool2d}[op](x, a["size"], a["size"], "VALID")
        case "spaceToDepth":
            return tf.nn.space_to_depth(x, a["block"])
        case "depthToSpace":
            return tf.nn.depth_to_space(x, a["block"])
        case "softmax":
            return tf.nn.softmax(x)
        case "rmsNorm":
            return rms_norm(x, xs[1], a)
        case "silu":
            return x * tf.sigmoid(x)
        case _:
            return getattr(tf.nn if op == "relu" else tf.math, op)(x)


def build(graph: dict[str, Any], weights: dict[str, np.ndarray], batch: int) -> bytes:
    @tf.function(
        input_signature=[
            tf.TensorSpec([batch, *each["shape"][1:]], tf.float32, name=each["name"]) for each in graph["inputs"]
        ]
    )
    def run(*given: Tensor) -> dict[str, Tensor]:
        values = dict(zip((each["name"] for each in graph["inputs"]), given, strict=True))
        values |= {name: tf.constant(weight.astype(np.float32)) for name, weight in weights.items()}
        for node in graph["nodes"]:
            inputs = [values[name] for name in node["inputs"]]
            values[node["output"]] = compute(node["op"], inputs, node.get("attributes", {}))
        return {each["name"]: values[each["value"]] for each in graph["outputs"]}

    module = tf.Module()
    module.run = run
    # By way of a saved model: only that keeps the names of inputs and outputs.
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures=run.get_concrete_function())
        return tf.lite.TFLiteConverter.from_saved_model(folder).convert()


def error(content: bytes, graph: dict[str, Any], goldens: dict[str, np.ndarray], batch: int) -> float:
    plain = tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    interpreter = tf.lite.Interpreter(model_content=content, num_threads=1, experimental_op_resolver_type=plain)
    runner = interpreter.get_signature_runner()

    def rows(name: str) -> np.ndarray:
        golden = goldens[name]
        return golden[np.arange(batch) % len(golden)].astype(np.float32)

    out = runner(**{each["name"]: rows(f"input.{each['name']}") for each in graph["inputs"]})
    return max(float(np.abs(out[each["name"]] - rows(f"output.{each['name']}")).max()) for each in graph["outputs"])


def main(names: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for folder in sorted(path.parent for path in MODELS.glob("*/graph.json")):
        if names and folder.name not in names:
            continue
        graph = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
        weights, goldens = load_file(folder / "weights.safetensors"), load_file(folder / "goldens.safetensors")
        own = len(goldens[f"input.{graph['inputs'][0]['name']}"])
        for batch in (own, *EDIT_BATCHES.get(folder.name, ())):
            content = build(graph, weights, batch)
            worst = error(content, graph, goldens, batch)
            if not worst < WRONG:
                raise SystemExit(f"{folder.name}: the converted file differs from the golden by {worst:.1e}")
            path = OUT / f"{folder.name}.b{batch}.tflite"
            path.write_bytes(content)
            print(f"wrote {path.relative_to(REPOSITORY)}, {len(content) / 1e6:.1f} MB, differs by {worst:.1e}")


if __name__ == "__main__":
    main(sys.argv[1:])
