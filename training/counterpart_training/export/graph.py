"""A module in evaluation mode -> graph.json and its weights, through torch.export."""

import operator
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.export import ExportedProgram, default_decompositions

from .builder import TRACED_BATCH, Builder, Constant, Fold, Provenance, Value
from .errors import BatchAxis, ExportError, UnsupportedOperators
from .ir import Graph
from .layout import preferred, stored_shape
from .operators import IDENTITIES, LOWERINGS

IGNORED = frozenset({"aten._assert_tensor_metadata.default"})
"""Operators that compute nothing."""


@dataclass
class Converted:
    """A graph, its weights (stored order, float32), and what it takes to get the state dict back."""

    graph: Graph
    weights: dict[str, Tensor]
    provenance: dict[str, Provenance]
    folds: list[Fold]


def convert(
    name: str, module: nn.Module, inputs: Mapping[str, Tensor], outputs: list[str], prefix: str = ""
) -> Converted:
    """Lowers `module(*inputs)`; tensors of rank 4 become NHWC, the batch axis (0) stays free.

    `inputs`: example tensors by the names the graph gives them, in the order of the module's arguments. `outputs` names
    what the module returns. `prefix` is cut off the names of weights (a wrapper's attribute). Raises ExportError.
    """
    program = trace(name, module, inputs)
    builder = Builder()
    values: dict[str, Any] = dict(constants(program, module, prefix))
    arguments = [node for node in program.graph.nodes if node.op == "placeholder" and node.name not in values]
    shapes: dict[str, tuple[int, ...]] = {}
    for node, (label, example) in zip(arguments, inputs.items(), strict=True):
        value = builder.input(label, (TRACED_BATCH, *example.shape[1:]))
        values[node.name] = value
        shapes[label] = (1, *stored_shape(value.shape, value.layout)[1:])
    with torch.no_grad():
        for node in program.graph.nodes:
            if node.op == "call_function" and str(node.target) not in IGNORED:
                values[node.name] = lower(builder, node, values)
    results = next(node for node in program.graph.nodes if node.op == "output").args[0]
    named: dict[str, str] = {}
    for label, node in zip(outputs, results, strict=True):
        value = values[node.name]
        if not isinstance(value, Value) or value.batch != 0:
            raise BatchAxis(label, "the output does not depend on the inputs, or its first axis is not the batch")
        named[label] = builder.arrange(value, preferred(len(value.shape)), label).name
    kept = {n: tuple(w.shape) for n, w in builder.weights.items()}
    graph = Graph(name, shapes, named, kept, builder.nodes)
    graph.prune()
    graph.check()
    weights = {n: builder.weights[n] for n in graph.weights}
    provenance = {n: p for n, p in builder.provenance.items() if n in weights}
    return Converted(graph, weights, provenance, builder.folds)


def trace(name: str, module: nn.Module, inputs: Mapping[str, Tensor]) -> ExportedProgram:
    """The module as ATen operators, composite ones decomposed only where no lowering knows them."""
    examples = tuple(t[:1].repeat(TRACED_BATCH, *(1,) * (t.ndim - 1)) for t in inputs.values())
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        program = torch.export.export(module.eval(), examples, strict=False)
        while unknown := unsupported(program):
            rules: dict[Any, Any] = dict(default_decompositions())
            table = {op: rule for op, rule in rules.items() if str(op) in unknown}
            if not table:
                raise UnsupportedOperators(name, unknown)
            program = program.run_decompositions(table)
            if unsupported(program) == unknown:
                raise UnsupportedOperators(name, unknown)
    return program


def unsupported(program: ExportedProgram) -> set[str]:
    """Operators without a lowering among the nodes that depend on an input."""
    weights = {*program.graph_signature.inputs_to_parameters, *program.graph_signature.inputs_to_buffers}
    weights |= set(program.graph_signature.inputs_to_lifted_tensor_constants)
    running: set[fx.Node] = set()
    unknown = set()
    for node in program.graph.nodes:
        if node.op == "placeholder" and node.name not in weights:
            running.add(node)
        elif node.op == "call_function" and any(source in running for source in node.all_input_nodes):
            running.add(node)
            target = str(node.target)
            if target not in LOWERINGS and target not in IDENTITIES | IGNORED and node.target is not operator.getitem:
                unknown.add(target)
    return unknown


def constants(program: ExportedProgram, module: nn.Module, prefix: str) -> Iterator[tuple[str, Constant]]:
    """Parameters, buffers and literal tensors by the name of their placeholder."""
    state = {
        **dict(module.named_parameters(remove_duplicate=False)),
        **dict(module.named_buffers(remove_duplicate=False)),
    }
    signature = program.graph_signature
    readers = {node.name: len(node.users) for node in program.graph.nodes}
    for node, key in {**signature.inputs_to_parameters, **signature.inputs_to_buffers}.items():
        short = key.removeprefix(prefix)
        own = short if key.startswith(prefix) else None
        yield node, Constant(state[key].detach().contiguous(), own, short, shared=readers[node] > 1)
    for node, key in signature.inputs_to_lifted_tensor_constants.items():
        yield node, Constant(program.constants[key], None, f"constant.{key}")


def sole_reader(node: fx.Node) -> bool:
    """Whether nothing but `node` reads its first input, seen through operators that do nothing."""
    source = node.all_input_nodes[0]
    while len(source.users) == 1 and str(source.target) in IDENTITIES:
        source = source.all_input_nodes[0]
    return len(source.users) == 1


def lower(builder: Builder, node: fx.Node, values: Mapping[str, Any]) -> Any:
    """One traced node: computed now if everything it reads is known, otherwise handed to its lowering."""

    def resolved(wrap: bool) -> tuple[tuple[Any, ...], dict[str, Any]]:
        def look_up(source: fx.Node) -> Any:
            value = values[source.name]
            return value.tensor if wrap and isinstance(value, Constant) else value

        return fx.map_arg(node.args, look_up), fx.map_arg(node.kwargs, look_up)

    target = str(node.target)
    if node.target is operator.getitem:
        return values[node.args[0].name][node.args[1]]  # type: ignore[union-attr,index]
    sources = [values[source.name] for source in node.all_input_nodes]
    if all(isinstance(source, Constant) for source in sources):
        args, kwargs = resolved(wrap=True)
        result = node.target(*args, **kwargs)  # type: ignore[operator]
        hint = next((f"{source.hint}.{node.name}" for source in sources), f"constant.{node.name}")
        many = isinstance(result, list | tuple)
        return (
            [Constant(r, None, f"{hint}.{i}") for i, r in enumerate(result)] if many else Constant(result, None, hint)
        )
    args, kwargs = resolved(wrap=False)
    builder.sole_reader = sole_reader(node)
    if target in IDENTITIES:
        return args[0]
    try:
        return LOWERINGS[target](builder, node.name, *args, **kwargs)
    except TypeError as error:
        raise ExportError(f"{node.name} ({target}): {error}") from error
