/**
 * Fluid below the dome of the diaphragm lies before and behind the abdomen, and hides nothing of it: it adds to what the film
 * shows there. Only the dome's own edge, beside which all is fluid, goes.
 */

import { resizeArea } from '../../../imaging/resample';
import type { Chest } from '../chest';
import { blurredValues, CHEST_GRID, makeField, smoothstep, type Field } from '../field';
import type { Hemithorax } from './hemithorax';
import type { Layers } from './layers';

/** Below the dome the film is replaced so far, and from the second on added to alone, in mm: little fluid, and much. */
const EDGE_MM = [3, 14] as const;
const EDGE_UNDER_MUCH_MM = [6, 34] as const;
/** The abdomen is as dense as it is over so many mm: gas and folds that are smaller stay in it. */
const ABDOMEN_MM = 14;
/** Beneath the dome's edge, whose own shade is not counted. */
const UNDER_MM = [4, 10] as const;
/** Beside the spine lung hangs lower than the dome: there, and so far from it, fluid takes its place; depth in the lung, in mm. */
const BESIDE_LUNG_MM = [-2, -12] as const;
/** What is added is broad: cells of its grid along a side. */
const GRID = 64;

/**
 * @param spreads how far fluid goes over the abdomen: 0 in the angle alone, 1 below all of the lung
 * @param density of the hemithorax where all of it is fluid, on CHEST_GRID
 * @returns how much fluid adds rather than replaces (0 to 1, on CHEST_GRID), and what it adds to the film's density (GRID x GRID)
 */
export function overAbdomen(
  { broad }: Layers,
  chest: Chest,
  { dome, lung }: Hemithorax,
  density: Field,
  spreads: number,
): { readonly added: Field; readonly lift: Field } {
  const { millimetresPerRow: mm } = chest;
  const edge = EDGE_MM.map((far, at) => far + spreads * ((EDGE_UNDER_MUCH_MM[at] as number) - far)) as [number, number];
  return {
    added: makeField(CHEST_GRID, (x, y) => {
      const below = smoothstep(edge[0], edge[1], (y + 0.5 - (dome[x] as number)) * mm);
      if (below === 0) return 0;
      return (
        below * smoothstep(BESIDE_LUNG_MM[0], BESIDE_LUNG_MM[1], (lung.depth.data[y * CHEST_GRID + x] as number) * mm)
      );
    }),
    lift: liftOf(broad, chest, dome, density),
  };
}

/** Of the density of a hemithorax that is all fluid, which is of one film, chest and side: it does not depend on how much there is. */
const lifts = new WeakMap<Field, Field>();

function liftOf(broad: Field, chest: Chest, dome: Float32Array, density: Field): Field {
  const kept = lifts.get(density);
  if (kept !== undefined) return kept;
  const { millimetresPerRow: mm, aspect } = chest;
  const scale = CHEST_GRID / GRID;
  const counted = makeField(GRID, (x, y) =>
    Math.max(
      1e-5,
      smoothstep(UNDER_MM[0], UNDER_MM[1], ((y + 0.5) * scale - (dome[Math.floor((x + 0.5) * scale)] as number)) * mm),
    ),
  ).data;
  const film = resizeArea(broad.data, broad.width, broad.height, GRID, GRID);
  const fluid = resizeArea(density.data, density.width, density.height, GRID, GRID);
  const sigma = ABDOMEN_MM / mm / scale;
  const blur = (values: Float32Array): Float32Array => blurredValues(values, GRID, GRID, sigma / aspect, sigma);
  const missing = blur(fluid.map((own, cell) => (counted[cell] as number) * (own - (film[cell] as number))));
  const weights = blur(counted);
  const lift: Field = {
    width: GRID,
    height: GRID,
    data: missing.map((sum, cell) => Math.max(0, sum / (weights[cell] as number))),
  };
  lifts.set(density, lift);
  return lift;
}
