/** A network lowered to kernels, as data: what is stored, and which kernels run in which order. Knows nothing of a GPU. */

import type { Shape } from '../tensor';
import type { Expression } from './expression';
import type { View } from './view';
import type { TileSide } from './winograd';

/** Something stored: an input, a weight that is read element by element, or what a kernel writes. */
export interface Value {
  readonly shape: Shape;
  readonly origin: { readonly kind: 'input' | 'weight'; readonly name: string } | { readonly kind: 'computed' };
}

/** Kernel size and steps of a convolution; a dense layer is the window of one cell. */
export interface Window {
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  readonly dilation: number;
  readonly top: number;
  readonly left: number;
}

/**
 * How a product's weights are laid out: for each source its window row by row, each cell with that source's channels, each
 * channel with all columns. Channels and columns are filled up with zeros to multiples of four.
 */
export interface WeightRecipe {
  /** [kh,kw,I,O] or [I,O] each, joined along O. */
  readonly weights: readonly string[];
  /** [O] each, or undefined where there is none; as many as weights. */
  readonly biases: readonly (string | undefined)[];
  /** Channels of each source. */
  readonly sources: readonly number[];
  readonly cells: number;
  readonly columns: number;
  /** Where windows of 3x3 are transformed: `sources` are coefficients with all channels of each, these are the channels. */
  readonly winograd?: { readonly side: TileSide; readonly sources: readonly number[] };
}

interface Base {
  /** Name of the value in the graph, for messages and profiles. */
  readonly label: string;
  readonly reads: readonly View[];
  /** Has no `via`. */
  readonly write: View;
}

/** One kernel. */
export type Operation =
  /**
   * Convolution or dense layer as a matrix product over rows [N,H,W] and columns O. The first `sources` reads are the input, joined
   * along channels, rank 4; the others are the epilogue's operands, with the shape of the result, which is what `write` has.
   * Where `parts` is above 1, nothing but the plain sums over that many shares of the channels is written, as
   * [parts,N,H,W,padded O], for a `finish` to add up.
   */
  | (Base & {
      readonly kind: 'product';
      readonly sources: number;
      readonly window: Window;
      readonly recipe: WeightRecipe;
      readonly epilogue: Expression;
      readonly parts: number;
      /** The convolution that this is the middle part of (`winograd-products.ts`). */
      readonly of?: OperationOf<'product'>;
    })
  /** Adds up the first read [parts,N,H,W,padded O] and the bias, then does what the product left undone. */
  | (Base & { readonly kind: 'finish'; readonly recipe: WeightRecipe; readonly epilogue: Expression })
  /** Reads [N,H,W,C]: BᵀdB of tiles of side + 2, which overlap, as [N,tiles down,tiles across,coefficients · padded C]. */
  | (Base & { readonly kind: 'winogradInput'; readonly side: TileSide; readonly window: Window })
  /** AᵀmA of the first read [coefficients,N,tiles down,tiles across,padded O] and the bias, then what the product left undone. */
  | (Base & {
      readonly kind: 'winogradOutput';
      readonly side: TileSide;
      readonly recipe: WeightRecipe;
      readonly epilogue: Expression;
    })
  /** `expression` over reads, all with the shape of the result. */
  | (Base & { readonly kind: 'map'; readonly expression: Expression })
  /** Reads [...,M,K] and [...,K,N]. */
  | (Base & { readonly kind: 'matmul' })
  /** Reads q [...,S,D], k [...,T,D], v [...,T,E]: softmax(scale · q·kᵀ)·v. */
  | (Base & { readonly kind: 'attention'; readonly scale: number })
  /** Over the last axes of the read, from `kept` on; the result has the axes before. */
  | (Base & { readonly kind: 'reduce'; readonly fn: 'mean' | 'sum'; readonly kept: number })
  | (Base & { readonly kind: 'pool'; readonly fn: 'average' | 'max'; readonly size: number })
  /** Over the last axis. */
  | (Base & { readonly kind: 'softmax' })
  /** Over the last axis; the second read is the gain [C]. */
  | (Base & { readonly kind: 'rmsNorm'; readonly epsilon: number });

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export interface Program {
  readonly name: string;
  readonly values: readonly Value[];
  readonly operations: readonly Operation[];
  /** Contiguous, without `via`. */
  readonly outputs: readonly { readonly name: string; readonly view: View }[];
}
