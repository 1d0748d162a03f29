/**
 * Lung opacity: air spaces filled in patches, in one of the patterns that readers name. A smooth field of attenuation, so that
 * there is nothing of the broken glass that a denoiser makes of severe opacity.
 *
 * Patterns follow Goodman, Felson's Principles of Chest Roentgenology (air-space disease is fluffy, confluent, ill defined) and
 * the Fleischner glossary (Hansell 2008: ground glass keeps vessels and bronchial margins visible, consolidation hides them).
 */

import { composed } from './compose';
import { fill, thickness } from './fill';
import { smoothstep } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { lobe } from './lobes';
import type { LungFrame } from './lungFrame';
import { AIRSPACE, HAZE, surface, type Filling, type Grain } from './patches';
import { placings, type Placing } from './placing';
import { ZONES } from '../../../findings/vocabulary';
import type { Chest } from '../chest';
import {
  amountOf,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { shapedSurface } from './shape';
import { strengthOf, type Strengths } from './strength';
import { onGrid, tonesOf } from './tones';
import { veil } from './veil';

export const OPACITY_PATTERNS = ['patchy', 'lobar', 'perihilar', 'peripheral', 'basal', 'ground glass'] as const;
export type OpacityPattern = (typeof OPACITY_PATTERNS)[number];

/** Mean share of the air replaced where it is asked. Mild is Brixia 1, haze; moderate 2; severe 3, most of the zone white. */
export const OPACITY_AMOUNT: SketchAmount = {
  unit: 'share',
  min: 0.03,
  max: 0.64,
  bySeverity: [0.05, 0.18, 0.37, 0.6],
};
const STRENGTHS: Strengths = [0.04, 0.08, 0.25, 0.5, 0.8, 0.85];

interface Style {
  readonly grain: Grain;
  readonly filling: Filling;
  /** Share of the lung's own detail that goes where it is full. */
  readonly loss: number;
  /** Where within the lung, on CHEST_GRID; absent: everywhere. */
  readonly within?: (frame: LungFrame, cell: number) => number;
}

const STYLES: Readonly<Record<OpacityPattern, Style>> = {
  patchy: { grain: AIRSPACE, filling: { densest: 0.92, softness: 0.6 }, loss: 0.42 },
  lobar: { grain: AIRSPACE, filling: { densest: 0.92, softness: 0.9 }, loss: 0.6 },
  perihilar: {
    grain: AIRSPACE,
    filling: { densest: 0.9, softness: 0.6 },
    loss: 0.45,
    within: ({ fromHilum }, cell) => smoothstep(95, 15, fromHilum.data[cell] as number),
  },
  peripheral: {
    grain: AIRSPACE,
    filling: { densest: 0.9, softness: 0.5 },
    loss: 0.45,
    within: ({ fromWall }, cell) => smoothstep(62, 22, fromWall.data[cell] as number),
  },
  basal: {
    grain: AIRSPACE,
    filling: { densest: 0.92, softness: 0.6 },
    loss: 0.5,
    within: ({ down }, cell) => smoothstep(0.42, 0.95, down.data[cell] as number),
  },
  'ground glass': { grain: HAZE, filling: { densest: 0.6, softness: 0.9 }, loss: 0 },
};

export const lungOpacity: Sketcher = {
  finding: 'lung_opacity',
  amount: OPACITY_AMOUNT,
  options: [{ name: 'pattern', choices: OPACITY_PATTERNS }],
  harmonise: 0.6,
  draw: (context, request) => drawOpacity(context, request, patternOf(request)),
};

function patternOf({ options }: SketchRequest): OpacityPattern {
  return OPACITY_PATTERNS.find((pattern) => pattern === options.pattern) ?? 'patchy';
}

/** @throws SketchImpossibleError where the place lies outside the lungs */
export function drawOpacity({ image, chest }: SketchContext, request: SketchRequest, pattern: OpacityPattern): Sketch {
  const style = STYLES[pattern];
  const amount = amountOf(OPACITY_AMOUNT, request);
  const asked = strengthOf(OPACITY_AMOUNT, STRENGTHS, amount);
  const strength = Math.min(asked, style.filling.densest * 0.95);
  const seeded = surface(request.seed, 11, chest, style.grain);
  const { shape } = request;
  const relief = shape === undefined ? seeded : shapedSurface(seeded, chest, shape);
  // A donor's opacity leans where the donor's does.
  const placed = placings(chest, request).map(({ lean, ...placing }) =>
    shape === undefined && lean !== undefined ? { ...placing, lean } : placing,
  );
  const { share, where, border } = fill(placed, strength, relief, style.filling, (placing) =>
    weightOf(chest, placing, pattern, style, request.seed),
  );
  const tones = tonesOf(image, chest);
  const change = veil(tones, {
    share: onGrid(tones, share),
    loss: style.loss,
    indistinct: 0.5 * style.loss,
    border: onGrid(tones, border),
  });
  return composed(image, { change, where }, request, { amount: amount * (strength / asked) });
}

function weightOf(
  chest: Chest,
  placing: Placing,
  pattern: OpacityPattern,
  { within }: Style,
  seed: number,
): Float32Array {
  const { frame, asked, weight } = placing;
  const lobes =
    pattern === 'lobar'
      ? asked.flatMap((is, level) =>
          is
            ? [lobe(ZONES[(frame.lung.side === 'right' ? 0 : 3) + level] as (typeof ZONES)[number], chest, frame, seed)]
            : [],
        )
      : [];
  return weight.data.map((own, cell) => {
    // A lobe reaches beyond the zone that names it.
    const placed =
      lobes.length > 0
        ? (frame.reach.data[cell] as number) * Math.max(...lobes.map(({ data }) => data[cell] as number))
        : own;
    return placed * thickness(frame, cell) * (within?.(frame, cell) ?? 1);
  });
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'lung_opacity',
  signs: [
    'Part of a lung is whiter than it should be, with a soft, fluffy edge.',
    'Patches grow and flow together as there is more of it.',
    'Vessels show through ground glass and are lost in consolidation.',
    'The border of the heart or the diaphragm is lost where it touches filled lung.',
  ],
  sites: ['Anywhere in the lungs; the pattern (patchy, lobar, perihilar, peripheral, basal) hints at the cause.'],
  sizes: [
    'Acini 6 to 10 mm, lobules 10 to 25 mm, patches of several centimetres.',
    'Brixia 1 interstitial haze, 2 haze with consolidation, 3 mostly consolidation.',
  ],
  attenuation: ['Between aerated lung and soft tissue (the heart); full consolidation comes close to the heart.'],
  companions: ['effusion', 'consolidation'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008',
    "Goodman, Felson's Principles of Chest Roentgenology, 3rd ed. 2007, chapters on air-space disease and the silhouette sign",
    'Borghesi and Maroldi, COVID-19 outbreak in Italy: Brixia score, Radiologia Medica 125, 2020',
  ],
};
