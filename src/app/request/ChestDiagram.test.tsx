import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { undo } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { RequestPanel } from './RequestPanel';

async function panel(words: string) {
  const studio = fakeStudio();
  await openFiles(studio, [fakeFile('chest.png')]);
  const { user } = renderStudio(<RequestPanel />, studio);
  act(() => {
    typeText(studio, words);
  });
  const request = () => {
    const found = currentDocument(studio.store.getState())?.request;
    if (found === undefined) throw new Error('a radiograph is open');
    return found;
  };
  return { studio, user, request };
}

const zone = (name: RegExp) =>
  within(screen.getByRole('group', { name: /zones of the chest/ })).getByRole('button', { name });

/** jsdom has no PointerEvent; a MouseEvent of that name carries all that is used. */
function pointer(what: 'down' | 'move' | 'up', element: Element, clientX: number, clientY: number): void {
  fireEvent(element, new MouseEvent(`pointer${what}`, { bubbles: true, button: 0, clientX, clientY }));
}

/** jsdom has no layout: says what lies under the pointer. */
function lieUnderPointer(element: Element): void {
  document.elementFromPoint = () => element;
}

afterEach(() => {
  Reflect.deleteProperty(document, 'elementFromPoint');
});

describe('a placed finding', () => {
  it('says what is asked, beside what is read', async () => {
    await panel('severe right lower zone opacity');
    expect(zone(/^Right lower zone, asked 3\.0, severe$/).getAttribute('aria-pressed')).toBe('true');
  });

  it('is moved by Shift and an arrow, the focus with it, and across the heart where it cannot stay', async () => {
    const { user, request, studio } = await panel('severe right lower zone opacity');
    act(() => {
      zone(/^Right lower/).focus();
    });
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}');
    expect(request()).toMatchObject({ places: ['right_mid'], text: 'severe right mid zone opacity' });
    expect(document.activeElement).toBe(zone(/^Right mid/));
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(request().places).toEqual(['left_mid']);
    act(() => {
      undo(studio);
    });
    expect(request().places).toEqual(['right_mid']);
  });

  it('stays where it is while the arrows alone go from zone to zone', async () => {
    const { user, request } = await panel('severe right lower zone opacity');
    act(() => {
      zone(/^Right lower/).focus();
    });
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(zone(/^Right mid/));
    expect(request().places).toEqual(['right_lower']);
  });

  it('is dragged to another zone with its grade', async () => {
    const { request } = await panel('severe right lower zone opacity; mild left mid zone opacity');
    const from = zone(/^Right lower/);
    const svg = screen.getByRole('group', { name: /zones of the chest/ });
    svg.setPointerCapture = () => undefined;
    lieUnderPointer(zone(/^Left upper/));
    pointer('down', from, 10, 10);
    pointer('move', svg, 60, 60);
    pointer('up', svg, 60, 60);
    expect(request().severities).toEqual({ left_upper: 3, left_mid: 1 });
    // The click that ends a drag toggles nothing.
    fireEvent.click(from);
    expect(request().places).toEqual(['left_upper', 'left_mid']);
  });

  it('is not moved by a press that hardly moves, which is a click', async () => {
    const { request } = await panel('severe right lower zone opacity');
    const from = zone(/^Right lower/);
    lieUnderPointer(zone(/^Left upper/));
    pointer('down', from, 10, 10);
    pointer('move', from, 12, 11);
    pointer('up', from, 12, 11);
    fireEvent.click(from);
    expect(request().places).toEqual([]);
  });
});

describe('the severity', () => {
  it('is set for each zone, and for all again', async () => {
    const { user, request } = await panel('severe bilateral lower zone opacity');
    await user.click(screen.getByRole('button', { name: 'Each zone…' }));
    const slider = screen.getByRole('slider', { name: 'Severity, right lower' });
    act(() => {
      slider.focus();
    });
    await user.keyboard('{Home}');
    expect(request().severities).toEqual({ right_lower: 0, left_lower: 3 });
    expect(request().text).toBe('severe left lower zone opacity; no right lower zone opacity');
    await user.click(screen.getByRole('button', { name: 'One for all zones' }));
    expect(request()).toMatchObject({ severity: 3, severities: undefined });
  });
});

describe('an edit that cannot be', () => {
  it('says why, and is put right by one press', async () => {
    const { user, request } = await panel('moderate left upper zone effusion');
    expect(screen.getByText(/falls to the base/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add the left lower zone' }));
    expect(request().places).toEqual(['left_upper', 'left_lower']);
    expect(screen.queryByText(/falls to the base/)).toBeNull();
  });
});
