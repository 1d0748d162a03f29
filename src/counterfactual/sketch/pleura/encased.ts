/**
 * A rind goes around the lung: what of it lies before and behind is a veil over it, and a thick one shrinks and draws the diaphragm up
 * (fibrothorax).
 */

import type { Place } from '../../../findings/vocabulary';
import { joinedDisplacements } from '../airspace/moved';
import { lungFrame } from '../airspace/lungFrame';
import { raisedDiaphragm } from '../airspace/volume';
import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { displacedRows, type Displacement } from '../displace';
import { blurred, CHEST_GRID, fieldAt, makeField, rowsIn, smoothstep, type Box, type Field } from '../field';
import { smoothNoise } from '../noise';
import type { SketchRequest } from '../sketch';
import { rind } from './alongWall';
import type { Hemithorax } from './hemithorax';

/** So many mm of tissue are the difference between soft tissue and lung as deep as a chest; thicknesses beyond the first so many add to lung. */
const CHEST_MM = 140;
const UNSEEN_MM = 2;
/** A thick one shrinks: from the first to the second of these thicknesses, where it reaches the base, the dome is drawn up so far, in mm. */
const SHRINKS_MM = [6, 18] as const;
const RAISED_MM = 13;

/** What of a diffuse rind lies before and behind the lung: densities on CHEST_GRID. */
export function veilOf(
  chest: Chest,
  hemithorax: Hemithorax,
  amount: number,
  request: SketchRequest,
  contrast: number,
): Field {
  const { lung } = hemithorax;
  const strength = (contrast * Math.max(0, amount - UNSEEN_MM)) / CHEST_MM;
  if (strength === 0) return makeField(CHEST_GRID, () => 0);
  const { inside, down } = lungFrame(chest, lung.side);
  const index = lung.side === 'right' ? 40 : 44;
  const along = rind(hemithorax, request, index);
  const uneven = smoothNoise(request.seed, index + 3, 0.06);
  return blurred(
    makeField(CHEST_GRID, (x, y) => {
      const cell = y * CHEST_GRID + x;
      const own = 1 + 0.3 * fieldAt(uneven, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
      return strength * own * along(down.data[cell] as number) * (inside.data[cell] as number);
    }),
    3,
  );
}

/** How a thick rind that reaches the base draws the diaphragm up, and by how many mm. */
export function shrunk(
  chest: Chest,
  sides: readonly ChestSide[],
  amount: number,
  places: readonly Place[],
): readonly [Displacement | undefined, number] {
  const raisedMm = RAISED_MM * smoothstep(...SHRINKS_MM, amount);
  const own = sides.filter((side) => {
    const [zones, base] = [places.filter((place) => place.startsWith(side)), `${side}_lower`];
    return zones.length === 0 || zones.some((place) => place === base);
  });
  if (raisedMm === 0 || own.length === 0) return [undefined, 0];
  const pushes = own.map((side) => raisedDiaphragm(chest, lungFrame(chest, side), raisedMm, true));
  return [joinedDisplacements(pushes), raisedMm];
}

/** Moves what was drawn, with the film that it was drawn on: in place. */
export function drawUp(
  { change, mask }: { readonly change: Float32Array; readonly mask: Uint8Array },
  { values, width, height }: DensityImage,
  push: Displacement,
  box: Box,
): void {
  const film = new Float32Array(change.length);
  for (let j = 0, at = 0; j < box.height; j++) {
    const start = (box.y + j) * width + box.x;
    for (let i = 0; i < box.width; i++, at++) film[at] = (values[start + i] as number) + (change[at] as number);
  }
  const whole = { width, height, x: box.x, y: box.y };
  const filmRows = displacedRows({ values: film, width: box.width, height: box.height }, push, box, whole);
  const farRows = rowsIn(push.y, box, width, height);
  for (let j = 0, at = 0; j < box.height; j++) {
    const after = filmRows(j, 0, box.width);
    const far = farRows(j, 0, box.width);
    const start = (box.y + j) * width + box.x;
    for (let i = 0; i < box.width; i++, at++) {
      const step = (after[i] as number) - (values[start + i] as number);
      change[at] = step;
      if (step === 0) continue;
      // A tenth of a cell of the anatomy's grid is as good as moved.
      const moved = Math.min(1, Math.abs(far[i] as number) * 2560);
      mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * moved));
    }
  }
}
