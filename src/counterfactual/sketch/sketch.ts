/**
 * Sketches (blueprint, Method 9): a finding drawn from what is known about it, where a network has seen too few to have learnt
 * it. A sketch is a pure function of the radiograph at whatever resolution is given, the chest's geometry, and what is asked;
 * it gives a change of density and the mask that bounds it. The same request gives the same shape at every resolution.
 */

import type { SketchAmount } from '../../findings/amounts';
import type { LungShape } from '../../findings/lungShape';
import type { Finding, Place, Severity } from '../../findings/vocabulary';
import type { Mask } from '../../imaging/radiograph';
import type { Chest } from './chest';
import type { DensityImage } from './density';
import type { Box } from './field';

export { amountOf, severityOfAmount, type SketchAmount } from '../../findings/amounts';

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
  /** It goes: `amount` is the most that may be left of it. */
  readonly remove?: true;
  /** Variants by name, such as { margin: 'spiculated' }; what is absent is the finding's usual one. */
  readonly options: Readonly<Record<string, string>>;
  /** Where its centre shall lie, as fractions of the image; absent: chosen by the seed within the places. */
  readonly at?: { readonly x: number; readonly y: number };
  /** A donor's: where in the lungs there is most of it; only of what TAKES_SHAPE. */
  readonly shape?: LungShape;
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

export interface Removal {
  /** So much of the finding's amount is left at the most; never more than there is. */
  readonly amount: number;
  /** What lies anywhere goes where it is painted, what lies in one place goes without; what can be found, but not surely, either way. */
  readonly painted: boolean | 'either';
  /** It can also become less: the amount of the grade that is asked is left. */
  readonly lessens?: true;
  /** Time from which the denoiser harmonises what came in its place; absent: it is better alone. */
  readonly harmonise?: number;
  /**
   * Whether there is any to be drawn away; absent: that is always tried. Asked alone, none found is an error that says so; beside
   * other findings ("a nodule, no effusion") what is not found is left to the denoiser.
   */
  readonly finds?: (context: SketchContext, request: SketchRequest) => boolean;
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
  /** Absent: what goes is left to the denoiser. Else it can be drawn away, too. */
  readonly removes?: Removal;
  /** Options of which the usual choice is left to the places, made; absent: there are none. */
  readonly settled?: (request: Pick<SketchRequest, 'options' | 'places' | 'mask'>) => SketchRequest['options'];
  /**
   * Where the chest alone tells how much of it there is: what is asked is more than that, or less and then drawn so; what is painted
   * is more. Called before anything is drawn.
   * @throws SketchImpossibleError
   */
  readonly requireChange?: (chest: Chest, amount: number, painted: boolean) => void;
  /** @throws SketchImpossibleError with what is missing and the nearest thing that can be done */
  draw(context: SketchContext, request: SketchRequest): Sketch;
}
