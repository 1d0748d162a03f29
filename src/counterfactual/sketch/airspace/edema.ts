/**
 * Pulmonary edema, in the order in which pressure brings it: vessels without sharp borders, cuffs round bronchi and septal lines
 * (Kerley B) at the bases, then haze that spreads from the hila like wings and spares the outer lung.
 */

import type { Chest } from '../chest';
import { smoothstep, type Box, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { keptByPair } from '../kept';
import { smoothNoise, uniforms } from '../noise';
import {
  amountOf,
  severityOfAmount,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { fullerVessels } from './cephalisation';
import { composed } from './compose';
import { bronchiToward, opened } from './consolidation';
import { emptyField, fill, join, thickness } from './fill';
import { minorFissure } from './lobes';
import type { LungFrame } from './lungFrame';
import { HAZE, surface } from './patches';
import { placings, type Placing } from './placing';
import { addStrokes, curve, strokesIn, type Stroke } from './strokes';
import { strengthOf, type Strengths } from './strength';
import { lineContrast, onGrid, tonesOf, type Tones } from './tones';
import { veil } from './veil';

const AMOUNT: SketchAmount = { unit: 'share', min: 0.01, max: 0.47, bySeverity: [0.025, 0.07, 0.19, 0.38] };
const STRENGTHS: Strengths = [0.055, 0.14, 0.31, 0.57, 0.78, 0.9];

/** How much lobules and acini differ, and over which share of the image: some 5 mm and 2 mm. */
const GRAIN = [0.04, 0.03] as const;
const GRAIN_SHARE = [0.006, 0.0028] as const;
/** Haze ends so far over heart and diaphragm: filled further, they are a flat band beside vessels that show. */
const BEYOND_MM = 12;
/** Bronchi with thick walls that are seen end on, beside each hilum. */
const CUFFS = 3;
/**
 * A vessel gains no more than so much of what it is less dense than this share of the way from lung to soft tissue, haze and all: one
 * that is seen end on is nearly that dense, and would be a bright bead.
 */
const VESSEL_MOST = 0.7;
const VESSEL_ROOM = 0.4;
/** Of fissure and cuffs, what severe haze hides. */
const DROWNED = 0.7;

export const edema: Sketcher = {
  finding: 'edema',
  amount: AMOUNT,
  options: [{ name: 'pattern', choices: ['alveolar', 'interstitial'] }],
  harmonise: 0,
  draw,
};

function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const severity = severityOfAmount(AMOUNT, amount);
  const isInterstitial = request.options.pattern === 'interstitial';
  const where = placings(chest, request);
  // Wings, which grow; what is severe leaves the apex and a rim along the wall.
  const wings = 65 + 75 * smoothstep(1.2, 3, severity);
  const strength = strengthOf(AMOUNT, STRENGTHS, amount);
  const haze = isInterstitial ? strength * 0.45 : strength;
  const filled = fill(
    where,
    haze,
    surface(request.seed, 51, chest, { ...HAZE, patchMm: 36, lobuleMm: 15, weights: [1, 0.55, 0.3] }),
    { densest: 0.5, softness: 1.3 },
    ({ frame, weight }) =>
      weight.data.map((own, cell) =>
        own === 0
          ? 0
          : own *
            thickness(frame, cell) *
            wingAt(frame, cell, wings) *
            smoothstep(-BEYOND_MM, -2, frame.fromEdge.data[cell] as number),
      ),
  );
  const tones = tonesOf(image, chest);
  const share = onGrid(tones, filled.share);
  granulate(share, [
    onGrid(tones, smoothNoise(request.seed, 57, GRAIN_SHARE[0])),
    onGrid(tones, smoothNoise(request.seed, 58, GRAIN_SHARE[1])),
  ]);
  const change = veil(tones, {
    share,
    loss: 0.3,
    indistinct: 0.65,
    border: outlinesOnGrid(where, tones),
    hazy: true,
  });
  const vessels = fullerVessels(image, chest, tones, where, smoothstep(0.1, 1.3, severity));
  const vesselMost = tones.air + VESSEL_MOST * Math.max(0.1, tones.tissue - tones.air);
  const fuller = { ...change, data: change.data.slice() };
  for (let cell = 0; cell < fuller.data.length; cell++) {
    const added = fuller.data[cell] as number;
    const more = (1 - 0.85 * (share[cell] as number)) * (vessels[cell] as number);
    const room = vesselMost - (tones.film.data[cell] as number) - added;
    fuller.data[cell] = added + Math.min(more, Math.max(0, VESSEL_ROOM * room));
  }
  const step = Math.max(0.1, tones.tissue - tones.air);
  const lines = where.map(({ frame }) => ({
    septa: [
      ...septalLines(chest, frame, isInterstitial ? severity + 0.6 : severity, request.seed),
      ...(frame.lung.side === 'right' ? [thickFissure(frame, severity, request.seed)] : []),
    ],
    cuffs: cuffs(chest, frame, severity, request.seed),
  }));
  // Where alveoli are full bronchi stay open.
  const bronchi = where.flatMap(({ frame }) =>
    bronchiToward(chest, frame, filled.share, request.seed).map((stroke) =>
      stroke.map((point) => ({ ...point, strength: point.strength * 0.5 * smoothstep(1.9, 3, severity) })),
    ),
  );
  const [inside, area] = [emptyField(), emptyField()];
  for (const { frame, weight } of where) {
    join(area, weight.data);
    join(
      inside,
      weight.data.map((own, cell) => Math.min(own, frame.inside.data[cell] as number)),
    );
  }
  const fine = (added: Float32Array, box: Box): void => {
    opened(added, box, bronchi, chest, filled.share, image.width, image.height);
    const draws = [
      [lines.flatMap(({ septa }) => septa), 0.09 + 0.02 * severity],
      [lines.flatMap(({ cuffs: rings }) => rings), 0.12],
    ] as const;
    for (const [strokes, contrast] of draws) {
      const drawn = strokesIn(strokes, chest, box, image.width, image.height, tones.blurPixels);
      addStrokes(added, drawn, { within: inside, stands: lineContrast(tones, contrast * step) }, box, image);
    }
  };
  const septa = lines.reduce((sum, { septa: drawn }) => sum + drawn.length, 0);
  return composed(image, { change: fuller, where: area, fine }, request, {
    amount: isInterstitial ? amount * 0.45 : amount,
    septalLines: septa,
  });
}

const outlinesOnGrid = keptByPair((where: readonly Placing[], tones: Tones) => onGrid(tones, outlines(where)));

/** 1 beyond the lungs' outlines beside heart and diaphragm, 0 within. */
function outlines(where: readonly Placing[]): Field {
  const all = emptyField();
  for (const { frame } of where) {
    const others = where.filter((other) => other.frame !== frame).map((other) => other.frame.inside.data);
    join(
      all,
      frame.border.data.map((own, cell) =>
        others.reduce(
          (least, inside) => Math.min(least, 1 - (inside[cell] as number)),
          Math.min(own, smoothstep(8, 1, frame.fromEdge.data[cell] as number)),
        ),
      ),
    );
  }
  return all;
}

/** Lobules and acini do not fill alike: some are a sixth fuller than the share about them, some as much emptier. In place. */
function granulate(share: Float32Array, [lobules, acini]: readonly [Float32Array, Float32Array]): void {
  for (let cell = 0; cell < share.length; cell++) {
    const own = share[cell] as number;
    if (own === 0) continue;
    const uneven =
      GRAIN[0] * Math.max(-2, Math.min(2, lobules[cell] as number)) +
      GRAIN[1] * Math.max(-2, Math.min(2, acini[cell] as number));
    share[cell] = own * (1 + uneven * (1 - 0.5 * own));
  }
}

/** Round the hilum and toward the base, with a clearer rim along the chest wall and a clear apex. */
function wingAt({ fromHilum, fromWall, down }: LungFrame, cell: number, reachMm: number): number {
  const rim = smoothstep(2, 38, fromWall.data[cell] as number);
  const low = down.data[cell] as number;
  // Pressure is greatest below: severe haze goes down to the diaphragm and beside the heart, and thins out over the upper lung.
  const basal = smoothstep(70, 120, reachMm);
  return (
    Math.max(
      smoothstep(reachMm + 85, 0.1 * reachMm, fromHilum.data[cell] as number),
      basal * smoothstep(0.3, 0.85, low),
    ) *
    (0.3 + 0.3 * basal + (0.7 - 0.3 * basal) * rim) *
    (0.45 * basal + (1 - 0.45 * basal) * smoothstep(0, 0.6, low))
  );
}

/** Kerley B: thin, 1-2 cm, from the chest wall straight inward, a centimetre apart or less, just above the angle. */
function septalLines(chest: Chest, { lung }: LungFrame, severity: number, seed: number): readonly Stroke[] {
  const { millimetresPerRow: mm, aspect } = chest;
  const outward = lung.side === 'right' ? -1 : 1;
  const chance = uniforms(seed, lung.side === 'right' ? 101 : 102, 48);
  const most = Math.round(9 * smoothstep(0.4, 2.4, severity));
  const strokes: Stroke[] = [];
  let y = lung.costophrenic.y - 12 / mm;
  for (let line = 0; line < most; line++) {
    const [gap = 0.5, reach = 0.5, tilt = 0.5, force = 0.5] = chance.slice(4 * line, 4 * line + 4);
    y -= (3.5 + 8 * gap * gap) / mm;
    const wall = lung.lateral[Math.round(y)];
    if (wall === undefined || Number.isNaN(wall)) break;
    const start = { x: wall - (outward * (1 + 4 * tilt)) / mm / aspect, y };
    strokes.push(
      curve(
        chest,
        start,
        (outward < 0 ? 0 : Math.PI) + outward * 0.08 + (force - 0.5) * 0.45,
        7 + 10 * reach,
        (tilt - 0.5) * 0.3,
        (along) => ({
          widthMm: 0.9,
          strength: (0.25 + 0.75 * force) * smoothstep(0, 0.15, along) * smoothstep(1, 0.6, along),
        }),
      ),
    );
  }
  return strokes;
}

/** Bronchi seen end on beside the hilum, their walls thick and soft. */
function cuffs(chest: Chest, { lung }: LungFrame, severity: number, seed: number): readonly Stroke[] {
  const outward = lung.side === 'right' ? -1 : 1;
  const chance = uniforms(seed, lung.side === 'right' ? 104 : 105, 3 * CUFFS);
  const { millimetresPerRow: mm, aspect } = chest;
  const seen = smoothstep(0.3, 1.8, severity) * (1 - DROWNED * smoothstep(1.8, 3, severity));
  return Array.from({ length: CUFFS }, (_, cuff) => {
    const [across = 0.5, up = 0.5, size = 0.5] = chance.slice(3 * cuff, 3 * cuff + 3);
    const centre = {
      x: lung.hilum.x + (outward * (14 + 10 * across + 5 * cuff)) / mm / aspect,
      y: lung.hilum.y - (6 + 16 * up - 14 * cuff) / mm,
    };
    const radius = (2.4 + 0.9 * size - 0.35 * cuff) / mm;
    return Array.from({ length: 17 }, (_point, at) => {
      const angle = (at / 16) * 2 * Math.PI;
      return {
        x: centre.x + (Math.cos(angle) * radius) / aspect,
        y: centre.y + Math.sin(angle) * radius,
        widthMm: 1.5,
        strength: (1 - 0.25 * cuff) * seen * (0.75 + 0.25 * Math.cos(angle - up * 6)),
      };
    });
  });
}

/** The minor fissure, thickened by fluid. */
function thickFissure(frame: LungFrame, severity: number, seed: number): Stroke {
  const row = minorFissure(frame, seed);
  const { hilum, lateral } = frame.lung;
  const end = lateral[Math.round(hilum.y)] as number;
  return Array.from({ length: 13 }, (_, at) => {
    const x = hilum.x + (end - hilum.x) * (0.25 + 0.72 * (at / 12));
    return {
      x,
      y: row(x),
      widthMm: 1.1,
      strength:
        0.7 *
        smoothstep(0.6, 2, severity) *
        (1 - DROWNED * smoothstep(1.8, 3, severity)) *
        smoothstep(0, 0.3, at / 12) *
        smoothstep(1.02, 0.7, at / 12),
    };
  });
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'edema',
  signs: [
    'Vessels of the upper lungs are as wide as those of the lower or wider.',
    'Thin horizontal lines at the outer bases that reach the pleura: septal lines (Kerley B).',
    'Bronchi seen end on have thick, soft walls; hila and vessels lose their sharp borders.',
    'Haze on both sides of the heart like wings, with a clear rim along the chest wall.',
    'Often an enlarged heart and effusions.',
  ],
  sites: ['Both lungs, central and lower; the outer third is spared at first.'],
  sizes: [
    'Septal lines 10 to 20 mm long, about 1 mm thick, 5 to 10 mm apart.',
    'Wedge pressure 13-18 mmHg: cephalisation; 18-25: septal lines and cuffs; above 25: haze.',
  ],
  attenuation: ['Haze that hides vessels partly, up to nearly soft tissue beside the hila.'],
  companions: ['cardiomegaly', 'effusion'],
  sources: [
    'Gluecker et al., Clinical and radiologic features of pulmonary edema, RadioGraphics 19, 1999',
    'Milne et al., The radiologic distinction of cardiogenic and noncardiogenic edema, AJR 144, 1985',
  ],
};
