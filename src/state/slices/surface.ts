/** What is open on top of the screen, and how the keyboard behaves. */

import type { StateCreator } from 'zustand/vanilla';
import type { Preferences } from '../preferences';
import type { StudioState } from '../store';

export type Dialog = 'palette' | 'shortcuts' | 'swap' | 'matrix' | 'tour' | 'diagnostics' | 'projects';

export interface SurfaceSlice {
  readonly dialog: Dialog | undefined;
  /** Single letters act as shortcuts. */
  readonly singleKeys: boolean;
  /** The tour was taken or declined. */
  readonly tourSeen: boolean;
  /** Files being read now, by name. */
  readonly opening: readonly string[];
  setDialog(dialog: Dialog | undefined): void;
  setSingleKeys(singleKeys: boolean): void;
  setTourSeen(): void;
  setOpening(opening: readonly string[]): void;
}

export function createSurfaceSlice(preferences: Preferences): StateCreator<StudioState, [], [], SurfaceSlice> {
  return (set) => ({
    dialog: undefined,
    singleKeys: preferences.singleKeys,
    tourSeen: preferences.tourSeen,
    opening: [],
    setDialog: (dialog) => {
      set({ dialog });
    },
    setSingleKeys: (singleKeys) => {
      set({ singleKeys });
    },
    setTourSeen: () => {
      set({ tourSeen: true });
    },
    setOpening: (opening) => {
      set({ opening });
    },
  });
}
