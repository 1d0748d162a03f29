/** What the request would draw, as it is drawn while its controls move: seen on the picture before anything is generated. */

import type { StateCreator } from 'zustand/vanilla';
import type { SketchView } from '../../worker/sketch/protocol';
import type { Problem } from '../../record/problem';

export type LiveSketch =
  /** Nothing that is asked is drawn, or it is not to be seen now. */
  | { readonly status: 'none' }
  | { readonly status: 'drawn'; readonly view: SketchView }
  /** Why it cannot be drawn like that. */
  | { readonly status: 'impossible'; readonly problem: Problem };

export interface SketchSlice {
  readonly sketch: LiveSketch;
  /** The user wants to see it. */
  readonly sketchWanted: boolean;
  setSketch(sketch: LiveSketch): void;
  setSketchWanted(wanted: boolean): void;
}

export const NO_SKETCH: LiveSketch = { status: 'none' };

export const createSketchSlice: StateCreator<SketchSlice> = (set) => ({
  sketch: NO_SKETCH,
  sketchWanted: true,
  setSketch: (sketch) => {
    set({ sketch });
  },
  setSketchWanted: (sketchWanted) => {
    set({ sketchWanted });
  },
});
