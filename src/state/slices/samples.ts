/** The gallery of samples. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../../record/problem';
import type { Sample } from '../samples';

export type Gallery =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly samples: readonly Sample[] }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface SamplesSlice {
  readonly gallery: Gallery;
  /** The document of a demonstration that has not begun to generate: its networks are loaded and its film is read first. */
  readonly demonstrated: string | undefined;
  setGallery(gallery: Gallery): void;
  setDemonstrated(id: string | undefined): void;
}

export const createSamplesSlice: StateCreator<SamplesSlice> = (set) => ({
  gallery: { status: 'loading' },
  demonstrated: undefined,
  setGallery: (gallery) => {
    set({ gallery });
  },
  setDemonstrated: (demonstrated) => {
    set({ demonstrated });
  },
});
