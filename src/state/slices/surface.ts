/** What is open on top of the screen, and how the keyboard behaves. */

import type { StateCreator } from 'zustand/vanilla';
import type { Preferences } from '../preferences';
import type { StudioState } from '../store';

export type Dialog = 'palette' | 'shortcuts' | 'swap' | 'matrix' | 'tour' | 'diagnostics' | 'projects';

export interface SurfaceSlice {
  readonly dialog: Dialog | undefined;
  /** Single letters act as shortcuts. */
  readonly singleKeys: boolean;
  /** Files being read now, by name. */
  readonly opening: readonly string[];
  setDialog(dialog: Dialog | undefined): void;
  setSingleKeys(singleKeys: boolean): void;
  setOpening(opening: readonly string[]): void;
}

export function createSurfaceSlice(preferences: Preferences): StateCreator<StudioState, [], [], SurfaceSlice> {
  return (set) => ({
    dialog: undefined,
    singleKeys: preferences.singleKeys,
    opening: [],
    setDialog: (dialog) => {
      set({ dialog });
    },
    setSingleKeys: (singleKeys) => {
      set({ singleKeys });
    },
    setOpening: (opening) => {
      set({ opening });
    },
  });
}
