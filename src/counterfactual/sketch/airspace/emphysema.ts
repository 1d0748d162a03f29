/**
 * Emphysema: too much air. Upper lungs are darker and have few, thin vessels; the diaphragms are low and flat, the heart is narrow;
 * where it is severe, bullae show as round dark places with a hair-thin wall.
 */

import type { Chest } from '../chest';
import { CHEST_GRID, fieldIn, makeField, smoothstep, type Box, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { uniforms } from '../noise';
import {
  amountOf,
  severityOfAmount,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { composed } from './compose';
import { emptyField, fill, join } from './fill';
import { addMoved, moved } from './moved';
import { HAZE, surface } from './patches';
import { placings, type Placing } from './placing';
import { strokesIn, type Stroke } from './strokes';
import { lineContrast, onGrid, tonesAfter } from './tones';
import { overinflated } from './volume';

/** Share of the lung's tissue that is gone. */
const AMOUNT: SketchAmount = { unit: 'share', min: 0.05, max: 0.9, bySeverity: [0.1, 0.3, 0.5, 0.75] };

export const emphysema: Sketcher = {
  finding: 'emphysema',
  amount: AMOUNT,
  options: [
    { name: 'volume', choices: ['gained', 'kept'] },
    { name: 'bullae', choices: ['by severity', 'none'] },
  ],
  harmonise: 0,
  draw,
};

function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const severity = severityOfAmount(AMOUNT, amount);
  const where = placings(chest, request);
  const isWhole =
    where.length === 2 && request.mask === undefined && request.at === undefined && request.options.volume !== 'kept';
  const gone = fill(
    where,
    amount,
    surface(request.seed, 121, chest, HAZE),
    { densest: 0.98, softness: 1.6 },
    ({ frame, weight, asked }) =>
      weight.data.map((own, cell) =>
        own === 0
          ? 0
          : own * (asked.every(Boolean) ? 0.4 + 0.6 * smoothstep(0.85, 0.25, frame.down.data[cell] as number) : 1),
      ),
  );
  const flattenMm = isWhole ? 4 + 3.2 * severity : 0;
  const narrow = isWhole ? 1 - 0.05 * severity : 1;
  const after = moved(
    image,
    isWhole
      ? overinflated(
          chest,
          where.map(({ frame }) => frame),
          flattenMm,
          narrow,
        )
      : undefined,
  );
  const tones = tonesAfter(after, chest);
  const { film, base, air, tissue } = tones;
  const share = onGrid(tones, after.field(gone.share));
  // Air is as dark as the darkest lung, a little darker; vessels go, ribs (broad) stay.
  const change = new Float32Array(share.length);
  const floor = Math.max(0.01, air - 0.1 * (tissue - air));
  for (let cell = 0; cell < change.length; cell++) {
    const own = share[cell] as number;
    if (own === 0) continue;
    const [value, low] = [film.data[cell] as number, base.data[cell] as number];
    const darker = 0.55 * Math.max(0, low - floor) + 0.08 * (tissue - air);
    change[cell] =
      -own * (Math.min(darker, Math.max(0, value - 0.01)) + 0.4 * Math.max(-0.03, Math.min(0.1, value - low)));
  }
  const bullae =
    request.options.bullae === 'none'
      ? []
      : where.flatMap((placing) => bullaeIn(chest, placing, severity, request.seed));
  const air2 = bullaeField(chest, bullae);
  const inside = emptyField();
  for (const { weight } of where) join(inside, weight.data);
  const walls: readonly Stroke[] = bullae.map(wallOf(chest));
  const fine = (added: Float32Array, box: Box): void => {
    const [drawn, dark, own] = [
      strokesIn(walls, chest, box, image.width, image.height, tones.blurPixels),
      fieldIn(air2, box, image.width, image.height),
      fieldIn(inside, box, image.width, image.height),
    ];
    const step = tissue - air;
    const stands = lineContrast(tones, 0.12 * step);
    for (let at = 0; at < added.length; at++)
      added[at] =
        (added[at] as number) +
        (own[at] as number) * (stands * (drawn[at] as number) - 0.08 * step * (dark[at] as number));
    addMoved(added, after, box);
  };
  join(after.area, after.field(gone.where).data);
  return composed(image, { change: { ...film, data: change }, where: after.area, fine }, request, {
    amount,
    loweredMm: flattenMm,
    heartWidthRatio: narrow,
    bullae: bullae.length,
  });
}

interface Bulla {
  readonly x: number;
  readonly y: number;
  readonly radiusMm: number;
  readonly squash: number;
  readonly gap: number;
}

/** In the upper lung, along its edge, more than a centimetre wide (Hansell 2008). */
function bullaeIn(chest: Chest, { frame, weight }: Placing, severity: number, seed: number): readonly Bulla[] {
  const count = Math.round(4 * smoothstep(1.6, 3, severity));
  const chance = uniforms(seed, frame.lung.side === 'right' ? 122 : 123, 20);
  const { lung } = frame;
  const outward = lung.side === 'right' ? -1 : 1;
  return Array.from({ length: count }, (_, at) => {
    const [up = 0.5, across = 0.5, size = 0.5, squash = 0.5, gap = 0.5] = chance.slice(5 * at, 5 * at + 5);
    const radiusMm = 8 + 12 * size;
    const y = lung.top + radiusMm / chest.millimetresPerRow + 3 + up * 0.4 * (lung.bottom - lung.top);
    const wall = lung.lateral[Math.round(y)] as number;
    return {
      x: wall - (outward * (radiusMm * (0.95 + 0.8 * across))) / chest.millimetresPerRow / chest.aspect,
      y,
      radiusMm,
      squash: 0.8 + 0.4 * squash,
      gap,
    };
  }).filter(({ x, y }) => (weight.data[Math.round(y) * CHEST_GRID + Math.round(x)] ?? 0) > 0.3);
}

function bullaeField(chest: Chest, bullae: readonly Bulla[]): Field {
  return makeField(CHEST_GRID, (x, y) =>
    bullae.reduce((most, bulla) => {
      const distance =
        Math.hypot((x + 0.5 - bulla.x) * chest.aspect, (y + 0.5 - bulla.y) / bulla.squash) * chest.millimetresPerRow;
      return Math.max(most, smoothstep(bulla.radiusMm + 1, bulla.radiusMm - 3, distance));
    }, 0),
  );
}

/** Never a whole ring: the wall is seen where the beam grazes it. */
function wallOf(chest: Chest): (bulla: Bulla) => Stroke {
  return ({ x, y, radiusMm, squash, gap }) =>
    Array.from({ length: 25 }, (_, at) => {
      const angle = (at / 24) * 1.3 * Math.PI + gap * 2 * Math.PI;
      const radius = radiusMm / chest.millimetresPerRow;
      return {
        x: x + (Math.cos(angle) * radius) / chest.aspect,
        y: y + Math.sin(angle) * radius * squash,
        widthMm: 0.9,
        strength: smoothstep(0, 0.25, at / 24) * smoothstep(1, 0.75, at / 24),
      };
    });
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'emphysema',
  signs: [
    'Upper lungs are darker than they should be, with few and thin vessels.',
    'The diaphragms are low and flat.',
    'The heart is narrow.',
    'Bullae: round dark places with a hair-thin wall.',
  ],
  sites: ['Both lungs, upper more than lower (centrilobular); bases in alpha-1 antitrypsin deficiency.'],
  sizes: [
    'The dome of a flat diaphragm rises less than 1.5 cm above its angles.',
    'Bullae are wider than 1 cm, their walls thinner than 1 mm.',
  ],
  attenuation: ['Less than lung, toward air.'],
  companions: ['pneumothorax', 'fibrosis'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008 (emphysema, bulla)',
    'Thurlbeck and Simon, Radiographic appearance of the chest in emphysema, AJR 130, 1978',
    'Foster et al., The emphysemas: radiologic-pathologic correlations, RadioGraphics 13, 1993',
  ],
};
