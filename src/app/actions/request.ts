/** What is asked, and the work on it. */

import {
  CircleStop,
  Compass,
  Dices,
  Eraser,
  Grid3x3,
  MessageSquareText,
  Pause,
  Shuffle,
  SlidersHorizontal,
  Sparkles,
  Wind,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import { MAX_SEED } from '../../record/editRequest';
import { analysisOf } from '../../record/studioDocument';
import {
  cancelGeneration,
  explore,
  generate,
  sweep,
  whyNotExplore,
  whyNotGenerate,
  whyNotSweep,
} from '../../state/commands/generate';
import { holdJob, resumeJob } from '../../state/commands/queue';
import { setSampling, setSeverity } from '../../state/commands/request';
import { whyNotWithoutOpacities, withoutOpacities } from '../../state/commands/withoutOpacities';
import { currentDocument } from '../../state/slices/documents';
import { jobUnderWay } from '../../state/slices/queue';
import type { Action } from './action';

export const TEXT_LINE_ID = 'request-in-words';

/** The keys are the studio's again: else "?" and the numbers of comparisons go on into the words. */
export function leaveText(): void {
  const line = document.activeElement;
  if (line?.id !== TEXT_LINE_ID || !(line instanceof HTMLElement)) return;
  const picture = document.querySelector<HTMLElement>('[data-testid=viewport] [role=application]');
  line.blur();
  picture?.focus({ preventScroll: true });
}

export const actionFocusText: Action = {
  name: 'request.say',
  label: say.focusText,
  group: 'Request',
  icon: MessageSquareText,
  shortcuts: ['/'],
  keywords: say.focusTextKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ store }) => {
    const hidden = store.getState().panelTab !== 'ask';
    store.getState().setPanelTab('ask');
    const focus = () => {
      const line = document.getElementById(TEXT_LINE_ID);
      line?.focus();
      if (line instanceof HTMLTextAreaElement) line.select();
    };
    // What another tab hides has to be drawn before it can take the focus.
    if (hidden) requestAnimationFrame(focus);
    else focus();
  },
};

export const actionGenerate: Action = {
  name: 'request.generate',
  label: say.generate,
  group: 'Request',
  icon: Sparkles,
  shortcuts: ['Mod+Enter'],
  keywords: say.generateKeywords,
  predicate: (state) => whyNotGenerate(state) === undefined,
  perform: async (studio) => {
    leaveText();
    await generate(studio);
  },
};

export const actionCancelGeneration: Action = {
  name: 'request.cancel',
  label: say.cancelGeneration,
  group: 'Request',
  icon: CircleStop,
  shortcuts: ['Escape'],
  keywords: say.cancelGenerationKeywords,
  predicate: (state) => state.generation.status === 'running',
  perform: cancelGeneration,
};

export const actionHold: Action = {
  name: 'request.hold',
  label: say.hold,
  group: 'Request',
  icon: Pause,
  keywords: say.holdKeywords,
  predicate: (state) => {
    const status = jobUnderWay(state)?.status;
    return status === 'running' || status === 'held';
  },
  pressed: (state) => jobUnderWay(state)?.status === 'held',
  perform: (studio) => {
    if (jobUnderWay(studio.store.getState())?.status === 'held') resumeJob(studio);
    else holdJob(studio);
  },
};

/** Asks for the finding to be gone; pressed again, asks for a moderate one. */
export const actionErase: Action = {
  name: 'request.erase',
  label: say.erase,
  group: 'Request',
  icon: Eraser,
  keywords: say.eraseKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => currentDocument(state)?.request.severity === 0,
  perform: (studio) => {
    const severity = currentDocument(studio.store.getState())?.request.severity;
    setSeverity(studio, severity === 0 ? 2 : 0);
  },
};

/** The healthy twin, and in the difference view what the film has more. */
export const actionWithoutOpacities: Action = {
  name: 'request.withoutOpacities',
  label: say.withoutOpacities,
  group: 'Request',
  icon: Wind,
  keywords: say.withoutOpacitiesKeywords,
  predicate: (state) => whyNotWithoutOpacities(state) === undefined,
  perform: withoutOpacities,
};

export const actionExplore: Action = {
  name: 'request.explore',
  label: say.explore,
  group: 'Request',
  icon: Compass,
  keywords: say.exploreKeywords,
  predicate: (state) => whyNotExplore(state) === undefined,
  perform: explore,
};

export const actionSweep: Action = {
  name: 'request.sweep',
  label: say.sweep,
  group: 'Request',
  icon: SlidersHorizontal,
  keywords: say.sweepKeywords,
  predicate: (state) => whyNotSweep(state) === undefined,
  perform: sweep,
};

export const actionRollSeed: Action = {
  name: 'request.rollSeed',
  label: say.rollSeed,
  group: 'Request',
  icon: Dices,
  keywords: say.rollSeedKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: (studio) => {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    setSampling(studio, { seed: drawn % (MAX_SEED + 1) });
  },
};

export const actionSwap: Action = {
  name: 'request.swap',
  label: say.swap,
  group: 'Request',
  icon: Shuffle,
  shortcuts: ['Shift+P'],
  keywords: say.swapKeywords,
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('swap');
  },
};

export const actionSwapMatrix: Action = {
  name: 'request.swapMatrix',
  label: say.swapMatrix,
  group: 'Request',
  icon: Grid3x3,
  keywords: say.swapMatrixKeywords,
  predicate: (state) => state.documents.length > 0,
  perform: ({ store }) => {
    store.getState().setDialog('matrix');
  },
};
