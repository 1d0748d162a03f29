/** Where a chest is, as the search for metal asks it: on the anatomist's own grid, so that an edit that draws nothing need not find its outlines. */

import { ANATOMY_CLASSES } from '../../findings/regions';
import type { Box } from '../../imaging/box';
import { resizeArea } from '../../imaging/resample';
import { AVERAGE_THORAX_MM, type Chest } from '../sketch/chest';
import { blurredValues, CHEST_GRID } from '../sketch/field';
import { keptBy } from '../sketch/kept';

/** Side of the anatomist's map. */
export const SIDE = 64;
const CELLS = SIDE * SIDE;
/** Share from which a cell counts as lung. */
const OWN = 0.5;
/** Metal is looked for so far from lungs and mediastinum, in mm; fluid and what else is drawn reaches no farther. */
const AROUND_MM = 14;
/** So near to wall and diaphragm, and to the trachea above the hila, a line is theirs. */
const BORDER_MM = 8;
/** A step between two shares, blurred by so much, is this at that distance from it. */
const AT_BORDER = 0.16;

/** [64 x 64] each, 0 to 1. */
export interface ChestMaps {
  readonly lungs: Float32Array;
  /** Upper zones alone. */
  readonly upper: Float32Array;
  readonly mediastinum: Float32Array;
  /** Cells of the whole height and width a millimetre, as shares of them. */
  readonly perMm: readonly [across: number, down: number];
}

export function mapsOfChest({ right, left, heart, aspect, millimetresPerRow: mm }: Chest): ChestMaps {
  const small = (...fields: readonly { readonly data: Float32Array }[]): Float32Array =>
    resizeArea(
      fields[0]?.data.map((share, cell) =>
        fields.slice(1).reduce((sum, { data }) => sum + (data[cell] as number), share),
      ) ?? new Float32Array(),
      CHEST_GRID,
      CHEST_GRID,
      SIDE,
      SIDE,
    );
  const down = 1 / (CHEST_GRID * mm);
  return {
    lungs: small(right.share, left.share),
    upper: small(right.zones[0], left.zones[0]),
    mediastinum: small(heart.share),
    perMm: [down / aspect, down],
  };
}

/** @param probabilities softmax of the anatomist, [64 x 64 x 8] @returns undefined where it shows no lung to take the scale from */
export function mapsOfAnatomy(
  probabilities: Float32Array,
  {
    width,
    height,
    pixelSpacing,
  }: { width: number; height: number; pixelSpacing?: readonly [number, number] | undefined },
): ChestMaps | undefined {
  const sumOf = (...channels: readonly number[]): Float32Array =>
    Float32Array.from({ length: CELLS }, (_, cell) =>
      channels.reduce((sum, channel) => sum + (probabilities[cell * ANATOMY_CLASSES + channel] as number), 0),
    );
  const lungs = sumOf(1, 2, 3, 4, 5, 6);
  const thorax = widthOf(lungs);
  if (thorax === 0) return undefined;
  const aspect = width / height;
  const down = pixelSpacing === undefined ? (thorax * aspect) / AVERAGE_THORAX_MM : 1 / (pixelSpacing[0] * height);
  return { lungs, upper: sumOf(1, 4), mediastinum: sumOf(7), perMm: [down / aspect, down] };
}

/** Greatest width of the lungs as a share of the image's. */
function widthOf(lungs: Float32Array): number {
  let most = 0;
  for (let y = 0; y < SIDE; y++) {
    const row = lungs.subarray(y * SIDE, (y + 1) * SIDE);
    const first = row.findIndex((share) => share > OWN);
    const last = row.findLastIndex((share) => share > OWN);
    if (first < 0) continue;
    const beyond = (inner: number, outer: number): number => {
      const [one, other] = [row[inner] as number, row[outer] ?? 0];
      return (one - OWN) / (one - other);
    };
    most = Math.max(most, last - first + beyond(first, first - 1) + beyond(last, last + 1));
  }
  return most / SIDE;
}

/** The part of a grid of that size where metal is looked for. */
export function searchedBox(
  { lungs, mediastinum, perMm: [across, down] }: ChestMaps,
  width: number,
  height: number,
): Box {
  let [left, right, top, bottom] = [SIDE, -1, SIDE, -1];
  for (let cell = 0; cell < CELLS; cell++) {
    if ((lungs[cell] as number) + (mediastinum[cell] as number) <= OWN) continue;
    const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const from = (first: number, per: number, size: number): number =>
    Math.max(0, Math.floor((first / SIDE - AROUND_MM * per) * size));
  const to = (last: number, per: number, size: number): number =>
    Math.min(size, Math.ceil(((last + 1) / SIDE + AROUND_MM * per) * size));
  const [x, y] = [from(left, across, width), from(top, down, height)];
  return { x, y, width: Math.max(0, to(right, across, width) - x), height: Math.max(0, to(bottom, down, height) - y) };
}

/** 1 along the chest wall, the diaphragm and the trachea, whose own lines are there; [64 x 64]. */
export const bordersOf = keptBy((maps: ChestMaps, _: 'borders'): Uint8Array => {
  const { lungs, upper, mediastinum, perMm } = maps;
  const soft = (share: Float32Array): Float32Array =>
    blurredValues(share, SIDE, SIDE, BORDER_MM * perMm[0] * SIDE, BORDER_MM * perMm[1] * SIDE);
  const outside = lungs.map((share, cell) => Math.max(0, 1 - share - (mediastinum[cell] as number)));
  const [inner, outer, high, middle] = [lungs, outside, upper, mediastinum].map(soft) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return Uint8Array.from(inner, (share, cell) =>
    Math.min(share, outer[cell] as number) > AT_BORDER ||
    Math.min(high[cell] as number, middle[cell] as number) > AT_BORDER
      ? 1
      : 0,
  );
});
