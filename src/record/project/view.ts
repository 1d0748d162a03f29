/** How the picture on the screen was looked at, as a project keeps it. */

import type { VoiWindow } from '../../imaging/radiograph';

/** Comparisons by name. 'sideBySide' and 'blink' are made of two pictures by the page, the others by the viewer. */
export const COMPARISONS = ['source', 'counterfactual', 'swipe', 'difference', 'sideBySide', 'blink'] as const;
export type ComparisonMode = (typeof COMPARISONS)[number];

/** What a viewer tells of its view (viewport/viewport.ts). */
export interface SavedView {
  /** In modality units. */
  readonly window: VoiWindow;
  /** CSS pixels a native pixel. */
  readonly scale: number;
  /** Offset of the image's centre from the view's centre, in native pixels. */
  readonly translation: readonly [number, number];
  readonly inverted: boolean;
  /** Projects before 0.5.0 do not tell. */
  readonly fitted?: boolean;
}
