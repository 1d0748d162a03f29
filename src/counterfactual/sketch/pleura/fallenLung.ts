/**
 * How dense a lung is that air has pushed back: how much of it the beam goes through, what its tissue comes to, and what a lung
 * that is mostly down shows inside: lobes that lie over one another and air in the larger bronchi.
 */

import { treeOf } from '../airspace/branches';
import { strokesIn } from '../airspace/strokes';
import type { Chest } from '../chest';
import {
  blurred,
  CHEST_GRID,
  fieldAt,
  fieldIn,
  makeField,
  rowsIn,
  smoothstep,
  type Box,
  type Field,
  type Rows,
} from '../field';
import { keptByPair } from '../kept';
import { smoothNoise, uniforms } from '../noise';
import type { Hemithorax } from './hemithorax';

/** Of the density that water in place of the lung would add, what the lung's own tissue is: about a fourth of its volume is tissue and blood, less where it is thin. */
export const LUNG_TISSUE = 0.19;
/** As deep in the lung as this the film's density is the lung's own; what is measured there is spread over so many cells to the borders. */
const DEEP_MM = [6, 14] as const;
const SPREAD = 9;
/** So far from its border a lung is as deep as the chest; at the border itself the beam goes through so much of it. */
const ROUND_MM = 42;
const AT_BORDER = 0.16;
/** How much denser a lung is where two lobes lie behind one another, and how uneven it is. */
const OVERLAP = 0.34;
const UNEVEN = 0.26;
/** Lobules fall together each for itself: a net of so many parts of a chest's width, and how much of the tissue is in it. */
const NET_SIGMA = 0.006;
const NET = 0.16;
/** At the hilum vessels and bronchi are crowded: so much denser, and so far around it. */
const STUMP = 0.25;
const STUMP_MM = 24;
/** Vessels lie side by side in what is left: how much denser than the tissue between them, and how many trunks there are. */
const CROWDED = 0.26;
const TRUNKS = 7;
/** They come from so far above and below the hilum, in mm. */
const HILUM_MM = [-16, 30] as const;
/** Of the tissue, what an open bronchus takes away. */
const OPEN_BRONCHUS = 0.12;

/** Of the chest's depth, what is lung so many mm from its border: it is round in depth, too. */
export function pathThrough(mm: number): number {
  if (mm <= 0) return AT_BORDER;
  const short = Math.max(0, 1 - mm / ROUND_MM);
  return AT_BORDER + (1 - AT_BORDER) * Math.sqrt(1 - short * short);
}

/**
 * What the tissue of a lung that is down is multiplied by: lobes fall together each for itself and lie over one another, and the
 * larger bronchi stay open in it. 1 everywhere where it is not.
 * @param down 0 for a lung that holds its air, 1 for one that is wholly down
 */
export function fallenTogether(
  chest: Chest,
  hemithorax: Hemithorax,
  seed: number,
  down: number,
  box: Box,
  [width, height]: readonly [number, number],
): Rows {
  const out = new Float32Array(box.width).fill(1);
  if (down === 0) return () => out;
  const rows = rowsIn(textureOf(chest, hemithorax)(seed), box, width, height);
  return (row, from, to) => {
    const texture = rows(row, from, to);
    for (let i = from; i < to; i++) out[i] = 1 + down * ((texture[i] as number) - 1);
    return out;
  };
}

/** Cells a side that a lung's texture is drawn on, somewhat finer than a vessel. */
const FINE = 512;
const FINE_BOX: Box = { x: 0, y: 0, width: FINE, height: FINE };

/** It does not depend on how far the lung is down: of one seed it is made once. */
const textureOf = keptByPair((chest: Chest, hemithorax: Hemithorax) => {
  let [last, texture]: [number | undefined, Field | undefined] = [undefined, undefined];
  return (seed: number): Field => {
    if (texture === undefined || seed !== last) [last, texture] = [seed, textureFor(chest, hemithorax, seed)];
    return texture;
  };
});

function textureFor(chest: Chest, { lung }: Hemithorax, seed: number): Field {
  const { millimetresPerRow: mm, aspect } = chest;
  const [a = 0.5, b = 0.5, c = 0.5] = uniforms(seed, 37, 3);
  const outward = lung.side === 'right' ? -1 : 1;
  const uneven = smoothNoise(seed, 38, 0.035);
  const wavy = smoothNoise(seed, 39, 0.08);
  const net = smoothNoise(seed, 44, NET_SIGMA, 256);
  const { hilum } = lung;
  const lobes = makeField(CHEST_GRID, (x, y) => {
    const [u, v] = [(x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID];
    const across = (x + 0.5 - hilum.x) * outward * aspect * mm;
    const below = (y + 0.5 - hilum.y) * mm + 4 * fieldAt(wavy, u, v);
    // The upper lobe ends somewhat below the hilum, the lower one begins above it: a band of both between them.
    const lower = smoothstep(-1.2, 1.2, below + (18 + 14 * a) - (0.25 + 0.4 * b) * across);
    const upper = smoothstep(1.2, -1.2, below - (14 + 16 * c) - 0.3 * across);
    // Ridges of smooth noise run on and branch, as septa and small vessels do; on average they add nothing.
    const ridge = 0.8 - Math.abs(fieldAt(net, u, v));
    const far = Math.hypot(across, below) / STUMP_MM;
    return (
      1 -
      OVERLAP / 2 +
      OVERLAP * lower * upper +
      UNEVEN * fieldAt(uneven, u, v) +
      NET * ridge +
      STUMP * Math.exp(-far * far)
    );
  });
  const heading = outward > 0 ? 0 : Math.PI;
  const bronchi = [-1, 1].flatMap((way) =>
    treeOf(
      chest,
      {
        from: hilum,
        angle: heading + outward * (way * (0.75 + 0.3 * a) + 0.25),
        lengthMm: 16 + 6 * b,
        widthMm: 4.6,
        forks: 1,
        spread: 0.7,
      },
      seed,
      40 + way,
    ),
  );
  const open = strokesIn(bronchi, chest, FINE_BOX, FINE, FINE, 1);
  const chances = uniforms(seed, 51, 3 * TRUNKS);
  const vessels = Array.from({ length: TRUNKS }, (_, at) => {
    const [start = 0.5, turn = 0.5, long = 0.5] = chances.slice(3 * at, 3 * at + 3);
    // They come out of the mediastinum above and below the hilum, upper ones upward and lower ones down.
    const along = (at + start) / TRUNKS;
    return treeOf(
      chest,
      {
        from: { x: hilum.x, y: hilum.y + (HILUM_MM[0] + (HILUM_MM[1] - HILUM_MM[0]) * along) / mm },
        angle: heading + outward * (-0.9 + 1.9 * along + 0.9 * (turn - 0.5)),
        lengthMm: 11 + 12 * long,
        widthMm: 2.2 + 1.6 * start,
        forks: 3,
        spread: 0.75,
      },
      seed,
      52 + at,
    );
  }).flat();
  const crowded = strokesIn(vessels, chest, FINE_BOX, FINE, FINE, 1);
  const data = fieldIn(lobes, FINE_BOX, FINE, FINE).map(
    (own, at) =>
      Math.max(0.3, own) * (1 - OPEN_BRONCHUS * (open[at] as number)) * (1 + CROWDED * (crowded[at] as number)),
  );
  return { width: FINE, height: FINE, data };
}

/**
 * What water would add deep in the lung, continued to its borders: beside heart and mediastinum the film's broad density is theirs
 * in part, and a lung that is pressed together would keep a dark strip there.
 */
export function pressedWith(water: Field, chest: Chest, { lung }: Hemithorax): Field {
  const deep = lung.depth.data.map((rows) => smoothstep(DEEP_MM[0], DEEP_MM[1], rows * chest.millimetresPerRow));
  const weighted = { ...water, data: water.data.map((value, cell) => value * (deep[cell] as number)) };
  const [sum, weight] = [weighted, { ...water, data: deep }].map((field) => blurred(field, SPREAD)) as [Field, Field];
  return {
    ...water,
    data: water.data.map((value, cell) => {
      const own = deep[cell] as number;
      return (
        own * value +
        (1 - own) * Math.max(value, (sum.data[cell] as number) / Math.max(0.02, weight.data[cell] as number))
      );
    }),
  };
}

/** How much darker the air is than the lung was: the lung's own tissue, but no darker than the film can show. */
export function clearing(water: Field, broad: Float32Array, lung: Field): Field {
  const lungs = broad.filter((_, cell) => (lung.data[cell] as number) > 0.9);
  const darkest = greatest(lungs, 0.03);
  return {
    ...water,
    data: water.data.map((value, cell) =>
      Math.min(LUNG_TISSUE * value, Math.max(0, 0.6 * ((broad[cell] as number) - 0.5 * darkest))),
    ),
  };
}

/** The value that a share of all lies below. */
export function greatest(values: Float32Array, share: number): number {
  return values.slice().sort()[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}
