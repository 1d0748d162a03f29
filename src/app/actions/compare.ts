import {
  Blend,
  Columns2,
  Diff,
  Image,
  ImagePlus,
  PanelsLeftBottom,
  Repeat2,
  SquareSplitHorizontal,
  type LucideIcon,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import { shownResult } from '../../state/shownResult';
import { comparedIdOf, picturesOf } from '../../state/slices/compare';
import { currentDocument } from '../../state/slices/documents';
import type { ComparisonMode } from '../../record/project/view';
import { prefersReducedMotion } from '../reducedMotion';
import type { Action } from './action';

function compare(
  mode: ComparisonMode,
  label: () => string,
  icon: LucideIcon,
  shortcut: string,
  keywords?: () => string,
): Action {
  return {
    name: `compare.${mode}`,
    label,
    group: 'Compare',
    icon,
    shortcuts: [shortcut],
    keywords: () => `${say.showKeywords()} ${keywords?.() ?? ''}`,
    predicate: (state) => shownResult(state) !== undefined,
    pressed: (state) => state.comparison === mode,
    perform: ({ store }) => {
      store.getState().setComparison(mode);
      // Where less motion is wanted, blinking waits to be started.
      if (mode === 'blink') store.getState().setBlinkRunning(!prefersReducedMotion());
    },
  };
}

export const actionShowSource = compare('source', say.showSource, Image, '1');
export const actionShowCounterfactual = compare('counterfactual', say.showCounterfactual, ImagePlus, '2');
export const actionShowDifference = compare('difference', say.showDifference, Diff, '3', say.showDifferenceKeywords);
export const actionShowSwipe = compare('swipe', say.showSwipe, SquareSplitHorizontal, '4', say.showSwipeKeywords);
export const actionShowSideBySide = compare(
  'sideBySide',
  say.showSideBySide,
  Columns2,
  '5',
  say.showSideBySideKeywords,
);
export const actionShowBlink = compare('blink', say.showBlink, Repeat2, '6', say.showBlinkKeywords);

/** Held: the source, so that the eye sees what jumps. */
export const actionBlink: Action = {
  name: 'compare.hold',
  label: say.blink,
  group: 'Compare',
  icon: Blend,
  shortcuts: ['X'],
  keywords: say.blinkKeywords,
  predicate: (state) => shownResult(state) !== undefined,
  perform: ({ store }) => {
    store.getState().setBlinking(true);
  },
  release: ({ store }) => {
    store.getState().setBlinking(false);
  },
};

export const actionPauseBlinking: Action = {
  name: 'compare.pauseBlinking',
  label: say.pauseBlinking,
  group: 'Compare',
  icon: Repeat2,
  keywords: say.pauseBlinkingKeywords,
  predicate: (state) => state.comparison === 'blink' && shownResult(state) !== undefined,
  perform: ({ store }) => {
    const { blinkRunning, setBlinkRunning } = store.getState();
    setBlinkRunning(!blinkRunning);
  },
};

/** Source, then each version: two results of one radiograph can be told apart without going back to it. */
export const actionCompareNext: Action = {
  name: 'compare.next',
  label: say.compareNext,
  group: 'Compare',
  icon: PanelsLeftBottom,
  shortcuts: ['Shift+V'],
  keywords: say.compareNextKeywords,
  predicate: (state) => shownResult(state) !== undefined && (currentDocument(state)?.versions.length ?? 0) > 1,
  perform: ({ store }) => {
    const { comparedId, setCompared } = store.getState();
    const document = currentDocument(store.getState());
    if (document === undefined) return;
    const others = picturesOf(document).filter(({ id }) => id !== document.shownVersionId);
    const now = others.findIndex(({ id }) => id === comparedIdOf(document, comparedId));
    setCompared(others[(now + 1) % others.length]?.id);
  },
};
