import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ENGLISH, speak } from '../../messages/language';
import pseudo from '../../messages/pseudo';
import { generate } from '../../state/commands/generate';
import { undo } from '../../state/commands/mask';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { editVersion } from '../../state/commands/versions';
import { currentDocument } from '../../state/slices/documents';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { withMask } from '../../record/studioDocument';
import { ACTIONS } from '../actions';
import { useShortcuts } from '../shortcuts/useShortcuts';
import { useStudio } from '../StudioContext';
import { renderStudio } from '../testing/renderStudio';
import { DocumentTree } from './DocumentTree';

/** With the shortcuts of the page, one of which clears the mask by the same key. */
function KeyedTree() {
  useShortcuts(useStudio(), ACTIONS);
  return <DocumentTree />;
}

/** One radiograph with a result, and a result made from that. */
async function grownTree(tree = <DocumentTree />) {
  const studio = fakeStudio();
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
  const [first] = currentDocument(studio.store.getState())?.versions ?? [];
  await editVersion(studio, 'radiograph chest.png', first?.id ?? '');
  typeText(studio, 'mild left upper zone nodule');
  await generate(studio);
  return renderStudio(tree, studio);
}

const row = (name: RegExp, at = 0): HTMLElement => {
  const found = screen.getAllByRole('treeitem', { name })[at];
  if (found === undefined) throw new Error(`no line ${String(at)} of ${String(name)}`);
  return found;
};
const SOURCE = /^chest\.png/;
const PARENT = /^severe right lower zone opacity/;
const CHILD = /^mild left upper zone nodule/;

afterEach(() => {
  speak(ENGLISH);
});

describe('the library’s tree', () => {
  it('tells levels, places and what is on the screen', async () => {
    await grownTree();
    expect([SOURCE, PARENT, CHILD].map((name) => row(name).getAttribute('aria-level'))).toEqual(['1', '2', '3']);
    expect([SOURCE, PARENT, CHILD].map((name) => row(name).getAttribute('aria-selected'))).toEqual([
      'false',
      'false',
      'true',
    ]);
    expect(row(SOURCE).getAttribute('aria-expanded')).toBe('true');
    expect(row(CHILD).hasAttribute('aria-expanded')).toBe(false);
  });

  it('is one stop of the Tab key, and arrows lead through it', async () => {
    const { user, studio } = await grownTree();
    await user.tab();
    expect(document.activeElement).toBe(row(CHILD));
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(row(SOURCE));
    await user.keyboard('{ArrowLeft}');
    expect(screen.getAllByRole('treeitem')).toHaveLength(1);
    await user.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    expect(document.activeElement).toBe(row(PARENT));
    expect(row(PARENT).getAttribute('aria-selected')).toBe('true');
    expect(currentDocument(studio.store.getState())?.baseVersionId).toBeUndefined();
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(row(CHILD));
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(row(PARENT));
  });

  it('renames in place: F2, a name, Enter; Escape leaves the old one', async () => {
    const { user } = await grownTree();
    act(() => {
      row(CHILD).focus();
    });
    await user.keyboard('{F2}');
    await user.clear(screen.getByRole('textbox'));
    await user.keyboard('Small nodule{Enter}');
    expect(document.activeElement).toBe(row(/^Small nodule, mild left upper zone nodule/));
    await user.keyboard('{F2}something else{Escape}');
    expect(row(/^Small nodule/)).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('renames from the menu, whose closing does not take the focus', async () => {
    const { user } = await grownTree();
    await user.click(within(row(CHILD)).getByRole('button', { name: /^What can be done/ }));
    await user.click(screen.getByRole('menuitem', { name: /^Rename/ }));
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('textbox'));
    });
    await user.keyboard('Small nodule{Enter}');
    expect(row(/^Small nodule, mild left upper zone nodule/)).toBeTruthy();
  });

  it('deletes a version with what was made from it, and undo brings both back', async () => {
    const { user, studio } = await grownTree();
    act(() => {
      row(PARENT).focus();
    });
    await user.keyboard('{Delete}');
    expect(screen.getAllByRole('treeitem')).toHaveLength(1);
    expect(document.activeElement).toBe(row(SOURCE));
    act(() => {
      undo(studio);
    });
    expect(screen.getAllByRole('treeitem')).toHaveLength(3);
  });

  it('keeps the version on the screen in sight, however long the tree', async () => {
    const revealed = vi.spyOn(Element.prototype, 'scrollIntoView');
    const { studio } = await grownTree();
    const [first] = currentDocument(studio.store.getState())?.versions ?? [];
    expect(revealed.mock.contexts.at(-1)).toBe(row(CHILD));
    act(() => {
      studio.store.getState().showDocument('radiograph chest.png', first?.id);
    });
    expect(revealed.mock.contexts.at(-1)).toBe(row(PARENT));
    expect(revealed).toHaveBeenLastCalledWith({ block: 'nearest' });
  });

  it.each(['Delete', 'Backspace'])('takes %s in every language, and the mask stays', async (key) => {
    const { user, studio } = await grownTree(<KeyedTree />);
    const { updateCurrent } = studio.store.getState();
    act(() => {
      updateCurrent('undoable', (document) =>
        withMask(document, { width: 64, height: 80, data: new Uint8Array(64 * 80).fill(255, 0, 9) }, 'Mask'),
      );
    });
    speak(pseudo);
    act(() => {
      row(/./, 2).focus();
    });
    await user.keyboard(`{${key}}`);
    expect(currentDocument(studio.store.getState())?.versions).toHaveLength(1);
    expect(currentDocument(studio.store.getState())?.mask).toBeDefined();
  });

  it('pins, edits and deletes from the menu of a version', async () => {
    const { user, studio } = await grownTree();
    await user.click(within(row(PARENT)).getByRole('button'));
    await user.click(await screen.findByRole('menuitem', { name: /^Pin/ }));
    expect(row(/pinned$/)).toBe(row(PARENT));
    await user.pointer({ keys: '[MouseRight]', target: row(CHILD) });
    await user.click(await screen.findByRole('menuitem', { name: /^Edit this result/ }));
    const open = currentDocument(studio.store.getState());
    expect([open?.shownVersionId, open?.baseVersionId]).toEqual([undefined, open?.versions[1]?.id]);
    expect(row(CHILD).textContent).toContain('Edits start from this');
  });
});
