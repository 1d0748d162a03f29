import { ArrowLeftFromLine, ArrowRightFromLine, BookmarkPlus, Pin, Trash2, type LucideIcon } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { shownSet } from '../../record/candidates';
import {
  discardCandidate,
  keepCandidate,
  pinCandidate,
  shownCandidate,
  stepCandidate,
} from '../../state/commands/candidates';
import { turnToLocated } from '../../state/commands/namedMasks';
import { locatedIn } from '../../state/locate';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import type { Action } from './action';

function onShown(
  verb: string,
  label: () => string,
  icon: LucideIcon,
  keywords: () => string,
  perform: (studio: Studio, id: string) => void,
): Action {
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

export const actionKeepCandidate = onShown(
  'keep',
  say.keepCandidate,
  BookmarkPlus,
  say.keepCandidateKeywords,
  keepCandidate,
);
export const actionPinCandidate: Action = {
  ...onShown('pin', say.pinCandidate, Pin, say.pinCandidateKeywords, pinCandidate),
  pressed: (state) => shownCandidate(state)?.pinned === true,
};
export const actionDiscardCandidate = onShown(
  'discard',
  say.discardCandidate,
  Trash2,
  say.discardCandidateKeywords,
  discardCandidate,
);

const looksAtResults = (state: StudioState): boolean => (shownSet(currentDocument(state))?.items.length ?? 0) > 0;

/** Where a lesion that is to go may lie, while the picture it is to go from is on the screen. */
const placesToTurnTo = (state: StudioState): boolean =>
  currentDocument(state)?.shownVersionId === undefined && (locatedIn(currentDocument(state))?.length ?? 0) > 1;

function step(verb: string, label: () => string, icon: LucideIcon, shortcut: string, by: -1 | 1): Action {
  return {
    name: `candidate.${verb}`,
    label,
    group: 'Request',
    icon,
    shortcuts: [shortcut],
    predicate: (state) => looksAtResults(state) || placesToTurnTo(state),
    perform: (studio) => {
      if (placesToTurnTo(studio.store.getState())) turnToLocated(studio, by);
      else stepCandidate(studio, by);
    },
  };
}

export const actionPreviousCandidate = step('previous', say.previousCandidate, ArrowLeftFromLine, ',', -1);
export const actionNextCandidate = step('next', say.nextCandidate, ArrowRightFromLine, '.', 1);
