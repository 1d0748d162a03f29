/** Pneumonia: bronchopneumonia in patches that follow the bronchi, or a lobe full of it. */

import { smoothstep } from '../field';
import type { SketchKnowledge } from '../knowledge';
import {
  amountOf,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { bronchiToward, drawConsolidation, opened } from './consolidation';
import { composed } from './compose';
import { fill, thickness } from './fill';
import { AIRSPACE, surface } from './patches';
import { placings } from './placing';
import { strengthOf, type Strengths } from './strength';
import { onGrid, tonesOf } from './tones';
import { veil } from './veil';

const AMOUNT: SketchAmount = { unit: 'share', min: 0.035, max: 0.57, bySeverity: [0.05, 0.15, 0.29, 0.47] };
const STRENGTHS: Strengths = [0.035, 0.055, 0.16, 0.36, 0.6, 0.74];

const HARMONISED = 0.6;

export const pneumonia: Sketcher = {
  finding: 'pneumonia',
  amount: AMOUNT,
  options: [{ name: 'kind', choices: ['bronchopneumonia', 'lobar'] }],
  harmonise: HARMONISED,
  draw: (context, request) =>
    request.options.kind === 'lobar'
      ? drawConsolidation(context, request, [AMOUNT, STRENGTHS], true, HARMONISED)
      : drawBronchopneumonia(context, request),
};

function drawBronchopneumonia({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const where = placings(chest, request);
  // Gravity and aspiration: the lower parts of what is asked have more of it.
  const filled = fill(
    where,
    strengthOf(AMOUNT, STRENGTHS, amount),
    surface(request.seed, 31, chest, AIRSPACE),
    { densest: 0.9, softness: 0.5 },
    ({ frame, weight }) =>
      weight.data.map((own, cell) =>
        own === 0
          ? 0
          : own * thickness(frame, cell) * (0.55 + 0.45 * smoothstep(0.15, 0.8, frame.down.data[cell] as number)),
      ),
  );
  const tones = tonesOf(image, chest);
  const change = veil(tones, { share: onGrid(tones, filled.share), loss: 0.35, border: onGrid(tones, filled.border) });
  const bronchi = where.flatMap(({ frame }) => bronchiToward(chest, frame, filled.share, request.seed));
  return composed(
    image,
    {
      change,
      where: filled.where,
      fine: (added, box) => opened(added, box, bronchi, chest, filled.share, image.width, image.height),
    },
    request,
    { amount },
  );
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'pneumonia',
  signs: [
    'Fluffy white patches in one or more segments (bronchopneumonia), or a lobe that is white to its fissure.',
    'Patches flow together as it grows; open bronchi may show in them.',
    'No loss of volume; a small effusion may lie beside it.',
  ],
  sites: ['Any lobe, lower lobes most often; patches follow the bronchi.'],
  sizes: ['Patches of 1 to 3 cm that merge to segments and lobes.'],
  attenuation: ['Haze to nearly soft tissue.'],
  companions: ['consolidation', 'infiltration', 'effusion', 'lung_opacity'],
  sources: [
    'Franquet, Imaging of community-acquired pneumonia, Journal of Thoracic Imaging 33, 2018',
    "Goodman, Felson's Principles of Chest Roentgenology, 3rd ed. 2007, chapter on air-space disease",
  ],
};
