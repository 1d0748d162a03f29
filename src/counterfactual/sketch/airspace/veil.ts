/**
 * Lung whose air is partly replaced. A share of the way from the lung's density to that of soft tissue is added; what lies
 * in the lung (vessels, its borders) loses contrast with it where the air is replaced by fluid, and keeps it in ground glass.
 */

import { smoothstep, type Field } from '../field';
import type { Tones } from './tones';

/** However dark the film's heart, replaced air adds at least this much at share 1. */
const LEAST_STEP = 0.12;
/** How far above soft tissue ribs and vessels over filled lung come, in differences between soft tissue and lung. */
const HEADROOM = 0.6;

/** How filled lung is laid on the film; each on the working grid. */
export interface Veil {
  /** How much of the air is replaced, 0 to 1. */
  readonly share: Float32Array;
  /** How much of the lung's own detail goes where share is 1, 0 to 1; below 0 it grows. */
  readonly loss: number;
  /** 1 where a border is lost with it (heart, diaphragm): what is dark there comes to soft tissue, what is dense stays. */
  readonly border: Float32Array;
}

/** Density to add, on the working grid. */
export function veil({ film, base, tissue, air }: Tones, { share, loss, border }: Veil): Field {
  const data = new Float32Array(share.length);
  const span = Math.max(LEAST_STEP, tissue - air);
  for (let cell = 0; cell < data.length; cell++) {
    const amount = share[cell] as number;
    if (amount === 0) continue;
    const [value, low, edge] = [film.data[cell] as number, base.data[cell] as number, border[cell] as number];
    // Ribs stay on top of filled lung; what is far denser than soft tissue (metal, the heart's border) gains nothing.
    const inLung =
      Math.max(0, Math.max(LEAST_STEP, tissue - low) - loss * (value - low)) *
      smoothstep(HEADROOM, 0.5 * HEADROOM, (value - tissue) / span);
    // A border is lost: all of it comes to soft tissue, what is nearly as dense as that by as much less, so that no line stays.
    const overBorder = Math.max(0, tissue - value);
    data[cell] = amount * (inLung * (1 - edge) + overBorder * edge);
  }
  return { ...film, data };
}
