import { Blend, Columns2, Diff, Image, ImagePlus, type LucideIcon } from 'lucide-react';
import { shownResult } from '../../state/shownResult';
import type { ComparisonMode } from '../../state/slices/view';
import type { Action } from './action';

function compare(mode: ComparisonMode, label: string, icon: LucideIcon, shortcut: string): Action {
  return {
    name: `compare.${mode}`,
    label,
    group: 'Compare',
    icon,
    shortcuts: [shortcut],
    keywords: 'show view before after',
    predicate: (state) => shownResult(state) !== undefined,
    pressed: (state) => state.comparison === mode,
    perform: ({ store }) => {
      store.getState().setComparison(mode);
    },
  };
}

export const actionShowSource = compare('source', 'Source', Image, '1');
export const actionShowCounterfactual = compare('counterfactual', 'Counterfactual', ImagePlus, '2');
export const actionShowDifference = compare('difference', 'Difference', Diff, '3');
export const actionShowSwipe = compare('swipe', 'Swipe', Columns2, '4');

/** Held: the source, so that the eye sees what jumps. */
export const actionBlink: Action = {
  name: 'compare.blink',
  label: 'Blink to the source (hold)',
  group: 'Compare',
  icon: Blend,
  shortcuts: ['X'],
  keywords: 'flicker flip before after',
  predicate: (state) => shownResult(state) !== undefined,
  perform: ({ store }) => {
    store.getState().setBlinking(true);
  },
  release: ({ store }) => {
    store.getState().setBlinking(false);
  },
};
