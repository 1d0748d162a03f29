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
from ..findings import FINDINGS, REGIONS
from ..networks.autoencoder import LATENT_CHANNELS
from ..networks.denoiser import Denoiser
from ..sampling import EXPECTED_AT, World, expected, full_inpaint, inpaint, times, twin_flow
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


FLOW = Settings(steps=4, start=0.9, shift=1.5, guidance=3.5, averages=2)
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
        FLOW.steps,
        FLOW.guidance,
        FLOW.start,
        torch.Generator().manual_seed(7),
        FLOW.shift,
        FLOW.averages,
        against="source",
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
        FLOW.steps,
        FLOW.guidance,
        FLOW.start,
        torch.Generator().manual_seed(7),
        FLOW.shift,
        FLOW.averages,
        against="source",
        bounds=bounds,
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
        "search": search_goldens(),
    }


def main() -> None:
    PATH.write_text(json.dumps(goldens(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
