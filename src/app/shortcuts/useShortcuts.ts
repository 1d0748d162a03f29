/** Listens to the keyboard for the whole window and performs the action that a key stands for. */

import { useEffect } from 'react';
import type { Studio } from '../../state/studio';
import { isEnabled, type Action } from '../actions/action';
import { isSingleKey, matchesShortcut } from './shortcut';
import { isApple } from './platform';

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';
const OWN_KEYS = '[role=dialog], [role=menu], [role=listbox]';
/** What Escape closes before it stops anything, wherever the focus is. */
const OPEN_ABOVE = '[role=dialog][data-state=open], [role=menu][data-state=open]';

/** Typing, menus and dialogs keep their keys; with Control or Command only dialogs do. Escape is for what lies on top. */
function belongsElsewhere(event: KeyboardEvent, shortcut: string): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest(OWN_KEYS)) return true;
  if (shortcut === 'Escape' && document.querySelector(OPEN_ABOVE) !== null) return true;
  const typing = target?.matches(TYPING) ?? false;
  if (!typing) return false;
  // Undo inside a text field is the field's; its own history is finer than ours.
  return !/^Mod\+(K|Enter|S|O)$/.test(shortcut) && shortcut !== 'Escape';
}

export function findAction(actions: readonly Action[], event: KeyboardEvent, studio: Studio): Action | undefined {
  const state = studio.store.getState();
  return actions.find((action) =>
    action.shortcuts?.some(
      (shortcut) =>
        matchesShortcut(event, shortcut, isApple) &&
        (state.singleKeys || !isSingleKey(shortcut)) &&
        !belongsElsewhere(event, shortcut) &&
        isEnabled(action, state),
    ),
  );
}

export function useShortcuts(studio: Studio, actions: readonly Action[]): void {
  useEffect(() => {
    let held: { readonly key: string; readonly action: Action } | undefined;
    const release = () => {
      held?.action.release?.(studio);
      held = undefined;
    };
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = findAction(actions, event, studio);
      if (action === undefined) return;
      event.preventDefault();
      if (event.key === 'Escape') event.stopPropagation();
      if (action.release !== undefined) {
        if (held !== undefined) return;
        held = { key: event.key.toLowerCase(), action };
      }
      void action.perform(studio);
    };
    // The picture takes Escape for a stroke under way; what is being computed comes first.
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') down(event);
    };
    const up = (event: KeyboardEvent) => {
      if (held?.key === event.key.toLowerCase()) release();
    };
    window.addEventListener('keydown', escape, { capture: true });
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', escape, { capture: true });
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', release);
      release();
    };
  }, [studio, actions]);
}
