/**
 * An enlarged heart, or one brought back to size: both borders are moved, the left one most and lowest, as the left ventricle
 * enlarges to the left and downwards (heart/grown.ts), until the heart's width over the thorax's is what was asked. Above 0.5 is enlarged on a
 * PA film (Danzer, Am J Med Sci 1919; Truszkiewicz et al., J Clin Med 2021); hearts range from 0.39 to 0.5.
 */

import * as say from '../../messages/en/sketch';
import { SketchImpossibleError } from '../errors';
import type { Chest, Lung } from './chest';
import { densityAt, type DensityImage } from './density';
import { CHEST_GRID, fieldIn, smoothstep, type Box, type Field } from './field';
import { borderAt, meetingOf, ROWS, stripOf, type Strip } from './heart/border';
import { grownBy, type GrownForm } from './heart/grown';
import { movedSilhouette } from './heart/move';
import { keptBy, keptByPair } from './kept';
import type { SketchKnowledge } from './knowledge';
import { uniforms } from './noise';
import { paintedIn } from './painted';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from './sketch';

const AMOUNT = { unit: 'ratio', min: 0.34, max: 0.72, bySeverity: [0.46, 0.53, 0.58, 0.63] } as const;
/** A difference of less than this in the ratio is none that anyone measures. */
const LEAST = 0.006;
/** A heart of normal size, with room to the 0.5 above which it counts as enlarged. */
const NORMAL = 0.46;
const INNER_MM = 95;
const OUTER_MM = 105;
/** Lung that stays between heart and wall. */
const ROOM_MM = 6;
const MOST_RIGHT_MM = 14;
/** By no more is a border told to lie inside of the heart's width: else it is another structure's. */
const SHORT_MM = 5;
/** Share of the lung's fine detail that goes under the heart. */
const FINE_LOST = 0.6;

export const cardiomegaly: Sketcher = {
  finding: 'cardiomegaly',
  amount: AMOUNT,
  options: [],
  harmonise: 0,
  removes: { amount: NORMAL, painted: false },
  requireChange({ cardiothoracicRatio }, amount, painted) {
    const ratio = cardiothoracicRatio.toFixed(2);
    const more = amount - cardiothoracicRatio;
    if (painted && more < LEAST) throw new SketchImpossibleError(say.heartAsWide({ ratio }), say.widerOrUnpainted());
    if (Math.abs(more) < LEAST) throw new SketchImpossibleError(say.heartAsWide({ ratio }), say.widerOrGone());
  },
  draw(context, request) {
    const { chest } = context;
    if (request.places.length > 0 && !request.places.includes('mediastinum')) {
      throw new SketchImpossibleError(
        'The heart lies in the mediastinum, and another place was asked.',
        'Choose the mediastinum as the place.',
      );
    }
    const asked = amountOf(AMOUNT, request);
    const grown = (asked - chest.cardiothoracicRatio) * chest.thoracicWidth * chest.aspect * (ROWS / CHEST_GRID);
    if (request.remove === true && grown > -LEAST) {
      const at = {
        amount: chest.cardiothoracicRatio,
        ratioBefore: chest.cardiothoracicRatio,
        ratio: chest.cardiothoracicRatio,
        leftBorderMm: 0,
        rightBorderMm: 0,
      };
      return {
        box: { x: 0, y: 0, width: 0, height: 0 },
        change: new Float32Array(0),
        mask: new Uint8Array(0),
        figures: at,
      };
    }
    if (Math.abs(asked - chest.cardiothoracicRatio) < LEAST) {
      throw new SketchImpossibleError(
        say.heartAsWide({ ratio: chest.cardiothoracicRatio.toFixed(2) }),
        'Ask for a larger or a smaller ratio.',
      );
    }
    const [lean = 0, low = 0, high = 0] = uniforms(request.seed, 31, 3);
    const much = Math.min(1, Math.max(0, (asked - chest.cardiothoracicRatio) / 0.2));
    const { right, left } = stripsOf(context.image, chest);
    const toRight = grown * (0.08 + 0.12 * lean + 0.06 * much);
    const shiftLeft = shiftOf(left, chest, chest.left, grown - toRight, {
      high: 0.02 + 0.1 * high - 0.1 * much,
      round: 0.7 + 0.3 * low,
      tipMm: 22 + 14 * lean,
      turn: 0.75,
    });
    // Where the left wall is near, the right border gives some of it, but never most: hearts enlarge to the left.
    const shiftRight = shiftOf(
      right,
      chest,
      chest.right,
      Math.min(grown - shiftLeft.gained, Math.max(toRight, (MOST_RIGHT_MM + 4 * much) / left.mmPerCell)),
      { high: 0.1 + 0.1 * high, round: 0.55, tipMm: 20 + 10 * low, turn: 0.5 },
    );
    const sides = [
      { strip: right, change: movedSilhouette(right, chest, chest.right, shiftRight.rows) },
      { strip: left, change: movedSilhouette(left, chest, chest.left, shiftLeft.rows) },
    ];
    const gained = (shiftLeft.gained + shiftRight.gained) / ((ROWS / CHEST_GRID) * chest.aspect * chest.thoracicWidth);
    const mm = left.mmPerCell;
    return drawn(context, sides, request, {
      amount: chest.cardiothoracicRatio + gained,
      ratioBefore: chest.cardiothoracicRatio,
      ratio: chest.cardiothoracicRatio + gained,
      leftBorderMm: shiftLeft.gained * mm,
      rightBorderMm: shiftRight.gained * mm,
    });
  },
};

/** Taken once of a film and its chest. */
const stripsOf = keptByPair((image: DensityImage, chest: Chest) => ({
  right: stripOf(image, chest, chest.right, INNER_MM, OUTER_MM),
  left: stripOf(image, chest, chest.left, INNER_MM, OUTER_MM),
}));

interface Shift {
  /** Columns by which each row of the strip moves outward. */
  readonly rows: Float32Array;
  /** By how much the border's outermost point moves. */
  readonly gained: number;
}

/** The border of a heart that moves the outermost point of the heart by `grown` columns, or as far as there is room. */
function shiftOf(strip: Strip, chest: Chest, lung: Lung, grown: number, form: GrownForm): Shift {
  const scale = ROWS / CHEST_GRID;
  const [start, bottom] = [chest.heart.top * scale, meetingOf(lung, chest.aspect).y * scale];
  const below = 22 / strip.mmPerCell;
  const out = strip.border.map((column) => strip.outward * column);
  // The heart as it is measured: fat beside the apex lies further out, and does not count.
  const extent = strip.outward * (strip.outward === 1 ? chest.heart.right : chest.heart.left) * scale * chest.aspect;
  const rows = Array.from(out.keys()).filter((row) => strip.top + row >= start && strip.top + row <= bottom);
  const before = Math.min(extent, Math.max(...rows.map((row) => out[row] as number)));
  // The steepest of the border lies a little inside of that width, which is to be reached.
  const short = Math.min(SHORT_MM / strip.mmPerCell, Math.max(0, extent - before));
  const limits = out.map((column, row) => limitOf(strip, chest, lung, row, column));
  const outermost = rows.reduce(
    (best, row) => ((out[row] as number) <= extent + 1 && (out[row] as number) > (out[best] as number) ? row : best),
    rows[0] ?? 0,
  );
  const target =
    grown > 0
      ? before + Math.min(grown + short, Math.max(0, (limits[outermost] as number) - 2 / strip.mmPerCell))
      : before + grown;
  const soft = 5 / strip.mmPerCell;
  const shiftBy = (by: number): Float32Array => {
    if (grown > 0)
      return grownBy(strip, chest, lung, form, { out, before, by }).map((wish, row) =>
        softMin(wish, Math.max(0, limits[row] as number), soft),
      );
    // Back to size the border stays as straight as it was.
    return out.map((_, row) => {
      const y = strip.top + row + 0.5;
      const share = Math.min(1, Math.max(0, (y - start) / (bottom - start)));
      const wish = by * share * smoothstep(0, 0.25, share) * smoothstep(bottom + below, bottom, y);
      return Math.max(Math.min(0, inwardLimit(strip, chest, row)), wish);
    });
  };
  const edge = (shift: Float32Array): number =>
    rows.reduce(
      (most, row) =>
        (out[row] as number) > before + 1 ? most : Math.max(most, (out[row] as number) + (shift[row] as number)),
      -Infinity,
    );
  let [least, most] = grown > 0 ? [0, 1.6 * (target - before) + 12 / strip.mmPerCell] : [2.5 * grown, 0];
  for (let round = 0; round < 20; round++) {
    const middle = (least + most) / 2;
    if (edge(shiftBy(middle)) < target) least = middle;
    else most = middle;
  }
  const found = shiftBy((least + most) / 2);
  const moved = edge(found) - edge(shiftBy(0));
  return { rows: found, gained: grown > 0 ? Math.max(0, moved - short) : moved };
}

/** Columns that a row of the border may move outward before it comes too near to the wall of the chest. */
function limitOf({ outward, top, mmPerCell }: Strip, chest: Chest, lung: Lung, row: number, out: number): number {
  const scale = ROWS / CHEST_GRID;
  const own = Math.min(lung.bottom, Math.max(lung.top, Math.round((top + row) / scale)));
  return outward * (lung.lateral[own] as number) * scale * chest.aspect - out - ROOM_MM / mmPerCell;
}

/** Columns, below 0, to the middle of the heart and a little short of it. */
function inwardLimit({ border, outward, mmPerCell }: Strip, chest: Chest, row: number): number {
  return (
    outward * (chest.heart.centre.x * (ROWS / CHEST_GRID) * chest.aspect - (border[row] as number)) + 12 / mmPerCell
  );
}

/** The lesser of two lengths, rounded over `soft` where they are alike; 0 stays 0. */
function softMin(a: number, b: number, soft: number): number {
  const near = Math.max(0, 1 - Math.abs(a - b) / soft);
  return Math.max(0, Math.min(a, b) - 0.25 * soft * near * near * Math.min(1, Math.min(a, b) / soft));
}

/** The strips' changes read at each pixel. */
function drawn(
  { image, chest }: SketchContext,
  sides: readonly { readonly strip: Strip; readonly change: Float32Array }[],
  request: Pick<SketchRequest, 'mask'>,
  figures: Sketch['figures'],
): Sketch {
  const { width, height } = image;
  const [perRow, perColumn] = [height / ROWS, width / (ROWS * chest.aspect)];
  const box = boxOf(sides, perRow, perColumn, width, height);
  const change = new Float32Array(box.width * box.height);
  for (const { strip, change: own } of sides) {
    for (let j = 0; j < box.height; j++) {
      const row = (box.y + j + 0.5) / perRow;
      const y = row - strip.top - 0.5;
      const low = Math.floor(y);
      if (low < 0 || low >= strip.height - 1) continue;
      const fy = y - low;
      const [first, border] = [low * strip.width, borderAt(strip, row)];
      for (let i = 0, at = j * box.width; i < box.width; i++, at++) {
        const x = strip.outward * ((box.x + i + 0.5) / perColumn - border) + strip.inner;
        const left = Math.floor(x);
        if (left < 0 || left >= strip.width - 1) continue;
        const [cell, fx] = [first + left, x - left];
        const upper = (own[cell] as number) * (1 - fx) + (own[cell + 1] as number) * fx;
        const lower = (own[cell + strip.width] as number) * (1 - fx) + (own[cell + strip.width + 1] as number) * fx;
        change[at] = (change[at] as number) + upper * (1 - fy) + lower * fy;
      }
    }
  }
  quieten(image, box, change);
  const allowed = request.mask === undefined ? undefined : paintedIn(request.mask, box, width, height);
  const mask = new Uint8Array(change.length);
  for (let at = 0; at < change.length; at++) {
    const value = (change[at] as number) * (allowed === undefined ? 1 : (allowed[at] as number));
    const isDrawn = Math.abs(value) >= 1e-3;
    change[at] = isDrawn ? value : 0;
    mask[at] = isDrawn ? Math.max(1, Math.round(255 * smoothstep(0, 0.02, Math.abs(value)))) : 0;
  }
  return { box, change, mask, figures };
}

/** What is finer than a strip's cells is lung, with more grain and markings than a heart has: much of it goes where heart comes. */
function quieten(image: DensityImage, box: Box, change: Float32Array): void {
  const { width, height, values } = image;
  const scale = ROWS / height;
  if (scale >= 1) return;
  const smooth = fieldIn(broadOf(image, 'rows'), box, width, height);
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const come = smoothstep(0.01, 0.06, change[at] as number);
      if (come === 0) continue;
      change[at] = (change[at] as number) - FINE_LOST * come * ((values[pixel] as number) - (smooth[at] as number));
    }
  }
}

/** The film at the strips' own resolution. */
const broadOf = keptBy((image: DensityImage, _: 'rows'): Field => {
  const columns = Math.max(1, Math.round((image.width * ROWS) / image.height));
  return { width: columns, height: ROWS, data: densityAt(image, columns, ROWS).values };
});

function boxOf(
  sides: readonly { readonly strip: Strip; readonly change: Float32Array }[],
  perRow: number,
  perColumn: number,
  width: number,
  height: number,
): Box {
  let [x0, x1, y0, y1] = [width, 0, height, 0];
  for (const { strip, change } of sides) {
    for (let row = 0; row < strip.height; row++) {
      const start = row * strip.width;
      let [first, last] = [-1, -1];
      for (let column = 0; column < strip.width; column++) {
        if (Math.abs(change[start + column] as number) < 1e-3) continue;
        if (first < 0) first = column;
        last = column;
      }
      if (first < 0) continue;
      const ends = [first - 2, last + 2].map(
        (column) => ((strip.border[row] as number) + strip.outward * (column - strip.inner)) * perColumn,
      );
      x0 = Math.min(x0, Math.floor(Math.min(...ends)));
      x1 = Math.max(x1, Math.ceil(Math.max(...ends)));
      y0 = Math.min(y0, Math.floor((strip.top + row - 1) * perRow));
      y1 = Math.max(y1, Math.ceil((strip.top + row + 2) * perRow));
    }
  }
  [x0, y0, x1, y1] = [Math.max(0, x0), Math.max(0, y0), Math.min(width, x1), Math.min(height, y1)];
  return { x: x0, y: y0, width: Math.max(1, x1 - x0), height: Math.max(1, y1 - y0) };
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'cardiomegaly',
  signs: [
    'The heart takes more than half of the width of the thorax on a PA film.',
    'An enlarged left ventricle moves the apex to the left and down, onto the diaphragm; the left border is straight or mildly round down to it.',
    'Vessels of the left lower lobe and ribs still show through the heart; it becomes denser from its border inward.',
    'An enlarged right atrium moves the right border out, most often by little.',
    'On an AP or a lying patient’s film the heart looks larger than it is.',
  ],
  sites: ['Mediastinum; mostly the left border, from below the pulmonary trunk to the diaphragm.'],
  sizes: [
    'Cardiothoracic ratio: above 0.50 counts as enlarged; 0.45 to 0.55 is uncertain, above 0.55 the heart is likely enlarged.',
  ],
  attenuation: ['The heart’s own density in place of the lung beside it; ribs stay where they are.'],
  companions: ['effusion', 'edema'],
  sources: [
    'Radiopaedia, Left ventricular enlargement, rID 12943: the left border is displaced to the left and downward, the apex rounder.',
    'University of Virginia, Introduction to cardiac radiology: right heart enlargement makes the right border prominent.',
    'Danzer C. S., The cardiothoracic ratio. Am J Med Sci 157 (1919).',
    'Truszkiewicz K. et al., Radiological cardiothoracic ratio in evidence-based medicine. J Clin Med 10 (2021).',
    'Simkus P. et al., Limitations of cardiothoracic ratio derived from chest radiographs to predict real heart size. Insights into Imaging 12 (2021).',
  ],
};
