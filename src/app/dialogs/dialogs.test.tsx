import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { ACTIONS } from '../actions';
import { renderStudio } from '../testing/renderStudio';
import { CommandPalette } from './CommandPalette';
import { rankActions } from './rankActions';
import { ShortcutsSheet } from './ShortcutsSheet';

describe('the command palette', () => {
  it('offers what can be done now and does what is chosen', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const { user } = renderStudio(<CommandPalette />, studio);
    act(() => {
      studio.store.getState().setDialog('palette');
    });
    expect(screen.queryByRole('option', { name: /Save counterfactual/ })).toBeNull();
    await user.type(screen.getByRole('combobox', { name: 'Search actions' }), 'lasso{Enter}');
    expect(studio.store.getState().tool).toBe('lasso');
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('walks the list with the arrows', async () => {
    const studio = fakeStudio();
    const { user } = renderStudio(<CommandPalette />, studio);
    act(() => {
      studio.store.getState().setDialog('palette');
    });
    const selected = () => screen.getByRole('option', { selected: true }).textContent;
    const first = selected();
    await user.keyboard('{ArrowDown}');
    expect(selected()).not.toBe(first);
    await user.keyboard('{ArrowUp}');
    expect(selected()).toBe(first);
  });

  it('says when nothing is found', () => {
    const studio = fakeStudio();
    renderStudio(<CommandPalette />, studio);
    act(() => {
      studio.store.getState().setDialog('palette');
    });
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'qqqq' } });
    expect(screen.getByText(/matches “qqqq”/)).toBeTruthy();
  });

  it('prefers the beginning of a label to a keyword', () => {
    expect(rankActions(ACTIONS, 'zoom')[0]?.label()).toMatch(/^Zoom/);
    expect(rankActions(ACTIONS, 'brightness')[0]?.name).toBe('tools.window');
    expect(rankActions(ACTIONS, 'save png')[0]?.group).toBe('File');
    expect(rankActions(ACTIONS, '')).toHaveLength(ACTIONS.length);
  });
});

describe('the focus', () => {
  it('comes back to where it was, also when one dialog led to another, and stays with what an action began', async () => {
    const studio = fakeStudio();
    const { user } = renderStudio(
      <>
        <button>picture</button>
        <button>other</button>
        <CommandPalette />
        <ShortcutsSheet />
      </>,
      studio,
    );
    const open = (dialog: 'palette' | undefined) => {
      act(() => {
        studio.store.getState().setDialog(dialog);
      });
    };
    const focused = () => document.activeElement?.textContent;
    screen.getByRole('button', { name: 'picture' }).focus();
    open('palette');
    expect(document.activeElement).toBe(screen.getByRole('combobox'));
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(focused()).toBe('picture');
    });

    open('palette');
    await user.keyboard('shortcuts{Enter}');
    await screen.findByRole('dialog', { name: /shortcuts/i });
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    await waitFor(() => {
      expect(focused()).toBe('picture');
    });

    open('palette');
    open(undefined);
    screen.getByRole('button', { name: 'other' }).focus();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(focused()).toBe('other');
  });
});

describe('the shortcuts sheet', () => {
  it('lists every shortcut there is, and turns single keys off', async () => {
    const studio = fakeStudio();
    const { user } = renderStudio(<ShortcutsSheet />, studio);
    act(() => {
      studio.store.getState().setDialog('shortcuts');
    });
    const sheet = within(screen.getByRole('dialog'));
    for (const { label } of ACTIONS.filter(({ shortcuts }) => shortcuts !== undefined)) {
      expect(sheet.getAllByText(label().replace('…', '')).length).toBeGreaterThan(0);
    }
    await user.click(sheet.getByRole('switch', { name: 'Single keys' }));
    expect(studio.store.getState().singleKeys).toBe(false);
  });
});
