/**
 * Lung whose air is partly replaced. A share of the way from the lung's density to that of soft tissue is added; what lies
 * in the lung (vessels, its borders) loses contrast with it where the air is replaced by fluid, and keeps it in ground glass.
 */

import { blurredValues, smoothstep, type Field } from '../field';
import { keptBy } from '../kept';
import { nearOnGrid, type Tones } from './tones';

/** However dark the film's heart, replaced air adds at least this much at share 1. */
const LEAST_STEP = 0.12;
/** How far above soft tissue ribs over filled lung may come, in differences between soft tissue and lung. */
const HEADROOM = 0.45;

/** So far on the way from the darkest lung to soft tissue a place has all of its air, and has none. */
const CLEAR = 0.6;
const AIRLESS = 0.9;

/** How filled lung is laid on the film; each on the working grid. */
export interface Veil {
  /** How much of the air is replaced, 0 to 1. */
  readonly share: Float32Array;
  /** How much of the lung's own detail goes where share is 1, 0 to 1; below 0 it grows. */
  readonly loss: number;
  /** 1 where a border is lost with it (heart, diaphragm): what is dark there comes to the soft tissue beside it, what is dense stays. */
  readonly border: Float32Array;
  /** Share of the lung's detail that is replaced by itself, blurred: vessels in fluid lose their sharp borders. */
  readonly indistinct?: number;
  /** What is dark at a border comes to the soft tissue beside it no further than the lung about it does: it becomes hazy, and is not lost. */
  readonly hazy?: boolean;
  /** What lung without air comes to, on the working grid; absent: the soft tissue near it. */
  readonly tissue?: Float32Array;
  /** Share of the film's grain that stays where all other detail goes, so that nothing is flat. */
  readonly grain?: number;
}

/** What is finer than the one is grain; the other is the blur of an indistinct vessel. */
const FINER_MM = { grain: 1.2, indistinct: 1.4 } as const;

/** Density to add, on the working grid. */
export function veil(
  tones: Tones,
  { share, loss, border, indistinct = 0, hazy = false, tissue: asked, grain = 0 }: Veil,
): Field {
  const { film, base } = tones;
  const headroom = HEADROOM * Math.max(LEAST_STEP, tones.tissue - tones.air);
  const soft = indistinct > 0 ? softened(tones, 'indistinct') : film.data;
  const broad = grain > 0 ? softened(tones, 'grain') : film.data;
  const tissue = asked ?? nearOnGrid(tones, 'tissue');
  const data = new Float32Array(share.length);
  for (let cell = 0; cell < data.length; cell++) {
    const own = share[cell] as number;
    if (own === 0) continue;
    const value = film.data[cell] as number;
    const low = base.data[cell] as number;
    const edge = border[cell] as number;
    const full = tissue[cell] as number;
    // What is already as dense as soft tissue (a rib, the heart) gains nothing; beside heart and diaphragm all that is darker
    // than they are comes to them, so that their border is lost.
    // Haze takes the air that there is: where the outline takes in some of the heart, or lung without air, a bright band came.
    const clear = (1 - edge) * (hazy ? smoothstep(AIRLESS, CLEAR, (low - tones.air) / (tones.tissue - tones.air)) : 1);
    const room = Math.max(0, full + headroom * clear - value);
    const gone = loss + (1 - loss) * edge * (hazy ? 1 : smoothstep(0.1, 0.7, own));
    const air = Math.max(LEAST_STEP * clear, full - low) - gone * (value - low);
    const lost = hazy ? own : own + edge * own * (1 - own) * smoothstep(0.3, 0.7, own);
    data[cell] =
      lost * Math.min(room, Math.max(0, air)) +
      indistinct * Math.min(1, 2 * own) * (1 - own * edge) * ((soft[cell] as number) - value) +
      grain * own * gone * (value - (broad[cell] as number));
  }
  return { ...film, data };
}

/** The film without what is finer, made once for it. */
const softened = keptBy(
  ({ film: { data, width, height }, cellsPerMm: [across, down] }: Tones, without: keyof typeof FINER_MM) =>
    blurredValues(data, width, height, FINER_MM[without] * across, FINER_MM[without] * down),
);
