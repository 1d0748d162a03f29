/** What nodule and mass share: their options, and the drawing of one with the diameter asked. */

import type { SketchOption, Sketcher } from '../sketch';
import { amountOf } from '../sketch';
import { drawAway } from './away';
import { bodyOf, type Density, type Margin } from './body';
import { drawBody } from './draw';
import { placeOf, type LesionKind } from './place';

export interface LesionSketcher extends Pick<Sketcher, 'finding' | 'amount'> {
  readonly kind: LesionKind;
  readonly margins: readonly [Margin, ...Margin[]];
}

const DENSITIES: readonly [Density, ...Density[]] = ['solid', 'part-solid', 'calcified', 'cavitating'];
/** Blur of the margin in mm: the thickness over which a real one is uncertain, and the focal spot's and the beating heart's. */
const EDGE_MM: Readonly<Record<Margin, number>> = { smooth: 0.7, lobulated: 0.7, spiculated: 1 };

export function lesionSketcher({ finding, amount, kind, margins }: LesionSketcher): Sketcher {
  const options = [
    { name: 'margin', choices: margins },
    { name: 'density', choices: DENSITIES },
    { name: 'fluid', choices: ['none', 'level'] },
  ] as const satisfies readonly SketchOption[];
  return {
    finding,
    amount,
    options,
    harmonise: 0,
    removes: { amount: 0, painted: true },
    draw(context, request) {
      if (request.remove === true && request.mask !== undefined) return drawAway(context, request.mask, request.seed);
      const place = placeOf(context.chest, request, kind, amountOf(amount, request));
      const [margin, density] = [
        chosen(request.options['margin'], margins),
        chosen(request.options['density'], DENSITIES),
      ];
      const edge = (density === 'part-solid' ? 1.6 : EDGE_MM[margin]) / (place.diameterMm / 2);
      const body = bodyOf(margin, density, request.seed, {
        fluid: request.options['fluid'] === 'level',
        edge: Math.min(0.25, edge),
      });
      return drawBody(context, body, place, request);
    },
  };
}

/** What was asked where it is one of the choices, else the usual one. */
function chosen<Choice extends string>(asked: string | undefined, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((choice) => choice === asked) ?? choices[0];
}
