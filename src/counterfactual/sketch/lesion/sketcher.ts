/** What nodule and mass share: their options, and the drawing of one with the diameter asked. */

import type { Sketch, SketchContext, SketchOption, SketchRequest, Sketcher } from '../sketch';
import { amountOf } from '../sketch';
import { drawAway } from './away';
import type { Chest } from '../chest';
import { CHEST_GRID, fieldAt } from '../field';
import { bodyOf, type Density, type Margin, type Vessel } from './body';
import { drawBody, inLung } from './draw';
import { uniforms } from '../noise';
import { placeOf, type LesionKind, type LesionPlace } from './place';
import { joined, NUMBERS, othersOf } from './several';

export interface LesionSketcher extends Pick<Sketcher, 'finding' | 'amount'> {
  readonly kind: LesionKind;
  readonly margins: readonly [Margin, ...Margin[]];
}

const DENSITIES: readonly [Density, ...Density[]] = ['solid', 'part-solid', 'calcified', 'cavitating'];
/** Blur of the margin in mm: the thickness over which a real one is uncertain, and the focal spot's and the beating heart's. */
const EDGE_MM: Readonly<Record<Margin, number>> = { smooth: 1, lobulated: 1, spiculated: 1.2 };
/** A vessel of the outer lung that leads to it. */
const VESSEL_MM = 2.4;
/** The larger a body the less of its outline is seen edge on: blur as a share of its radius on top. */
const EDGE_SHARE = 0.07;

/** By the seed, some are discs with a rim and some are vague: of the margin's blur, and `round` of the body. */
const VAGUE = [0.4, 1.6] as const;
const ROUND = [0.65, 1.15] as const;

/** The film's unsharpness, from which strands stand out: in mm. */
const STRAND_MM = 0.45;
/** Seeds of the others stand this far apart. */
const OTHERS = 0x9e3779b1;
const CONSPICUITIES = ['usual', 'subtle', 'obvious'] as const;
type Conspicuity = (typeof CONSPICUITIES)[number];
/**
 * How deep its tissue counts. Usual is the median of real ones; of those of one size the lower quartile stands out by about two
 * thirds of it and the upper by more than one and a half (docs/decisions/170-nodules-as-dense-as-measured.md).
 */
const DEPTH: Readonly<Record<Conspicuity, number>> = { usual: 1, subtle: 0.6, obvious: 2.2 };

export function lesionSketcher({ finding, amount, kind, margins }: LesionSketcher): Sketcher {
  const options = [
    { name: 'margin', choices: margins },
    { name: 'density', choices: DENSITIES },
    { name: 'fluid', choices: ['none', 'level'] },
    { name: 'conspicuity', choices: CONSPICUITIES },
    { name: 'number', choices: NUMBERS },
  ] as const satisfies readonly SketchOption[];
  return {
    finding,
    amount,
    options,
    harmonise: 0,
    removes: { amount: 0, painted: true, harmonise: 0.85 },
    draw(context, request) {
      if (request.remove === true && request.mask !== undefined) return drawAway(context, request.mask, request.seed);
      const first = placeOf(context, request, kind, amountOf(amount, request));
      const number = chosen(request.options['number'], NUMBERS);
      const others = othersOf(context, request, first, { number, leastMm: kind.leastMm });
      return joined([
        drawnAt(context, request, margins, first, request.seed),
        // Each has a shape of its own.
        ...others.map((place, at) =>
          drawnAt(context, request, margins, place, (request.seed + (at + 1) * OTHERS) >>> 0),
        ),
      ]);
    },
  };
}

function drawnAt(
  context: SketchContext,
  request: SketchRequest,
  margins: LesionSketcher['margins'],
  place: LesionPlace,
  seed: number,
): Sketch {
  const [margin, density] = [chosen(request.options['margin'], margins), chosen(request.options['density'], DENSITIES)];
  const [vague = 0.5] = uniforms(seed, 18, 1);
  const edge = (density === 'part-solid' ? 1.8 : EDGE_MM[margin]) / (place.diameterMm / 2) + EDGE_SHARE;
  const body = bodyOf(margin, density, seed, {
    fluid: request.options['fluid'] === 'level',
    edge: Math.min(0.25, edge * (VAGUE[0] + (VAGUE[1] - VAGUE[0]) * vague)),
    strandEdge: STRAND_MM / (place.diameterMm / 2),
    vessel: vesselOf(context.chest, place),
  });
  const round = density === 'solid' ? ROUND[0] + (ROUND[1] - ROUND[0]) * vague : 1;
  const depth = DEPTH[chosen(request.options['conspicuity'], CONSPICUITIES)];
  return drawBody(context, { ...body, round }, place, request, inLung(depth));
}

/** From the lesion toward the hilum of its lung, and how wide a vessel is beside it. */
function vesselOf(chest: Chest, { x, y, diameterMm }: LesionPlace): Vessel {
  const [column, row] = [x * CHEST_GRID, y * CHEST_GRID];
  const hilum =
    fieldAt(chest.right.share, x, y) > fieldAt(chest.left.share, x, y) ? chest.right.hilum : chest.left.hilum;
  return {
    angle: Math.atan2(hilum.y - row, (hilum.x - column) * chest.aspect),
    width: VESSEL_MM / diameterMm,
  };
}

/** What was asked where it is one of the choices, else the usual one. */
function chosen<Choice extends string>(asked: string | undefined, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((choice) => choice === asked) ?? choices[0];
}
