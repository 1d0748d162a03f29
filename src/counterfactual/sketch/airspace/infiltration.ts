/** Infiltration: an ill-defined haze with more and thicker markings, less than consolidation. */

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
import { composed } from './compose';
import { fill, thickness } from './fill';
import { HAZE, surface } from './patches';
import { placings } from './placing';
import { strengthOf, type Strengths } from './strength';
import { onGrid, tonesOf } from './tones';
import { veil } from './veil';

const AMOUNT: SketchAmount = { unit: 'share', min: 0.015, max: 0.3, bySeverity: [0.025, 0.07, 0.13, 0.22] };
const STRENGTHS: Strengths = [0.02, 0.03, 0.08, 0.155, 0.32, 0.44];
/** Markings of the lung itself grow where it is infiltrated. */
const GAIN = 0.7;

export const infiltration: Sketcher = {
  finding: 'infiltration',
  amount: AMOUNT,
  options: [],
  harmonise: 0.6,
  draw,
};

function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const filled = fill(
    placings(chest, request),
    strengthOf(AMOUNT, STRENGTHS, amount),
    surface(request.seed, 41, chest, { ...HAZE, patchMm: 22 }),
    { densest: 0.68, softness: 0.6 },
    ({ frame, weight }) =>
      weight.data.map((own, cell) =>
        own === 0
          ? 0
          : own * thickness(frame, cell) * (0.5 + 0.5 * smoothstep(110, 25, frame.fromHilum.data[cell] as number)),
      ),
  );
  const tones = tonesOf(image, chest);
  return composed(
    image,
    {
      change: veil(tones, { share: onGrid(tones, filled.share), loss: -GAIN, border: onGrid(tones, filled.border) }),
      where: filled.where,
    },
    request,
    { amount },
  );
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'infiltration',
  signs: [
    'An ill-defined, patchy haze.',
    'Markings in it are more and thicker than elsewhere; vessels still show.',
    'Borders of heart and diaphragm are mostly kept.',
  ],
  sites: ['Any zone, more often central and lower.'],
  sizes: ['Patches of 1 to 4 cm without a border.'],
  attenuation: ['Less than consolidation: up to half of the way from lung to soft tissue.'],
  companions: ['pneumonia', 'lung_opacity', 'effusion'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008 (infiltrate: a term better replaced by opacity)',
    'Wang et al., ChestX-ray8, CVPR 2017 (the label as it is used in data sets)',
  ],
};
