"""graph.json, version 1, as data: docs/export-format.md; the browser checks it in src/engine/graph/schema.ts."""

import json
from dataclasses import dataclass, field
from typing import Any

FORMAT, VERSION = "counterpart-graph", 1

OPERATORS = frozenset(
    "conv2d dense matmul relu silu sigmoid tanh sin cos exp log add subtract multiply affine concat slice reshape "
    "transpose mean sum upsampleNearest averagePool maxPool spaceToDepth depthToSpace softmax rmsNorm".split()
)


@dataclass
class GraphNode:
    """One operation: reads earlier values or weights by name, defines the value `output`."""

    op: str
    output: str
    inputs: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Graph:
    """Input shapes (NHWC where of rank 4), output names with the values they stand for, weight shapes, nodes."""

    name: str
    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, str]
    weights: dict[str, tuple[int, ...]]
    nodes: list[GraphNode]

    def to_json(self) -> str:
        """The file's text; one node a line, so that two versions can be compared."""
        head = {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "inputs": [{"name": n, "shape": list(s)} for n, s in self.inputs.items()],
            "outputs": [{"name": n, "value": v} for n, v in self.outputs.items()],
        }
        lines = [f'  "{key}": {json.dumps(value)}' for key, value in head.items()]
        weights = [json.dumps({"name": n, "shape": list(s)}) for n, s in self.weights.items()]
        nodes = [json.dumps(vars(node)) for node in self.nodes]
        for key, rows in (("weights", weights), ("nodes", nodes)):
            lines.append(f'  "{key}": [\n    ' + ",\n    ".join(rows) + "\n  ]" if rows else f'  "{key}": []')
        return "{\n" + ",\n".join(lines) + "\n}\n"

    @staticmethod
    def from_json(text: str) -> "Graph":
        """Reads what `to_json` wrote. Raises ValueError for another format, or where the graph is not sound."""
        data = json.loads(text)
        if (data.get("format"), data.get("version")) != (FORMAT, VERSION):
            raise ValueError(f"not a {FORMAT} of version {VERSION}: {data.get('format')} {data.get('version')}")
        graph = Graph(
            data["name"],
            {i["name"]: tuple(i["shape"]) for i in data["inputs"]},
            {o["name"]: o["value"] for o in data["outputs"]},
            {w["name"]: tuple(w["shape"]) for w in data["weights"]},
            [GraphNode(**node) for node in data["nodes"]],
        )
        graph.check()
        return graph

    def check(self) -> None:
        """Raises ValueError for a node of unknown kind, one that reads what is not defined, or a name defined twice."""
        known = {*self.inputs, *self.weights}
        if len(known) != len(self.inputs) + len(self.weights):
            raise ValueError(f"{self.name}: an input and a weight share a name")
        for node in self.nodes:
            missing = [name for name in node.inputs if name not in known]
            if node.op not in OPERATORS or missing or node.output in known:
                raise ValueError(f"{self.name}: node {node.output} ({node.op}) is not sound, missing inputs: {missing}")
            known.add(node.output)
        for output, value in self.outputs.items():
            if value not in known:
                raise ValueError(f"{self.name}: output {output} stands for {value}, which nothing defines")

    def prune(self) -> None:
        """Drops nodes that no output needs, joins chains of reshapes, then drops unused weights."""
        reshapes: dict[str, GraphNode] = {}
        for node in self.nodes:
            if node.op == "reshape":
                source = reshapes.get(node.inputs[0])
                # 0 copies the leading axis of the node's input, so it may only pass through a reshape that kept it.
                if source is not None and (source.attributes["shape"][0] == 0 or node.attributes["shape"][0] != 0):
                    node.inputs = list(source.inputs)
                reshapes[node.output] = node
        needed = set(self.outputs.values())
        for node in reversed(self.nodes):
            if node.output in needed:
                needed.update(node.inputs)
        self.nodes = [node for node in self.nodes if node.output in needed]
        self.weights = {name: shape for name, shape in self.weights.items() if name in needed}
