/**
 * How dense a hemithorax is where all of it is fluid: as solid tissue, without gaps, and level with the abdomen that it rests
 * on where that is denser, so that it is less dense upward, as the chest is shallower there.
 */

import type { Chest, ChestSide } from '../chest';
import { blurred, blurredValues, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Field } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { solidHemithorax, tissueContrast, tissueDensity } from './solid';

/** Broader than the fat along the heart and what was dark of its border. */
const STRIP_MM = 22;
/** What comes of spine, heart, abdomen and wall together may have a broader one, between mediastinum and fluid. */
const BAND_MM = 80;
/** Of half a hemithorax from its middle: the chest wall, with its skin. */
const BEYOND_WALL = 1.6;
/** From the first to the second of these halves of the hemithorax it is looked for; further out, none. */
const BAND_TO = [0.7, 0.3] as const;
/** So far below the diaphragm, where little lung lies behind it, the abdomen is looked at; columns agree over so many mm. */
const ABDOMEN_MM = [24, 52] as const;
const AGREE_MM = 14;
/** Over so many mm it rises to it, so that no border shows. */
const RAISED_MM = 16;
/** So far below the diaphragm it no longer takes the abdomen's density from it; at the dome itself the step would show. */
const OVER_MM = [2, 20] as const;
/** From the middle of the spine outward, over so many mm fluid behind the heart and over the abdomen comes to its own density. */
const TO_SPINE_MM = [8, 56] as const;
/** So far below the hilum what is seen in the middle is spine, and no trachea before it. */
const BELOW_HILUM_MM = 25;
/** So far above the diaphragm, over so many mm, fluid is no denser than the mediastinum beside it, wall and all (decision 136). */
const BESIDE_MM = [-20, 90] as const;
const WHOLE = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID } as const;
/** So far above the diaphragm fluid begins to come to the density of the abdomen. */
const RESTS_MM = 100;
/** It is as dense as the abdomen so far below the top of the dome: at the dome itself, whose recess is shallow there, a band would show. */
const RESTS_UNDER_MM = 30;
/** Along the wall it does so less far up, from the second of these heights above the dome on: the chest is shallow there. */
const AT_WALL_MM = [38, -8] as const;
/** How much of the dome's shape that way begins with. */
const FOLLOWS = 0.25;

/** So near to the wall, and so far above the angle (from none to all), fluid is no denser than the abdomen that near to the wall. */
const SHALLOW_MM = 56;
/** Wholly so from this share of that way on: over less, the angle is a dark wedge with an edge. */
const SHALLOW_FROM = 0.15;
const ANGLE_MM = [90, 25] as const;
/** The abdomen is looked at so far below the angle for it. */
const BELOW_ANGLE_MM = [6, 28] as const;
const LOWEST = 0.96;
/** What lies there may be air beside the patient: it takes no more than this off, of the contrast between tissue and lung. */
const MOST_SHALLOW = 0.22;

/**
 * @returns the density of the hemithorax on CHEST_GRID where all of it is fluid. Fluid has no gaps: a strip narrower than STRIP_MM
 * that is darker than what is right and left of it takes the density of the darker one; toward the diaphragm it comes to that of
 * the abdomen, where the abdomen is denser. Elsewhere the film's broad density.
 */
export function fluidHemithorax(layers: Layers, chest: Chest, side: ChestSide): Field {
  return fluids(layers, chest)[side]();
}

const fluids = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, Field>> = {};
  const of = (side: ChestSide) => (): Field => (made[side] ??= filled(layers, chest, side));
  return { right: of('right'), left: of('left') };
});

function filled(layers: Layers, chest: Chest, side: ChestSide): Field {
  const hemithorax = hemithoraxOf(chest, side);
  const solid = withoutStrips(solidHemithorax(layers, chest, side), chest, hemithorax, STRIP_MM);
  const rested = resting(solid, layers, chest, hemithorax);
  const even = withoutStrips(rested, chest, hemithorax, BAND_MM);
  // Beside the wall it falls off as the wall does.
  const inner = hemithorax.across.data.map((across) => smoothstep(BAND_TO[0], BAND_TO[1], across));
  return {
    ...rested,
    data: rested.data.map((own, cell) => own + (inner[cell] as number) * ((even.data[cell] as number) - own)),
  };
}

function withoutStrips(
  solid: Field,
  chest: Chest,
  { lung, across, behindHeart, besideSpine, underDome }: Hemithorax,
  narrowerMm: number,
): Field {
  const reach = Math.round(narrowerMm / (chest.millimetresPerRow * chest.aspect));
  // What lies beyond the wall (an arm, a white margin of the film) is no border of the hemithorax.
  const inside = {
    ...solid,
    data: solid.data.map((own, cell) => ((across.data[cell] as number) > BEYOND_WALL ? 0 : own)),
  };
  const missing = blurred(lessThanBoth(inside, reach), 2).data;
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const fluid = Math.min(
      1,
      smoothstep(-4, 0, (lung.depth.data[cell] as number) * chest.millimetresPerRow) +
        (behindHeart.data[cell] as number) +
        (besideSpine.data[cell] as number) +
        (underDome.data[cell] as number),
    );
    return (solid.data[cell] as number) + fluid * (missing[cell] as number);
  });
}

/** How much less each cell is than the darker of the two densest cells up to `reach` cells left and right of it. */
function lessThanBoth(solid: Field, reach: number): Field {
  const { width, height } = solid;
  const data = new Float32Array(solid.data.length);
  for (let y = 0; y < height; y++) {
    const row = solid.data.subarray(y * width, (y + 1) * width);
    const [before, after] = [densestBefore(row, reach), densestBefore(row.slice().reverse(), reach).reverse()];
    for (let x = 0; x < width; x++)
      data[y * width + x] = Math.min(before[x] as number, after[x] as number) - (row[x] as number);
  }
  return { width, height, data };
}

/** The greatest of each value and the `reach` before it, by a queue of falling values: each enters and leaves it once. */
function densestBefore(row: Float32Array, reach: number): Float32Array {
  const out = new Float32Array(row.length);
  const queue = new Int32Array(row.length);
  for (let x = 0, first = 0, last = 0; x < row.length; x++) {
    while (last > first && (row[queue[last - 1] as number] as number) <= (row[x] as number)) last--;
    queue[last++] = x;
    if ((queue[first] as number) < x - reach) first++;
    out[x] = row[queue[first] as number] as number;
  }
  return out;
}

/** Below, fluid is as dense as the abdomen under it; gas of stomach or colon there is none of its. */
function resting(solid: Field, layers: Layers, chest: Chest, hemithorax: Hemithorax): Field {
  const { lung, across, dome, lateral } = hemithorax;
  const { broad } = layers;
  const { millimetresPerRow: mm, aspect } = chest;
  const tissue = tissueDensity(layers, chest);
  const [from, to] = ABDOMEN_MM.map((far) => far / mm) as [number, number];
  const under = blurredValues(
    dome.map((row, x) => {
      // Further down it is no less dense: gas, and the edge of a film that ends there, are no abdomen.
      let [densest, sum] = [tissue.chest - 0.1, 0];
      for (let step = 0; step < 4; step++) {
        const y = Math.min(0.95, (row + from + ((to - from) * step) / 3) / CHEST_GRID);
        densest = Math.max(densest, fieldAt(broad, (x + 0.5) / CHEST_GRID, y));
        sum += densest;
      }
      return sum / 4;
    }),
    CHEST_GRID,
    1,
    AGREE_MM / mm / aspect,
    0,
  );
  // A dome whose shape the fluid above it repeats would be seen in it: its density changes nearly level.
  const top = lung.floor.reduce(
    (least, row, x) => (Number.isNaN(row) ? least : Math.min(least, dome[x] as number)),
    1e9,
  );
  const rest = dome.map((row) => top + FOLLOWS * (row - top));
  const more = makeField(CHEST_GRID, (x, y) => {
    // Below the dome as at it: else smoothing would leave a part of the step, and the dome would show through the fluid.
    const row = Math.min(y, Math.max(0, Math.round((dome[x] as number) - 1)));
    const cell = row * CHEST_GRID + x;
    const above = ((rest[x] as number) - row - 0.5) * mm;
    // Level with the wall, too, whose own density it comes from.
    const wall = smoothstep(AT_WALL_MM[0], AT_WALL_MM[1], above);
    const within = smoothstep(1 + 0.05 * wall, 0.4 + 0.4 * wall, across.data[cell] as number);
    const sunk = RESTS_MM - ((rest[x] as number) - y - 0.5) * mm;
    const rests = within * Math.min(1, Math.max(0, sunk / (RESTS_MM + RESTS_UNDER_MM)));
    // Where the abdomen is no denser than heart and wall, fluid is level with these, else a dark strip would part them.
    return rests * Math.max(0, (under[x] as number) - (solid.data[cell] as number));
  });
  const raised = blurred(more, RAISED_MM / mm / aspect, RAISED_MM / mm).data;
  const outward = lung.side === 'right' ? -1 : 1;
  const hilum = Math.round(lung.hilum.y);
  const middle = ((known(chest.right.medial)[hilum] as number) + (known(chest.left.medial)[hilum] as number)) / 2;
  const spine = Float32Array.from({ length: CHEST_GRID }, (_, y) =>
    fieldAt(broad, middle / CHEST_GRID, (y + 0.5) / CHEST_GRID),
  );
  const film = fieldIn(broad, WHOLE, CHEST_GRID, CHEST_GRID);
  // Above the hila there is air of the trachea before the spine.
  const lowest = Math.round(hilum + BELOW_HILUM_MM / mm);
  const beside = blurredValues(
    spine.map((own, y) => Math.max(own, spine[Math.max(y, lowest)] ?? own)),
    1,
    CHEST_GRID,
    0,
    AGREE_MM / mm,
  );
  const shallow = besideWall(broad, chest, hemithorax);
  const contrast = tissueContrast(layers, chest);
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const own = solid.data[cell] as number;
    const fluid = Math.max(own, Math.min(own + (raised[cell] as number), under[x] as number));
    const seen = film[cell] as number;
    // Over the abdomen it adds to what is there and takes nothing from it.
    const below = smoothstep(OVER_MM[0], OVER_MM[1], (y + 0.5 - (dome[x] as number)) * mm);
    const rested = Math.max(fluid, fluid + below * (seen - fluid));
    // Away from the wall, whose density is its own, it is no denser than heart and abdomen of this film.
    const most = Math.max(seen, tissue.chest, under[x] as number);
    const chestFull = rested - smoothstep(0.6, 0, across.data[cell] as number) * Math.max(0, rested - most);
    // A chest full of fluid is no thicker than its middle: what the abdomen or a thick wall lent it ends there.
    const excess = chestFull - Math.max(seen, beside[y] as number);
    const full =
      excess <= 0
        ? chestFull
        : chestFull -
          excess *
            smoothstep(BESIDE_MM[0], BESIDE_MM[1], ((rest[x] as number) - y - 0.5) * mm) *
            smoothstep(1.1, 0.95, across.data[cell] as number);
    // Before and behind the spine it is no denser than spine and mediastinum, which it comes to over centimetres.
    const inner = smoothstep(TO_SPINE_MM[0], TO_SPINE_MM[1], (x + 0.5 - middle) * outward * aspect * mm);
    const outside = smoothstep(2, -4, (lung.depth.data[cell] as number) * mm);
    const low = smoothstep(hilum, hilum + BELOW_HILUM_MM / mm, y);
    const deep = full - low * outside * (1 - inner) * Math.max(0, full - Math.max(seen, spine[y] as number));
    const fromWall = ((lateral[y] as number) - x - 0.5) * outward * aspect * mm;
    const inAngle =
      smoothstep(ANGLE_MM[0], ANGLE_MM[1], (lung.costophrenic.y - y - 0.5) * mm) *
      smoothstep(SHALLOW_MM, SHALLOW_FROM * SHALLOW_MM, fromWall);
    if (inAngle === 0) return deep;
    const tooDense = deep - Math.max(seen, shallow(fromWall));
    return deep - inAngle * Math.min(MOST_SHALLOW * contrast, Math.max(0, tooDense));
  });
}

/** How dense the abdomen below the angle is so many mm from the wall: a body is shallow along its side, and so is fluid there. */
function besideWall(broad: Field, chest: Chest, { lung, lateral }: Hemithorax): (mm: number) => number {
  const { millimetresPerRow: mm, aspect } = chest;
  const inward = lung.side === 'right' ? 1 : -1;
  // A film that ends below the angle shows nothing of it.
  if (lung.costophrenic.y + BELOW_ANGLE_MM[1] / mm > LOWEST * CHEST_GRID) return () => Infinity;
  const [from, to] = BELOW_ANGLE_MM.map((far) => lung.costophrenic.y + far / mm) as [number, number];
  const profile = Float32Array.from({ length: SHALLOW_MM + 2 }, (_, far) => {
    const rows = Array.from({ length: 5 }, (_, step) => {
      const y = from + ((to - from) * step) / 4;
      const x = (lateral[Math.floor(y)] as number) + (inward * far) / (aspect * mm);
      return fieldAt(broad, x / CHEST_GRID, y / CHEST_GRID);
    }).sort((one, other) => one - other);
    return rows[2] as number;
  });
  // Further in it is no shallower: gas is none of its depth.
  for (let far = 1; far < profile.length; far++)
    profile[far] = Math.max(profile[far - 1] as number, profile[far] as number);
  return (far) => {
    const at = Math.min(SHALLOW_MM, Math.max(0, far));
    const low = Math.floor(at);
    return (profile[low] as number) + ((profile[low + 1] as number) - (profile[low] as number)) * (at - low);
  };
}
