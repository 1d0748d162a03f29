/**
 * Lobes as a frontal film shows them. Upper and middle lobe of the right lung meet at the minor fissure, which lies level with
 * the hilum and is seen edge on; the oblique fissures are seen from the front, so the borders of lower lobes fade.
 * (Felson, Chest Roentgenology; Hayashi 2001 for the minor fissure's height.)
 */

import type { Zone } from '../../../findings/vocabulary';
import type { Chest } from '../chest';
import { CHEST_GRID, makeField, smoothstep, type Field } from '../field';
import type { LungFrame } from './lungFrame';
import { uniforms } from '../noise';

/** Row of the minor fissure at a column, on CHEST_GRID: level with the hilum, a little higher outside, never straight. */
export function minorFissure({ lung }: LungFrame, seed: number): (x: number) => number {
  const [tilt = 0.5, bow = 0.5, lift = 0.5] = uniforms(seed, 71, 3);
  const height = lung.bottom - lung.top;
  const width = Math.max(8, Math.abs((lung.lateral[Math.round(lung.hilum.y)] as number) - lung.hilum.x));
  const start = lung.hilum.y + (lift - 0.4) * 0.06 * height;
  return (x) => {
    const out = Math.min(1.2, Math.abs(x - lung.hilum.x) / width);
    return (
      start -
      (0.02 + (tilt - 0.3) * 0.06) * height * out -
      (0.03 + 0.03 * bow) * height * Math.sin(Math.min(1, out) * Math.PI)
    );
  };
}

/** How much of the path through the lung is this lobe, 0 to 1, on CHEST_GRID. */
export function lobe(zone: Zone, chest: Chest, frame: LungFrame, seed: number): Field {
  const fissure = minorFissure(frame, seed);
  const sharp = 1.2 / chest.millimetresPerRow;
  const { down, out } = frame;
  const at = (value: (down: number, out: number, x: number, y: number) => number): Field =>
    makeField(CHEST_GRID, (x, y) => {
      const cell = y * CHEST_GRID + x;
      return value(down.data[cell] as number, out.data[cell] as number, x, y);
    });
  switch (zone) {
    case 'right_upper':
      return at((_down, _out, x, y) => smoothstep(fissure(x + 0.5) + sharp, fissure(x + 0.5) - sharp, y + 0.5));
    case 'right_mid':
      // Wedge against the heart: its outer border is the oblique fissure, which fades.
      return at(
        (down, out, x, y) =>
          smoothstep(fissure(x + 0.5) - sharp, fissure(x + 0.5) + sharp, y + 0.5) *
          smoothstep(1.15, 0.45, out + 0.55 * Math.max(0, down - 0.72)) *
          (1 - 0.35 * smoothstep(0.85, 1, down)),
      );
    case 'left_upper':
      return at((down, out) => smoothstep(0.95, 0.35, down + 0.12 * out));
    case 'left_mid':
      return at(
        (down, out) =>
          smoothstep(0.38, 0.58, down) * smoothstep(0.95, 0.3, out) * (1 - 0.3 * smoothstep(0.85, 1, down)),
      );
    case 'right_lower':
    case 'left_lower':
      // Mostly behind the heart; densest over the diaphragm.
      return at(
        (down, out) => smoothstep(0.38, 0.8, down + 0.1 * (out - 0.5)) * (0.85 + 0.15 * smoothstep(0, 0.25, out)),
      );
  }
}
