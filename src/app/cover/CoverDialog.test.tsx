import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../imaging/box';
import { openFiles } from '../../state/commands/openFiles';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import CoverDialog from './CoverDialog';

/** jsdom's own pointer events have no place. */
function pointer(on: Element, type: string, clientX: number, clientY: number): void {
  fireEvent(on, new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX, clientY }));
}

/** The fakes' films have 64 × 80 pixels; here a pixel is two of the screen. */
async function covering(found: readonly Box[] = []) {
  const studio = fakeStudio({ findText: () => Promise.resolve(found) });
  await openFiles(studio, [fakeFile('chest.dcm')]);
  studio.store.getState().setDialog('cover');
  const rendered = renderStudio(<CoverDialog />, studio);
  const field = await screen.findByRole('group', { name: /drag to draw/ });
  field.getBoundingClientRect = () => new DOMRect(0, 0, 128, 160);
  field.setPointerCapture = () => undefined;
  const drag = (on: Element, [fromX, fromY]: readonly [number, number], [x, y]: readonly [number, number]) => {
    pointer(on, 'pointerdown', fromX, fromY);
    pointer(field, 'pointermove', x, y);
    pointer(field, 'pointerup', x, y);
  };
  const boxes = () =>
    screen.queryAllByRole('button', { name: /^Box/ }).map((box) => box.getAttribute('aria-label')?.slice(7));
  return { ...rendered, studio, field, drag, boxes };
}

const first = () => screen.getByRole('button', { name: /^Box 1/ });

describe('the dialog that covers parts of a film', () => {
  it('draws, moves and resizes boxes by pointer, and opens a covered copy', async () => {
    const { studio, field, drag, boxes, user } = await covering();
    expect(screen.getByRole('button', { name: 'Open covered copy' })).toHaveProperty('disabled', true);
    drag(field, [10, 10], [10, 10]);
    expect(boxes()).toEqual([]);
    drag(field, [20, 40], [60, 60]);
    expect(boxes()).toEqual(['20 × 10 pixels at 10, 20']);
    drag(first(), [30, 50], [40, 50]);
    expect(boxes()).toEqual(['20 × 10 pixels at 15, 20']);
    drag(first().querySelector('[data-corner]') ?? field, [70, 60], [90, 80]);
    expect(boxes()).toEqual(['30 × 20 pixels at 15, 20']);
    await user.click(screen.getByRole('switch'));
    await user.click(screen.getByRole('button', { name: 'Open covered copy' }));
    await waitFor(() => {
      expect(studio.store.getState().documents).toHaveLength(2);
    });
    const { radiograph } = studio.store.getState().documents[1] ?? {};
    expect(radiograph).toMatchObject({ name: 'chest (covered).dcm', burnedInAnnotation: 'NO' });
    expect([...(radiograph?.pixels.subarray(64 * 30 + 14, 64 * 30 + 17) ?? [])]).toEqual([64 * 30 + 14, 0, 0]);
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('stays with its film while others are opened below it', async () => {
    const { studio, field, drag, boxes, user } = await covering();
    drag(field, [20, 40], [60, 60]);
    await openFiles(studio, [fakeFile('later.dcm')]);
    expect(boxes()).toEqual(['20 × 10 pixels at 10, 20']);
    await user.click(screen.getByRole('button', { name: 'Open covered copy' }));
    await waitFor(() => {
      expect(studio.store.getState().documents.at(-1)?.radiograph.name).toBe('chest (covered).dcm');
    });
  });

  it('begins with boxes where writing was found, which can be moved and removed', async () => {
    const { drag, boxes, user } = await covering([
      { x: 2, y: 3, width: 20, height: 8 },
      { x: 2, y: 60, width: 30, height: 9 },
    ]);
    expect(boxes()).toEqual(['20 × 8 pixels at 2, 3', '30 × 9 pixels at 2, 60']);
    expect(screen.getByText(/^2 boxes where text seems to be/)).toBeDefined();
    drag(first(), [10, 10], [20, 10]);
    expect(boxes()[0]).toBe('20 × 8 pixels at 7, 3');
    expect(screen.getByText('2 boxes')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Remove all' }));
    expect(boxes()).toEqual([]);
  });

  it('leaves the boxes as they are while one is held', async () => {
    const { field, drag, boxes } = await covering();
    drag(field, [20, 40], [60, 60]);
    drag(field, [80, 100], [120, 120]);
    pointer(first(), 'pointerdown', 30, 50);
    fireEvent.keyDown(first(), { key: 'Delete' });
    pointer(field, 'pointerup', 32, 50);
    expect(boxes()).toEqual(['20 × 10 pixels at 11, 20', '20 × 10 pixels at 40, 50']);
  });

  it('does the same by keys', async () => {
    const { boxes, user } = await covering();
    await user.click(screen.getByRole('button', { name: 'Add a box' }));
    expect(boxes()).toEqual(['13 × 5 pixels at 25, 37']);
    first().focus();
    await user.keyboard('{ArrowRight}{ArrowUp}{Shift>}{ArrowDown}{/Shift}');
    expect(boxes()).toEqual(['13 × 6 pixels at 26, 36']);
    await user.keyboard('{Delete}');
    expect(boxes()).toEqual([]);
  });
});
