/** What the page and the worker that draws sketches say to each other. */

import type { Asked, DrawnFinding, Reading } from '../../counterfactual/edit';
import type { SketchKnowledge } from '../../counterfactual/sketch/knowledge';
import type { Finding } from '../../findings/vocabulary';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import type { CrossedError } from '../errors';

/** The film to draw on. Sent once; drawings then name it by its radiograph's id. */
export interface SketchFilm {
  readonly radiograph: Radiograph;
  readonly reading: Reading;
  /** The anatomist's map, [64 x 64 x 8]. */
  readonly probabilities: Float32Array;
}

export interface SketchAsk {
  /** Without its mask, which is sent apart and only when it changes. */
  readonly edit: Asked;
  readonly seed: number;
}

/** A picture over part of the film, at the resolution of a screen. */
export interface SketchPicture {
  /** Where it lies, in native pixels. */
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
  /** Its own size. */
  readonly width: number;
  readonly height: number;
  /** Presentation grey under the film's own window, in [0, 255]. */
  readonly grey: Uint8ClampedArray;
  /** How much of it is seen, in [0, 255]. */
  readonly alpha: Uint8ClampedArray;
}

export interface SketchView {
  /** Absent: nothing of it can be seen. */
  readonly picture?: SketchPicture;
  readonly drawn: readonly DrawnFinding[];
  /** Millimetres rest on an average thorax: the file states no scale. */
  readonly about: boolean;
  /** The heart's width over the thorax's, where it is asked to be less. */
  readonly narrowsFrom?: number;
  readonly milliseconds: number;
}

export type SketchRequestMessage =
  | { readonly type: 'film'; readonly film: SketchFilm }
  | { readonly type: 'mask'; readonly mask?: Mask }
  | { readonly type: 'draw'; readonly id: number; readonly ask: SketchAsk }
  | { readonly type: 'know'; readonly id: number; readonly finding: Finding };

/** Name of the worker that draws; the other owns the GPU. */
export const SKETCH_WORKER = 'counterpart-sketch';

export type SketchResponse =
  | { readonly type: 'known'; readonly id: number; readonly knowledge?: SketchKnowledge }
  | { readonly type: 'drawn'; readonly id: number; readonly view: SketchView }
  | { readonly type: 'failed'; readonly id: number; readonly error: CrossedError };
