/**
 * Vessels as pressure in the veins makes them: those of the upper lungs as wide as the lower ones', all near the hila fuller and
 * without sharp borders. The film's own vessels are broadened, told from ribs by how they run, so that nothing is drawn where
 * no vessel is.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, smoothstep } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf } from '../pleura/hemithorax';
import { layersOf } from '../pleura/layers';
import { ribsOf } from '../pleura/ribs';
import { emptyField, join } from './fill';
import type { LungFrame } from './lungFrame';
import type { Placing } from './placing';
import { onGrid, type Tones } from './tones';

/** A vessel is broadened by about this much to each side, in mm. */
const BROADER_MM = 1.1;
/** What a broadened vessel gains of its own contrast. */
const GAIN = 1.5;
/** Least contrast that is a vessel, as a share of that between soft tissue and lung. */
const LEAST = 0.02;

/** The vessels of one lung, broadened; densities on the working grid. */
const broadened = keptByPair((image: DensityImage, chest: Chest) => {
  const layers = layersOf(image, chest);
  const { film, broad, cellsPerMm } = layers;
  const made = new Map<ChestSide, Float32Array>();
  return (side: ChestSide): Float32Array => {
    const before = made.get(side);
    if (before !== undefined) return before;
    const ribs = ribsOf(layers, hemithoraxOf(chest, side)).data;
    const vessels = film.data.map((value, cell) => value - (broad.data[cell] as number) - (ribs[cell] as number));
    const [across, down] = cellsPerMm;
    const wide = blurredValues(vessels, film.width, film.height, BROADER_MM * across, BROADER_MM * down);
    made.set(side, wide);
    return wide;
  };
});

/** Density to add to the vessels, on the working grid. @param strength 0 none, 1 upper vessels as wide as the lower ones */
export function fullerVessels(
  image: DensityImage,
  chest: Chest,
  tones: Tones,
  placings: readonly Placing[],
  strength: number,
): Float32Array {
  const out = new Float32Array(tones.film.data.length);
  const least = LEAST * Math.max(0.1, tones.tissue - tones.air);
  for (const { frame, weight } of placings) {
    const vessels = broadened(image, chest)(frame.lung.side);
    const where = emptyField();
    join(
      where,
      weight.data.map((own, cell) => own * congested(frame, cell)),
    );
    const share = onGrid(tones, where);
    for (let cell = 0; cell < out.length; cell++) {
      const own = share[cell] as number;
      if (own === 0) continue;
      out[cell] = (out[cell] as number) + strength * GAIN * own * Math.max(0, (vessels[cell] as number) - least);
    }
  }
  return out;
}

/** Most in the upper lung, some round the hilum, none along the wall. */
function congested({ down, fromWall, fromHilum }: LungFrame, cell: number): number {
  const low = down.data[cell] as number;
  return (
    smoothstep(4, 22, fromWall.data[cell] as number) *
    Math.max(
      smoothstep(0.62, 0.4, low) * smoothstep(0.03, 0.15, low),
      0.7 * smoothstep(90, 35, fromHilum.data[cell] as number),
    )
  );
}
