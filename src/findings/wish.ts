/** How a finding shall be drawn, where that is not left to its severity, its usual look and the seed. */

import type { LungShape } from './lungShape';
import type { Pathology } from './pathology';
import type { Taken } from './taken';

export interface SketchWish {
  /** The finding's own quantity in its own unit (mm, ratio or share), in place of what the severity gives. */
  readonly amount?: number;
  /** Variants by name, such as { margin: 'spiculated' }. */
  readonly options?: Readonly<Record<string, string>>;
  /** Centre, as fractions of the image's width and height. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Another patient's, in place of what this patient has of the finding and of what the seed gives. */
  readonly shape?: LungShape;
  /** Another patient's, read by the network of that name, in place of what this patient has of the finding. */
  readonly pathology?: Pathology;
  /** What an erasure took from this very film, to be given back. */
  readonly taken?: Taken;
}

/** The wish with another part; undefined where nothing is left of it. */
export function withWish(
  wish: SketchWish | undefined,
  change: { readonly [Part in keyof SketchWish]?: SketchWish[Part] | undefined },
): SketchWish | undefined {
  const { amount, options = {}, at, shape, pathology, taken } = { ...wish, ...change };
  const chosen = Object.keys(options).length > 0;
  if ([amount, at, shape, pathology, taken].every((each) => each === undefined) && !chosen) return undefined;
  return {
    ...(amount === undefined ? {} : { amount }),
    ...(chosen ? { options } : {}),
    ...(at === undefined ? {} : { at }),
    ...(shape === undefined ? {} : { shape }),
    ...(pathology === undefined ? {} : { pathology }),
    ...(taken === undefined ? {} : { taken }),
  };
}

/** Whether it is drawn by networks: a donor's pathology, or what an erasure took. */
export function takesNetworks(wish: SketchWish | undefined): boolean {
  return wish?.pathology !== undefined || wish?.taken !== undefined;
}
