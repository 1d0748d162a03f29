/**
 * Looks for a faster kernel for each product of the loaded networks by timing it alone, the costliest first. Meant for idle time: it stops
 * when told, and when its time is up.
 */

import type { Schedule, TileName } from './schedule';
import { TILES } from './schedule';
import type { ProductChoice } from './stored-schedule';

/** A product of a loaded network. */
export interface Refinable {
  /** Products with equal keys are one. */
  readonly key: string;
  readonly cost: number;
  /** Winograd's products can compute it. */
  readonly transformed: boolean;
  /** As it is computed now. */
  readonly choice: ProductChoice;
  /** Milliseconds of one run under a schedule. @throws EngineError */
  time(schedule: Schedule): Promise<number>;
}

export interface RefineOptions {
  readonly signal: AbortSignal;
  readonly budgetMs: number;
  readonly now?: () => number;
}

/** A kernel must be so much faster to be preferred: measurements of short kernels differ. */
const WORTHWHILE = 0.93;

/** @param known products that were looked at before, which are left out */
export async function refine(
  products: readonly Refinable[],
  known: Readonly<Record<string, unknown>>,
  { signal, budgetMs, now = () => performance.now() }: RefineOptions,
): Promise<Readonly<Record<string, ProductChoice>>> {
  const began = now();
  const isOver = () => signal.aborted || now() - began >= budgetMs;
  const found: Record<string, ProductChoice> = {};
  for (const product of products.toSorted((a, b) => b.cost - a.cost)) {
    if (product.key in known || product.key in found) continue;
    const timed: [ProductChoice, number][] = [];
    for (const choice of choicesFor(product)) {
      if (isOver()) return found;
      const milliseconds = await product.time({ tile: () => TILES[choice.tile], parts: () => choice.parts });
      // What is used now has to be beaten clearly.
      timed.push([choice, timed.length === 0 ? milliseconds * WORTHWHILE : milliseconds]);
    }
    const [best] = timed.toSorted(([, a], [, b]) => a - b);
    if (best) found[product.key] = best[0];
  }
  return found;
}

/** The present choice first, then every tile, whole and in as many shares as now; what is transformed has shares of its own. */
function choicesFor({ choice, transformed }: Refinable): ProductChoice[] {
  const all = (Object.keys(TILES) as TileName[])
    .map((tile) => ({ tile, transforms: 'winograd' in TILES[tile] }))
    .filter(({ transforms }) => transformed || !transforms)
    .flatMap(({ tile, transforms }) =>
      [...new Set(transforms ? [1] : [1, choice.parts])].map((parts) => ({ tile, parts })),
    );
  return [choice, ...all.filter(({ tile, parts }) => tile !== choice.tile || parts !== choice.parts)];
}
