"""`training stream-swaps`: a donor's pathology by words and by the residual streams, on the same pairs.

Both begin with the recipient's healthy twin, which the sampler makes. By words the donor's grades are asked of it, zone
by zone; by streams the recomposer draws the donor's tokens on it, and the denoiser harmonises the drawing (SDEdit).
"""

import argparse
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from ..data.index import SIZE, Index, Record
from ..data.statement import trained_severity_scale
from ..findings import ZONES
from ..networks.anatomist import region_maps
from ..networks.reader import GRID
from ..networks.residual_streams import ResidualStreams, sub_zones
from ..sampling import World, composed, full_inpaint, times, velocity
from ..stages.latents import averaged, config_of
from .dataset import open_folder, spread
from .edits import BATCH, Networks, Sampler, add_cases, erase_cases, feather, operating_point
from .figures import Figure, Section, as_table
from .report import configured_samplers
from .swaps import LUNG, Swaps, pairs, stated, swap, swap_section, swap_worlds

STARTS = (0.3, 0.45, 0.6)
"""Times from which drawings are harmonised."""

SHIPPED_START = 0.45

ReadStatement = Callable[[Tensor], Tensor]

PRESENT = 0.5
"""Severity of a zone from which its opacity travels."""

ROUNDS = 2
SOFT = 0.3
STRIDE = (0.5, 2.0)
MOST = 2.5
"""How a zone's tokens are scaled to its grade: rounds, what both grades are raised by, bounds of a round and in all."""

GUIDANCE = 3.0
STEPS = 8


def twins_of(nets: Networks, x: Tensor, records: list[Record], sampler: Sampler) -> Tensor:
    """Films (N, 1, 256, 256) with all opacity of their lungs erased."""
    return swap(nets, x, torch.zeros(len(x), 6), records, sampler, seed=900)


def by_words(nets: Networks, x: Tensor, severity: Tensor, records: list[Record]) -> Tensor:
    """Recipients with the donors' severities (N, 6): all that goes first, then all that comes."""
    erase, add = (configured_samplers()[kind] for kind in ("erase", "add"))
    own = stated(nets, x, erase.severity_scale)
    less = swap(nets, x, torch.minimum(severity, own), records, erase, seed=902)
    return swap(nets, less, torch.maximum(severity, stated(nets, less, add.severity_scale)), records, add, seed=903)


def maps_of(nets: Networks, x: Tensor) -> Tensor:
    """Region maps (N, 10, 32, 32) without a focus."""
    return region_maps(nets.share(x).float(), torch.zeros(len(x), 1, GRID, GRID))


def tokens_of(nets: Networks, streams: ResidualStreams, film: Tensor, twin: Tensor) -> Tensor:
    """The pathology (N, 100, 8) of films, beside their twins."""
    z, a, regions = nets.encode(film).float(), nets.encode(twin).float(), maps_of(nets, film)
    return streams.read(z, a, nets.opacity(film).float(), regions, sub_zones(regions))[0]


def drawn_on(nets: Networks, streams: ResidualStreams, twin: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Twins with a pathology drawn on them, and the pixels that may change (N, 1, 256, 256)."""
    a, regions = nets.encode(twin).float(), maps_of(nets, twin)
    e = a + streams.draw(a, tokens, regions, sub_zones(regions))
    free = F.interpolate((regions[:, :6].sum(1, keepdim=True) > LUNG).float(), (SIZE, SIZE))
    return composed(twin, feather(free), nets.decode(a).float(), nets.decode(e).float()), free


def zone_shares(regions: Tensor) -> Tensor:
    """Which zones (N, 100, 6) each sub-zone lies in; shares of it, that sum to 1 where it has lung."""
    maps, zones = sub_zones(regions), regions[:, : len(ZONES)].flatten(2)
    inside = torch.bmm(maps, zones.transpose(1, 2))
    return inside / inside.sum(2, keepdim=True).clamp(min=1e-3)


def graded(
    nets: Networks, streams: ResidualStreams, twin: Tensor, tokens: Tensor, severity: Tensor
) -> tuple[Tensor, Tensor]:
    """As `drawn_on`, the tokens of each zone scaled until the first reader grades it as the donor's (N, 6).

    What the donor does not show in a zone does not travel; each round moves a zone by at most half or twice.
    """
    scale, within = trained_severity_scale(), zone_shares(maps_of(nets, twin))
    factor = (severity >= PRESENT).float()
    drawn, free = twin, twin
    for _ in range(ROUNDS + 1):
        weights = torch.bmm(within, factor[:, :, None])
        drawn, free = drawn_on(nets, streams, twin, tokens * weights)
        ratio = (severity + SOFT) / (stated(nets, drawn, scale) + SOFT)
        factor = (factor * ratio.clamp(*STRIDE)).clamp(max=MOST)
    return drawn, free


def harmonised(
    nets: Networks, y: Tensor, twin: Tensor, severity: Tensor, records: list[Record], start: float, seed: int = 7
) -> Tensor:
    """Drawings noised to `start` and denoised in the lungs, under the donors' severities."""
    z = nets.encode(y).float()
    _, target = swap_worlds(nets, twin, severity, records, trained_severity_scale())
    cells = target.regions[:, -2:-1]
    world = World(target.tokens, target.regions, target.context)
    noise = torch.randn(z.shape, generator=torch.Generator().manual_seed(seed))
    e, free = (1 - start) * z + start * noise, full_inpaint(z)
    for t, s in pairwise(times(STEPS, start)):
        e = cells * e + (1 - cells) * ((1 - t) * z + t * noise)
        e = e + (s - t) * velocity(nets.denoiser, e, t, world, free, GUIDANCE)
    e = cells * e + (1 - cells) * z
    soft = feather(F.interpolate(cells, (SIZE, SIZE)))
    return composed(y, soft, nets.decode(z).float(), nets.decode(e).float())


def in_the_lungs(nets: Networks, change: Tensor, chest: Tensor) -> Tensor:
    """Changes of grey (N, 1, 256, 256) by the sub-zones of the chests (N, 1, 256, 256) they lie in, (N, 100)."""
    maps = sub_zones(maps_of(nets, chest))
    cells = F.avg_pool2d(change, SIZE // GRID).flatten(2).transpose(1, 2)
    return torch.bmm(maps, cells).squeeze(2) / maps.sum(2).clamp(min=0.5)


def likeness(result: Tensor, donor: Tensor) -> NDArray[np.float64]:
    """Correlations (n, n) of changes (n, 100) with donors' (n, 100)."""
    a, b = (F.normalize(v - v.mean(1, keepdim=True), dim=1).double() for v in (result, donor))
    return np.asarray((a @ b.T).numpy())


def found_figures(alike: NDArray[np.float64]) -> list[Figure]:
    """Whether each result (rows) is most like its own donor, and how like it is to its own and to the others."""
    own, n = alike.diagonal(), len(alike)
    others = (alike.sum() - own.sum()) / (n * n - n)
    return [
        Figure("its own donor is the most alike", float((alike.argmax(1) == np.arange(n)).mean()), n),
        Figure("likeness to its own donor", float(own.mean()), n),
        Figure("likeness to the other donors", float(others), n),
    ]


@torch.no_grad()
def stream_swaps(
    nets: Networks,
    trained: dict[str, ResidualStreams],
    index: Index,
    rows: NDArray[np.int64],
    stated_by: dict[str, tuple[ResidualStreams, ReadStatement]] | None = None,
) -> list[Section]:
    """Each row with the pathology of another, by every way; the second reader and the anatomist judge.

    `stated_by`: ways that make tokens (N, 100, 8) of the donors' grades (N, 6) alone, with the streams that draw them.
    """
    taking, giving = pairs(rows)
    x, donor = index.images(taking), index.images(giving)
    records = [index.records[int(i)] for i in taking]
    scale = trained_severity_scale()
    severity = batched(lambda some: stated(nets, donor[some], scale), len(x))
    erase = configured_samplers()["erase"]
    twin = batched(lambda some: twins_of(nets, x[some], records[some], erase), len(x))
    row_of = {int(row): k for k, row in enumerate(taking)}
    healthy = twin[[row_of[int(row)] for row in giving]]
    words = batched(lambda some: by_words(nets, x[some], severity[some], records[some]), len(x))
    ways: dict[str, Tensor] = {"words": words}
    for name, streams in trained.items():

        def as_drawn(some: slice, streams: ResidualStreams = streams) -> Tensor:
            tokens = tokens_of(nets, streams, donor[some], healthy[some])
            return drawn_on(nets, streams, twin[some], tokens)[0]

        def by_grade(some: slice, streams: ResidualStreams = streams) -> Tensor:
            tokens = tokens_of(nets, streams, donor[some], healthy[some])
            return graded(nets, streams, twin[some], tokens, severity[some])[0]

        drawings = {name: as_drawn, f"{name}, graded": by_grade}
        for way, draw in drawings.items():
            plain = ways[way] = batched(draw, len(x))
            for t in STARTS:

                def in_tune(some: slice, plain: Tensor = plain, start: float = t) -> Tensor:
                    return harmonised(nets, plain[some], twin[some], severity[some], records[some], start)

                ways[f"{way}, harmonised from {t}"] = batched(in_tune, len(x))
    for name, (streams, read) in (stated_by or {}).items():

        def of_grades(some: slice, streams: ResidualStreams = streams, read: ReadStatement = read) -> Tensor:
            drawn = graded(nets, streams, twin[some], read(severity[some]), severity[some])[0]
            return harmonised(nets, drawn, twin[some], severity[some], records[some], SHIPPED_START)

        ways[f"{name}, graded, harmonised from {SHIPPED_START}"] = batched(of_grades, len(x))
    threshold, _ = operating_point(nets, index, erase_cases(index, rows), add_cases(index, rows))
    own = batched(lambda some: in_the_lungs(nets, donor[some] - healthy[some], donor[some]), len(x))
    sections = []
    for name, y in ways.items():
        swaps = Swaps()
        for start in range(0, len(x), BATCH):
            some = slice(start, start + BATCH)
            swaps.add(nets, x[some], donor[some], y[some])
        section = swap_section(swaps, threshold)
        section.key, section.title = name, f"Swaps by {name}"

        def changed(some: slice, result: Tensor = y) -> Tensor:
            return in_the_lungs(nets, result[some] - twin[some], x[some])

        section.figures += found_figures(likeness(batched(changed, len(x)), own))
        sections.append(section)
    return sections


def batched(make: Callable[[slice], Tensor], count: int) -> Tensor:
    """What `make` gives for slices of `count` films, together."""
    return torch.cat([make(slice(i, min(count, i + BATCH))) for i in range(0, count, BATCH)])


def load_streams(runs: Path, name: str) -> ResidualStreams:
    """The streams of a run, frozen. Raises FileNotFoundError that names the stage to run first."""
    streams = ResidualStreams(int(config_of(runs, name)["width"]))
    streams.load_state_dict(averaged(runs, name))
    return streams.eval().requires_grad_(False)


def statement_ways(runs: Path, name: str | None) -> dict[str, tuple[ResidualStreams, ReadStatement]]:
    """S(statement) of a run, its most likely tokens and drawn ones; none where no run is named."""
    from ..stages.statement_pathology import StatementPathology

    if name is None:
        return {}
    s = StatementPathology.load(runs / name)
    streams = load_streams(runs, config_of(runs, name)["streams"])
    generator = torch.Generator().manual_seed(11)
    return {
        "S(statement), most likely": (streams, s.tokens),
        "S(statement), drawn": (streams, lambda severity: s.tokens(severity, generator)),
    }


def report_stream_swaps(args: argparse.Namespace, release: Path) -> None:
    """Prints the table and writes JSON."""
    from .released import load_networks

    nets, _, what = load_networks(args.runs, args.models, release)
    index = open_folder(args.data)
    val = index.where("val", source="siim")
    rows = spread(np.array([i for i in val if index.records[int(i)].opacity_boxes is not None]), args.count)
    sections = stream_swaps(
        nets,
        {name: load_streams(args.runs, name) for name in args.streams},
        index,
        rows,
        statement_ways(args.runs, args.statement),
    )
    print(f"{len(rows)} pairs, {what}")
    print(as_table(sections))
    args.json.write_text(json.dumps({s.key: s.as_json() for s in sections}, indent=1) + "\n", encoding="utf-8")
