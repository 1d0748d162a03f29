import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { emptyMask, encodeMaskPng, paintDisc } from '../../imaging/mask';
import { paint } from '../../state/commands/mask';
import { openFiles } from '../../state/commands/openFiles';
import { startEngine } from '../../state/commands/startEngine';
import { currentDocument } from '../../state/slices/documents';
import { fakeAnalysis, fakeFile, fakeReading, fakeStudio } from '../../state/testing/fakes';
import { actionUndo } from '../actions/history';
import { renderStudio } from '../testing/renderStudio';
import { MasksPanel } from './MasksPanel';

const lesion = paintDisc(emptyMask(64, 80), 20, 50, 8, 255);
/** Decoders are fetched when first needed. */
const LOADING = { timeout: 20_000 };
const covered = (data: Uint8Array | undefined) => data?.filter((value) => value > 0).length ?? 0;

async function openPanel(files: readonly { readonly name: string; readonly bytes: Uint8Array }[] = []) {
  const opacityMap = new Float32Array(1024).map((_, cell) =>
    cell % 32 > 20 && cell > 512 ? 0.9 : cell % 32 < 4 && cell < 96 ? 0.6 : 0.1,
  );
  const studio = fakeStudio({
    worker: { analyse: () => Promise.resolve(fakeAnalysis({ reading: { ...fakeReading(0.6), opacityMap } })) },
    pickFiles: () => Promise.resolve(files.map(({ name, bytes }) => ({ name, bytes: () => Promise.resolve(bytes) }))),
  });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  const { user } = renderStudio(<MasksPanel />, studio);
  const open = () => {
    const document = currentDocument(studio.store.getState());
    if (document === undefined) throw new Error('a radiograph is open');
    return document;
  };
  const press = (name: string) => user.click(screen.getByRole('button', { name }));
  return {
    studio,
    user,
    press,
    document: open,
    undo: () => {
      act(() => void actionUndo.perform(studio));
    },
  };
}

describe('the masks panel', () => {
  it('begins empty, says where masks come from, and offers nothing that cannot be done', async () => {
    const { press } = await openPanel();
    expect(screen.getByText(/^None yet\./)).toBeTruthy();
    for (const name of [
      'Grow mask',
      'Snap to lungs',
      'Clear mask',
      'Export mask in use as PNG',
      'Export masks as DICOM SEG',
    ]) {
      expect(screen.getByRole<HTMLButtonElement>('button', { name }).disabled, name).toBe(true);
    }
    expect(screen.getByText(/^The mask in use is empty/)).toBeTruthy();
    await press('New');
    expect(screen.getByRole('button', { name: 'Use Mask 1' }).textContent).toContain('empty');
  });

  it('lists what is painted, and names, copies, hides and deletes it', async () => {
    const { studio, user, press, document, undo } = await openPanel();
    act(() => {
      paint(studio, document().id, lesion);
    });
    await user.dblClick(screen.getByRole('button', { name: 'Use Mask 1' }));
    const field = screen.getByRole('textbox', { name: 'Name of Mask 1' });
    await user.clear(field);
    await user.type(field, 'Nodule{Enter}');
    await press('More for Nodule');
    await user.click(screen.getByRole('menuitem', { name: 'Duplicate' }));
    expect(document().masks.map(({ name }) => name)).toEqual(['Nodule', 'Nodule copy']);
    expect(screen.getByRole('button', { name: 'Use Nodule copy' }).getAttribute('aria-current')).toBe('true');
    await press('Show Nodule on the picture');
    expect(document().masks[0]?.shown).toBe(false);
    await press('More for Nodule copy');
    await user.click(screen.getByRole('menuitem', { name: 'Delete' }));
    expect(document().mask).toEqual(lesion);
    undo();
    undo();
    undo();
    expect(document().masks.map(({ name }) => name)).toEqual(['Mask 1']);
  });

  it('takes the first letter of a new name at once, from F2 and from the menu', async () => {
    const { studio, user, press, document: edited } = await openPanel();
    act(() => {
      paint(studio, edited().id, lesion);
    });
    fireEvent.keyDown(screen.getByRole('button', { name: 'Use Mask 1' }), { key: 'F2' });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of Mask 1' });
    expect(document.activeElement).toBe(field);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 'Mask 1'.length]);
    await user.keyboard('{Escape}');
    await press('More for Mask 1');
    await user.click(screen.getByRole('menuitem', { name: 'Rename' }));
    expect(document.activeElement).toBe(await screen.findByRole('textbox', { name: 'Name of Mask 1' }));
    await user.keyboard('Mass{Enter}');
    expect(edited().masks.map(({ name }) => name)).toEqual(['Mass']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Use Mass' }));
  });

  it('makes masks from the anatomy beside what is painted, and combines them', async () => {
    const { studio, user, press, document } = await openPanel();
    act(() => {
      paint(studio, document().id, lesion);
    });
    await press('Mask from left lung');
    expect(document().masks.map(({ name }) => name)).toEqual(['Mask 1', 'Left lung']);
    const lung = covered(document().mask?.data);
    await press('More for Mask 1');
    await user.click(screen.getByRole('menuitem', { name: 'Add to the mask in use' }));
    expect(covered(document().mask?.data)).toBe(lung + covered(lesion.data));
    await press('More for Mask 1');
    await user.click(screen.getByRole('menuitem', { name: /in both/ }));
    expect(document().mask?.data).toEqual(lesion.data);
  });

  it('grows and shrinks by what is asked, each one step, and never to nothing', async () => {
    const { studio, press, document, undo } = await openPanel();
    act(() => {
      paint(studio, document().id, lesion);
    });
    act(() => {
      studio.store.getState().setMaskAmount('px', 3);
    });
    await press('Grow mask');
    expect(covered(document().mask?.data) / (Math.PI * 11 * 11)).toBeCloseTo(1, 1);
    undo();
    expect(document().mask).toEqual(lesion);
    act(() => {
      studio.store.getState().setMaskAmount('px', 5);
    });
    await press('Shrink mask');
    await press('Shrink mask');
    expect(studio.store.getState().notices).toMatchObject([
      { tone: 'warning', title: expect.stringContaining('kept as it was') as string },
    ]);
    expect(covered(document().mask?.data)).toBeGreaterThan(0);
  });

  it('inverts and clears', async () => {
    const { studio, press, document } = await openPanel();
    act(() => {
      paint(studio, document().id, lesion);
    });
    await press('Invert mask');
    expect(covered(document().mask?.data)).toBe(64 * 80 - covered(lesion.data));
    await press('Clear mask');
    expect(document().mask).toBeUndefined();
    expect(screen.getByRole('button', { name: 'Use Mask 1' }).textContent).toContain('empty');
  });

  it('proposes a lesion that follows the threshold, and makes it a mask only when told to', async () => {
    const { studio, user, press, document } = await openPanel();
    await press('Propose from the reading');
    expect(studio.store.getState().proposal).toMatchObject({
      finding: 'lung_opacity',
      threshold: 0.5,
      largestOnly: true,
    });
    expect(document().masks).toEqual([]);
    screen.getByRole('slider', { name: 'Threshold' }).focus();
    await user.keyboard('{End}');
    expect(screen.getByText(/^Nothing reaches this threshold/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Make it a mask' }).disabled).toBe(true);
    act(() => {
      studio.store.getState().setProposal({ finding: 'lung_opacity', threshold: 0.5, largestOnly: true });
    });
    await press('Make it a mask');
    const largest = covered(document().mask?.data);
    await press('Propose from the reading');
    await user.click(screen.getByRole('checkbox', { name: 'Largest region only' }));
    await press('Make it a mask');
    expect(document().masks.map(({ name }) => name)).toEqual(['Opacity', 'Opacity 2']);
    expect(covered(document().mask?.data)).toBeGreaterThan(largest);
  });

  it('exports a PNG and reads it back as another mask', async () => {
    const { studio, press, document } = await openPanel([{ name: 'found.png', bytes: encodeMaskPng(lesion) }]);
    await press('Import masks…');
    expect(await screen.findByRole('button', { name: 'Use found' }, LOADING)).toBeTruthy();
    expect(document().mask).toEqual(lesion);
    await press('Export mask in use as PNG');
    const [bytes, name] = vi.mocked(studio.services.save).mock.lastCall ?? [];
    expect(name).toMatch(/^radiograph-[0-9a-f]{8}-Mask-1\.png$/);
    expect(bytes).toEqual(encodeMaskPng(lesion));
  });

  it('names a file that is no mask, and keeps what was there', async () => {
    const letter = {
      name: 'letter.txt',
      bytes: new TextEncoder().encode('Dear colleague, the lungs are clear. '.repeat(9)),
    };
    const { studio, press, document } = await openPanel([letter, { name: 'found.png', bytes: encodeMaskPng(lesion) }]);
    await press('Import masks…');
    expect(await screen.findByRole('button', { name: 'Use found' }, LOADING)).toBeTruthy();
    expect(studio.store.getState().notices).toMatchObject([{ tone: 'error', problems: [{ code: 'not-a-mask-file' }] }]);
    expect(within(screen.getByRole('list', { name: 'Named masks' })).getAllByRole('listitem')).toHaveLength(1);
    expect(document().masks).toHaveLength(1);
  });
});
