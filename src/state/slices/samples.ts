/** The gallery of synthetic samples. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../problem';
import type { Sample } from '../samples';
import type { StudioState } from '../store';

export type Gallery =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly samples: readonly Sample[] }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface SamplesSlice {
  readonly gallery: Gallery;
  setGallery(gallery: Gallery): void;
}

export const createSamplesSlice: StateCreator<StudioState, [], [], SamplesSlice> = (set) => ({
  gallery: { status: 'loading' },
  setGallery: (gallery) => {
    set({ gallery });
  },
});
