import { ArrowLeftFromLine, ArrowRightFromLine, BookmarkPlus, Pin, Trash2, type LucideIcon } from 'lucide-react';
import { shownSet } from '../../state/candidates';
import { discardCandidate, keepCandidate, pinCandidate, shownCandidate, stepCandidate } from '../../state/commands/candidates';
import { currentDocument } from '../../state/slices/documents';
import type { Studio } from '../../state/studio';
import type { Action } from './action';

function onShown(verb: string, label: string, icon: LucideIcon, keywords: string, perform: (studio: Studio, id: string) => void): Action {
  return {
    name: `candidate.${verb}`,
    label,
    group: 'Request',
    icon,
    keywords,
    predicate: (state) => shownCandidate(state) !== undefined,
    perform: (studio) => {
      const shown = shownCandidate(studio.store.getState());
      if (shown !== undefined) perform(studio, shown.id);
    },
  };
}

export const actionKeepCandidate = onShown('keep', 'Keep candidate as a version', BookmarkPlus, 'save accept choose', keepCandidate);
export const actionPinCandidate: Action = {
  ...onShown('pin', 'Pin candidate', Pin, 'hold favourite', pinCandidate),
  pressed: (state) => shownCandidate(state)?.pinned === true,
};
export const actionDiscardCandidate = onShown('discard', 'Discard candidate', Trash2, 'delete drop remove', discardCandidate);

function step(verb: string, label: string, icon: LucideIcon, shortcut: string, by: -1 | 1): Action {
  return {
    name: `candidate.${verb}`,
    label,
    group: 'Request',
    icon,
    shortcuts: [shortcut],
    predicate: (state) => (shownSet(currentDocument(state))?.items.length ?? 0) > 0,
    perform: (studio) => { stepCandidate(studio, by); },
  };
}

export const actionPreviousCandidate = step('previous', 'Candidate before', ArrowLeftFromLine, ',', -1);
export const actionNextCandidate = step('next', 'Next candidate', ArrowRightFromLine, '.', 1);
