import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../actions';
import { ariaShortcut, isSingleKey, matchesShortcut, shortcutKeys, type KeyPress } from './shortcut';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('take Control elsewhere and Command on Apple systems', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(matchesShortcut(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
    expect(matchesShortcut(press('k'), 'Mod+K', false)).toBe(false);
  });

  it('tell undo from redo by Shift', () => {
    const held = { ctrlKey: true, shiftKey: true };
    expect(matchesShortcut(press('Z', held), 'Mod+Shift+Z', false)).toBe(true);
    expect(matchesShortcut(press('Z', held), 'Mod+Z', false)).toBe(false);
  });

  it('take signs however a keyboard makes them', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matchesShortcut(press('/', { shiftKey: true }), '/', false)).toBe(true);
    expect(matchesShortcut(press('='), '+', false)).toBe(true);
    expect(matchesShortcut(press('b', { altKey: true }), 'B', false)).toBe(false);
  });

  it('are shown as on the keyboard and told to screen readers', () => {
    expect(shortcutKeys('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(shortcutKeys('Mod+Enter', true)).toEqual(['⌘', '↵']);
    expect(ariaShortcut('Mod+Shift+Z', false)).toBe('Control+Shift+Z');
    expect(ariaShortcut('+', false)).toBe('Plus');
  });

  it('count as single keys only without a modifier', () => {
    expect(['B', '?', 'Mod+K', 'Escape', 'Delete'].map(isSingleKey)).toEqual([true, true, false, false, false]);
  });
});

describe('the actions', () => {
  it('share no shortcut', () => {
    const shortcuts = ACTIONS.flatMap((action) => action.shortcuts ?? []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('share no name, and each has a label', () => {
    expect(new Set(ACTIONS.map(({ name }) => name)).size).toBe(ACTIONS.length);
    expect(ACTIONS.filter(({ label }) => label() === '')).toEqual([]);
  });
});
