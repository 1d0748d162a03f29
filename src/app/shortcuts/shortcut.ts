/**
 * Shortcut notation: keys joined by "+", modifiers first. "Mod" is Command on Apple systems and Control elsewhere.
 * Examples: "Mod+Shift+Z", "B", "?", "+", "Escape".
 */

import * as say from '../../messages/en/dialogs';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Parts {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
}

function partsOf(shortcut: string): Parts {
  const keys = shortcut.endsWith('+')
    ? [...shortcut.slice(0, -1).split('+').filter(Boolean), '+']
    : shortcut.split('+');
  return { key: (keys.at(-1) ?? '').toLowerCase(), mod: keys.includes('Mod'), shift: keys.includes('Shift') };
}

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key);

/** Shift counts for letters and named keys only: "?" and "+" are what they are however a keyboard makes them. */
export function matchesShortcut(press: KeyPress, shortcut: string, apple: boolean): boolean {
  const { key, mod, shift } = partsOf(shortcut);
  const pressed = press.key.toLowerCase();
  const same = pressed === key || (key === '+' && pressed === '=') || (key === 'delete' && pressed === 'backspace');
  if (!same || press.altKey) return false;
  const modPressed = apple ? press.metaKey : press.ctrlKey;
  const otherPressed = apple ? press.ctrlKey : press.metaKey;
  if (modPressed !== mod || otherPressed) return false;
  return isLetter(key) || key.length > 1 ? press.shiftKey === shift : true;
}

/** One character without a modifier; such shortcuts can be turned off. */
export function isSingleKey(shortcut: string): boolean {
  const { key, mod } = partsOf(shortcut);
  return !mod && key.length === 1;
}

const NAMES: Readonly<Record<string, () => string>> = {
  escape: say.escapeKey,
  enter: say.enterKey,
  delete: say.deleteKey,
};
const APPLE_NAMES: Readonly<Record<string, () => string>> = {
  escape: () => 'esc',
  enter: () => '↵',
  delete: () => '⌫',
};

/** The keys as printed on the user's keyboard. */
export function shortcutKeys(shortcut: string, apple: boolean): readonly string[] {
  const { key, mod, shift } = partsOf(shortcut);
  const name = (apple ? APPLE_NAMES : NAMES)[key]?.() ?? key.toUpperCase();
  return [...(mod ? [apple ? '⌘' : say.controlKey()] : []), ...(shift ? [apple ? '⇧' : say.shiftKey()] : []), name];
}

/** For aria-keyshortcuts. */
export function ariaShortcut(shortcut: string, apple: boolean): string {
  const { key, mod, shift } = partsOf(shortcut);
  const name = key === '+' ? 'Plus' : key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);
  return [...(mod ? [apple ? 'Meta' : 'Control'] : []), ...(shift ? ['Shift'] : []), name].join('+');
}
