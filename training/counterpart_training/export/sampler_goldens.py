"""Goldens of the samplers on a tiny analytic velocity field, and of the noise search on a closed form, for
src/counterfactual: the same noises must give the same latents, step for step, in both languages.

    python -m counterpart_training.export.sampler_goldens
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from ..bounds import Bounds, Grey, smoothed
from ..data.statement import FOCUS
from ..findings import FINDINGS, MAX_SEVERITY, REGIONS
from ..networks.autoencoder import LATENT_CHANNELS
from ..networks.denoiser import Denoiser
from ..sampling import (
    EXPECTED_AT,
    Flow,
    Twins,
    World,
    composed,
    expected,
    flow_from_twins,
    flow_in_passes,
    full_inpaint,
    inpaint,
    remaining,
    times,
    twin_flow,
)
from ..search import edit_score, search_noise

PATH = Path(__file__).parents[3] / "src" / "counterfactual" / "testing" / "sampler-goldens.json"
HEIGHT, WIDTH = 2, 3
DIGITS = 7
OVERSHOOT, UNDERSHOOT = 0.2, 0.05


class Field:
    """A velocity that depends on all it is conditioned on, and keeps what it was asked.

    v = tanh(z) / 2 + (0.2 + 0.3 t) z - (1 + c / 10) s + m / 4 + 0.15 k + 0.1 x, with channel c, stated opacity s of the
    cell's regions, inpainting mask m, known latent k, and context x.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[float, Tensor]] = []

    def __call__(self, z: Tensor, t: Tensor, tokens: Tensor, regions: Tensor, known: Tensor, context: Tensor) -> Tensor:
        self.asked.append((float(t[0, 0]), z.clone()))
        time = t[:, :, None, None]
        stated = torch.einsum("nr,nrhw->nhw", tokens[:, :, 0], regions)[:, None]
        weight = (1 + torch.arange(LATENT_CHANNELS) / 10)[None, :, None, None]
        own = torch.tanh(z) / 2 + (0.2 + 0.3 * time) * z - weight * stated
        return own + known[:, :1] / 4 + 0.15 * known[:, 1:] + 0.1 * context[:, :, None, None]


@dataclass(frozen=True)
class Settings:
    steps: int
    start: float
    shift: float
    guidance: float
    averages: int = 1
    passes: int = 1

    def flow(self, seed: int, bounds: Bounds | None = None) -> Flow:
        return Flow(
            steps=self.steps,
            guidance=self.guidance,
            start=self.start,
            generator=torch.Generator().manual_seed(seed),
            shift=self.shift,
            averages=self.averages,
            against="source",
            bounds=bounds,
            passes=self.passes,
        )


FLOW = Settings(steps=4, start=0.9, shift=1.5, guidance=3.5, averages=2)
CLEAR = Settings(steps=5, start=0.95, shift=1.0, guidance=5.0, passes=2)
ADD = Settings(steps=4, start=0.9, shift=1.2, guidance=3.0, passes=2)
TWINS = Settings(steps=5, start=0.2, shift=1.0, guidance=1.2, passes=3)
REPEAT_ABOVE = 0.3
PAINT = Settings(steps=5, start=1.0, shift=1.6, guidance=2.5)


def as_denoiser(field: Field) -> Denoiser:
    return cast(Denoiser, field)


def rows(values: Tensor) -> list[float]:
    """(1, C, H, W) as H x W x C, the browser's order."""
    return numbers(values[0].permute(1, 2, 0))


def numbers(values: Tensor) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values.flatten().tolist()]


def statement(severities: dict[str, float]) -> Tensor:
    """Tokens (1, 10, 32) that state lung opacity, a third of the severity, by region."""
    tokens = torch.zeros(1, len(REGIONS), 2 * len(FINDINGS))
    for region, severity in severities.items():
        tokens[0, REGIONS.index(region), 0] = severity / 3
        tokens[0, REGIONS.index(region), len(FINDINGS)] = 1
    return tokens


def asked(field: Field) -> list[dict[str, Any]]:
    return [{"time": time, "latent": rows(z)} for time, z in field.asked]


def search_goldens() -> dict[str, Any]:
    """A noise search on a closed form, with the fresh noise of every trial: given these, a browser finds the same."""
    count, rounds, candidates, rho, beta, gamma = 6, 5, 3, 0.6, 0.5, 0.25
    start = torch.randn(1, count, generator=torch.Generator().manual_seed(3))
    goal = torch.randn(count, generator=torch.Generator().manual_seed(4))
    shown: list[Tensor] = []

    def render(noise: Tensor) -> Tensor:
        image = torch.tanh(noise) + 0.1 * noise.roll(1, 1)
        shown.extend(image)
        return image

    def score(image: Tensor) -> Tensor:
        logit = (image * goal).sum(1)
        return edit_score(logit, image[:, 0].abs(), image[:, 1].clamp(min=0), beta, gamma)

    found = search_noise(render, score, start, rounds, candidates, rho, torch.Generator().manual_seed(8))
    drawn = torch.Generator().manual_seed(8)
    fresh = [torch.randn(candidates, count, generator=drawn) for _ in range(rounds)]
    return {
        "start": numbers(start),
        "goal": numbers(goal),
        "rounds": rounds,
        "candidates": candidates,
        "rho": rho,
        "beta": beta,
        "gamma": gamma,
        "fresh": [numbers(each) for each in torch.cat(fresh)],
        "shown": [numbers(each) for each in shown],
        "noise": numbers(found.noise),
        "score": found.score,
        "history": found.history,
        "evaluations": found.evaluations,
    }


SCALE = 2.75
"""Severity of a place for each unit of mean opacity."""


@dataclass(frozen=True)
class Chest:
    """An image whose every reading is a closed form: what a further pass, or a second edit, begins with.

    The decoder repeats 1.6 times channel 0 over a cell, past what a pixel can show; the reader takes mean grey for
    opacity; the anatomist sees less lung where it is whiter.
    """

    x: Tensor
    """(1, 1, 16, 24)."""
    z: Tensor
    soft: Tensor
    """(1, 1, 16, 24): how far a pixel may change."""
    regions: Tensor
    context: Tensor

    def decode(self, z: Tensor) -> Tensor:
        return 1.6 * z[:, :1].repeat_interleave(8, 2).repeat_interleave(8, 3)

    def opacity(self, e: Tensor) -> Tensor:
        y = composed(self.x, self.soft, self.decode(self.z), self.decode(e))
        return (torch.nn.functional.avg_pool2d(y, 8) + 1) / 2

    def worlds(self, e: Tensor, mask: Tensor, place: str, asked: float) -> tuple[World, World]:
        """As read of the image so far, and the same with a severity asked in a place and in the mask."""
        opacity = self.opacity(e)
        regions = self.regions * (1 - 0.4 * opacity)
        regions[:, FOCUS : FOCUS + 1] = mask
        read = {name: severity(opacity, regions[:, k : k + 1]) for name in PLACES for k in [REGIONS.index(name)]}
        read["focus"] = severity(opacity, mask)
        told = statement(read), statement({**read, place: asked, "focus": asked})
        return World(told[0], regions, self.context), World(told[1], regions, self.context)


PLACES = ("right_lower", "left_lower")


def severity(opacity: Tensor, where: Tensor) -> float:
    return min(float(MAX_SEVERITY), SCALE * float((opacity * where).sum() / where.sum()))


def stage(
    chest: Chest, field: Field, e: Tensor, mask: Tensor, place: str, asked: float, settings: Settings, seed: int
) -> tuple[Tensor, dict[str, Any]]:
    """One direction of an edit from where the one before ended: its bounds, its passes, and the noises of both."""
    before, drawn = torch.Generator().manual_seed(seed), torch.Generator().manual_seed(seed + 1)
    model, (source, target) = as_denoiser(field), chest.worlds(e, mask, place, asked)
    asked_noises = torch.randn(len(EXPECTED_AT), *e.shape, generator=before)
    noises = [torch.randn(e.shape, generator=drawn) for _ in range(settings.steps)]
    grey = Grey.fit(chest.z, chest.x)
    there = smoothed(grey(expected(model, e, mask, target, asked_noises)), mask)
    sign = (target.tokens[:, FOCUS, 0] - source.tokens[:, FOCUS, 0]).view(-1, 1, 1, 1)
    bounds = Bounds.around(grey, there, grey(e), sign, OVERSHOOT, UNDERSHOOT)
    out = flow_in_passes(
        model,
        e,
        mask,
        (source, target),
        lambda now: chest.worlds(now, mask, place, asked),
        settings.flow(seed + 1, bounds),
    )
    told = {"asked_noises": [rows(each) for each in asked_noises], "noises": [rows(each) for each in noises]}
    return out, {**asdict(settings), "grade": asked, "mask": numbers(mask), **told, "result": rows(out)}


def mixed_goldens(z: Tensor, image: Tensor, regions: Tensor, context: Tensor) -> dict[str, Any]:
    """An edit that clears one place and adds in another, in two bounded passes each."""
    soft = torch.rand(image.shape, generator=torch.Generator().manual_seed(30))
    chest = Chest(image, z, soft, regions, context)
    field = Field()
    right, left = (torch.tensor(rows)[None, None].float() for rows in ([[1, 1, 0], [1, 0, 0]], [[0, 0, 1], [0, 1, 1]]))
    cleared, clearing = stage(chest, field, z, right, "right_lower", 0.0, CLEAR, 40)
    _, adding = stage(chest, field, cleared, left, "left_lower", 3.0, ADD, 50)
    return {"scale": SCALE, "soft": numbers(soft), "clearing": clearing, "adding": adding, "asked": asked(field)}


def twins_goldens(z: Tensor, image: Tensor, regions: Tensor, context: Tensor) -> dict[str, Any]:
    """An erasure in passes that each start from the healthy twin of what there is; the second leaves little enough."""
    chest = Chest(image, z, torch.ones_like(image), regions, context)
    mask = torch.tensor([[1.0, 1, 0], [1, 0, 1]])[None, None]
    field, seen = Field(), []

    def twin_of(e: Tensor, opacity: Tensor) -> Tensor:
        return e - TWIN * mask * opacity

    def opacity_of(e: Tensor) -> Tensor:
        seen.append(float(remaining(chest.opacity(z), chest.opacity(e), mask, REPEAT_ABOVE)))
        return chest.opacity(e)

    drawn = torch.Generator().manual_seed(60)
    noises = [torch.randn(z.shape, generator=drawn) for _ in range(TWINS.steps)]
    out = flow_from_twins(
        as_denoiser(field),
        z,
        mask,
        Twins(chest.opacity(z), twin_of, opacity_of, REPEAT_ABOVE),
        lambda e: chest.worlds(e, mask, "right_lower", 0.0),
        TWINS.flow(60),
    )
    return {
        **asdict(TWINS),
        "mask": numbers(mask),
        "noises": [rows(each) for each in noises],
        "twin": TWIN,
        "repeatAbove": REPEAT_ABOVE,
        "remaining": [float(f"{each:.{DIGITS}g}") for each in seen],
        "asked": asked(field),
        "result": rows(out),
    }


TWIN = 0.15
"""What the healthy twin takes from every channel of a cell, for each unit of opacity."""


def goldens() -> dict[str, Any]:
    generator = torch.Generator().manual_seed(20)
    z = torch.randn(1, LATENT_CHANNELS, HEIGHT, WIDTH, generator=generator)
    mask = torch.tensor([[0.0, 1, 1], [0, 0, 1]])[None, None]
    regions = torch.rand(1, len(REGIONS), HEIGHT, WIDTH, generator=generator)
    context = torch.randn(1, LATENT_CHANNELS, generator=generator)
    seen, wanted = statement({"left_lower": 1, "focus": 0.6}), statement({"left_lower": 3, "focus": 2.4})
    source, target = World(seen, regions, context), World(wanted, regions, context)

    drawn = torch.Generator().manual_seed(7)
    noises = [torch.randn(z.shape, generator=drawn) for _ in range(FLOW.steps * FLOW.averages)]
    twin_field = Field()
    twin = twin_flow(
        as_denoiser(twin_field),
        z,
        mask,
        source,
        target,
        FLOW.flow(7),
    )

    image = torch.rand(1, 1, 8 * HEIGHT, 8 * WIDTH, generator=generator) * 2 - 1
    grey = Grey.fit(z, image)
    before = torch.Generator().manual_seed(9)
    asked_noises = torch.randn(len(EXPECTED_AT), *z.shape, generator=before)
    clear = smoothed(grey(expected(as_denoiser(Field()), z, mask, source, asked_noises)), mask)
    sides = {
        name: Bounds.around(grey, clear, grey(z), torch.full((1, 1, 1, 1), asked), OVERSHOOT, UNDERSHOOT)
        for name, asked in (("lowered", -1.0), ("raised", 1.0))
    }
    bounds = sides["lowered"]
    bounded_field = Field()
    bounded = twin_flow(
        as_denoiser(bounded_field),
        z,
        mask,
        target,
        source,
        FLOW.flow(7, bounds),
    )

    noise = torch.randn(z.shape, generator=generator)
    paint_field = Field()
    painted = inpaint(as_denoiser(paint_field), z, mask, noise, target, PAINT.steps, PAINT.guidance, PAINT.shift)

    grids = [(12, 0.9, 1.0), (5, 1.0, 1.6), (1, 0.35, 3.0)]
    return {
        "latent": rows(z),
        "mask": numbers(mask),
        "regions": rows(regions),
        "context": numbers(context),
        "source": numbers(seen),
        "target": numbers(wanted),
        "everything": rows(full_inpaint(z)),
        "times": [{"steps": n, "start": s, "shift": k, "times": times(n, s, k)} for n, s, k in grids],
        "twinFlow": {
            **asdict(FLOW),
            "noises": [rows(each) for each in noises],
            "asked": asked(twin_field),
            "result": rows(twin),
        },
        "bounds": {
            "image": numbers(image),
            "noises": [rows(each) for each in asked_noises],
            "overshoot": OVERSHOOT,
            "undershoot": UNDERSHOOT,
            **{name: {"low": numbers(side.low), "high": numbers(side.high)} for name, side in sides.items()},
            "asked": asked(bounded_field),
            "result": rows(bounded),
        },
        "inpaint": {**asdict(PAINT), "noise": rows(noise), "asked": asked(paint_field), "result": rows(painted)},
        "mixed": mixed_goldens(z, image, regions, context),
        "twins": twins_goldens(z, image, regions, context),
        "search": search_goldens(),
    }


def main() -> None:
    PATH.write_text(json.dumps(goldens(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
