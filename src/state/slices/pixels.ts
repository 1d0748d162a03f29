/** Whether the pixels of what is on the screen are at hand. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../../record/problem';

/** `lost`: some cannot be read, and what is shown has no picture. */
export type PixelsState =
  { readonly status: 'here' } | { readonly status: 'loading' } | { readonly status: 'lost'; readonly problem: Problem };

export interface PixelsSlice {
  /** Another object whenever pixels have come. */
  readonly pixels: PixelsState;
  setPixels(pixels: PixelsState): void;
}

export const createPixelsSlice: StateCreator<PixelsSlice> = (set) => ({
  pixels: { status: 'here' },
  setPixels: (pixels) => {
    set({ pixels });
  },
});
