/**
 * Sketches (blueprint, Method 9): a finding drawn from what is known about it, where a network has seen too few to have learnt
 * it. A sketch is a pure function of the radiograph at whatever resolution is given, the chest's geometry, and what is asked;
 * it gives a change of density and the mask that bounds it. The same request gives the same shape at every resolution.
 */

import type { Finding, Place, Severity } from '../../findings/vocabulary';
import type { Mask } from '../../imaging/radiograph';
import type { Chest } from './chest';
import type { DensityImage } from './density';
import type { Box } from './field';

export interface SketchRequest {
  readonly finding: Finding;
  /** Zones, or the mediastinum; their sides and levels say where it is drawn. */
  readonly places: readonly Place[];
  /** (0, 3], continuous; more is never smaller. */
  readonly severity: Severity;
  /** The finding's own quantity in its own unit (mm, ratio, share: the registry says which), in place of what the severity gives. */
  readonly amount?: number;
  /** Other seeds give visibly other shapes. */
  readonly seed: number;
  /** Variants by name, such as { margin: 'spiculated' }; what is absent is the finding's usual one. */
  readonly options: Readonly<Record<string, string>>;
  /** Where its centre shall lie, as fractions of the image; absent: chosen by the seed within the places. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Painted: nothing is drawn outside it, and it says where. Native size of the radiograph, whatever size is drawn at. */
  readonly mask?: Mask;
}

export interface SketchContext {
  /** At the resolution that is drawn. */
  readonly image: DensityImage;
  readonly chest: Chest;
}

export interface Sketch {
  readonly box: Box;
  /** Density to add, [box.height x box.width]; 1 is the width of the window. Exactly 0 where nothing is drawn. */
  readonly change: Float32Array;
  /** Where it is drawn, 0 to 255, [box.height x box.width]; the change is 0 where this is. */
  readonly mask: Uint8Array;
  /** The numbers it used, with the unit in the name: { depthMm: 24, share: 0.31 }. `amount` is the finding's own quantity as drawn. */
  readonly figures: Readonly<Record<string, number>> & { readonly amount: number };
}

/** What is asked of one option, with the usual one first. */
export interface SketchOption {
  readonly name: string;
  readonly choices: readonly [string, ...string[]];
}

/** The quantity that a slider sets. */
export interface SketchAmount {
  readonly unit: 'mm' | 'ratio' | 'share';
  readonly min: number;
  readonly max: number;
  /** Its value at severity 0 (least visible), 1, 2 and 3, ascending. Linear between. */
  readonly bySeverity: readonly [number, number, number, number];
}

/** How one finding is drawn. One file a finding; `registry.ts` collects them. */
export interface Sketcher {
  readonly finding: Finding;
  readonly amount: SketchAmount;
  readonly options: readonly SketchOption[];
  /**
   * Time t from which the denoiser harmonises the sketch inside its mask (SDEdit); 0: the sketch is better alone. Chosen by
   * measurement and by eye (docs/sketches.md).
   */
  readonly harmonise: number;
  /** @throws SketchImpossibleError with what is missing and the nearest thing that can be done */
  draw(context: SketchContext, request: SketchRequest): Sketch;
}

/** The finding's own quantity of a request: as set, else from the severity. */
export function amountOf({ min, max, bySeverity }: SketchAmount, { amount, severity }: Pick<SketchRequest, 'amount' | 'severity'>): number {
  if (amount !== undefined) return Math.min(max, Math.max(min, amount));
  const at = Math.min(3, Math.max(0, severity));
  const low = Math.min(2, Math.floor(at));
  const [from, to] = [bySeverity[low] as number, bySeverity[low + 1] as number];
  return from + (to - from) * (at - low);
}

/** The severity at which a quantity lies, the inverse of `amountOf`. */
export function severityOfAmount({ bySeverity }: SketchAmount, amount: number): Severity {
  for (let low = 0; low < 3; low++) {
    const [from, to] = [bySeverity[low] as number, bySeverity[low + 1] as number];
    if (amount <= to || low === 2) return Math.min(3, Math.max(0, low + (amount - from) / (to - from)));
  }
  return 3;
}
