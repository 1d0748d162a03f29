/** Hands the studio to the components. */

import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Studio } from '../state/studio';
import type { StudioState } from '../state/store';

const StudioContext = createContext<Studio | undefined>(undefined);

export function StudioProvider({ studio, children }: { readonly studio: Studio; readonly children: ReactNode }) {
  return <StudioContext value={studio}>{children}</StudioContext>;
}

/** @throws Error outside of a StudioProvider: a mistake in the code */
export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (studio === undefined) throw new Error('useStudio outside of a StudioProvider');
  return studio;
}

/** The selector must return a stable value: a part of the state, not something made anew. */
export function useStudioState<Selected>(select: (state: StudioState) => Selected): Selected {
  return useStore(useStudio().store, select);
}
