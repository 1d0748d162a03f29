import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { generate } from '../../state/commands/generate';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { comparedIdOf, comparedImage, RADIOGRAPH } from '../../state/slices/compare';
import { currentDocument } from '../../state/slices/documents';
import { fakeFile, fakeStudio, fakeViewport } from '../../state/testing/fakes';
import type { RadiographViewport, ViewportEvents, ViewState } from '../../viewport/viewport';
import { actionCompareNext, actionPauseBlinking, actionShowBlink, actionShowSideBySide } from '../actions/compare';
import { renderStudio } from '../testing/renderStudio';
import { Stage } from './Stage';

const VIEW: ViewState = {
  window: { windowCenter: 100, windowWidth: 200 },
  scale: 2,
  translation: [3, 4],
  inverted: false,
  fitted: false,
};
const last = (method: unknown): unknown => vi.mocked(method as () => void).mock.lastCall?.[0 as never];

async function twoResults() {
  const panes: { readonly view: RadiographViewport; readonly events: ViewportEvents }[] = [];
  const studio = fakeStudio({
    createViewport: (_, events) => {
      const view = fakeViewport();
      panes.push({ view, events });
      return view;
    },
  });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  const { user } = renderStudio(<Stage />, studio);
  for (const words of ['mild right lower zone opacity', 'severe right lower zone opacity']) {
    act(() => {
      typeText(studio, words);
    });
    await act(() => generate(studio));
  }
  const [first = '', second = ''] = (currentDocument(studio.store.getState())?.versions ?? []).map(({ id }) => id);
  return { studio, user, panes, first, second };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('comparing', () => {
  it('sets any version against any other, and names both', async () => {
    const { studio, user, panes, first, second } = await twoResults();
    const [left] = panes;
    const pickers = within(screen.getByRole('group', { name: 'What is compared' }));
    await user.selectOptions(pickers.getByRole('combobox', { name: 'Left picture' }), first);
    expect(comparedImage(studio.store.getState())?.id).toBe(first);
    expect(vi.mocked(left?.view.setImage ?? vi.fn()).mock.lastCall).toMatchObject([{ id: first }, { id: second }]);
    expect(last(left?.view.setNames)).toEqual({
      source: 'mild right lower zone opacity',
      counterfactual: 'severe right lower zone opacity',
    });
    await user.selectOptions(pickers.getByRole('combobox', { name: 'Right picture' }), first);
    // The two change places.
    const document = currentDocument(studio.store.getState());
    expect(document?.shownVersionId).toBe(first);
    expect(document === undefined ? undefined : comparedIdOf(document, studio.store.getState().comparedId)).toBe(
      second,
    );
  });

  it('goes through what can stand on the left by one action', async () => {
    const { studio, first } = await twoResults();
    act(() => {
      void actionCompareNext.perform(studio);
    });
    expect(comparedImage(studio.store.getState())?.id).toBe(first);
    act(() => {
      void actionCompareNext.perform(studio);
    });
    expect(studio.store.getState().comparedId).toBe(RADIOGRAPH);
  });

  it('falls back to what the result was made from when the chosen picture is gone', async () => {
    const { studio } = await twoResults();
    act(() => {
      studio.store.getState().setCompared('a version that was deleted');
    });
    expect(comparedImage(studio.store.getState())).toBe(currentDocument(studio.store.getState())?.radiograph);
  });

  it('keeps two panes in step, whichever is moved', async () => {
    const { studio, panes, second } = await twoResults();
    act(() => {
      void actionShowSideBySide.perform(studio);
    });
    const [left, right] = panes;
    expect(last(left?.view.setComparison)).toEqual({ mode: 'source' });
    expect(last(right?.view.setImage)).toMatchObject({ id: second });
    act(() => {
      left?.events.viewChanged(VIEW);
    });
    expect(last(right?.view.setView)).toEqual(VIEW);
    const moved = { ...VIEW, scale: 5 };
    act(() => {
      right?.events.viewChanged(moved);
    });
    expect(last(left?.view.setView)).toEqual(moved);
    expect(studio.store.getState().view).toEqual(moved);
    act(() => {
      studio.store.getState().setTool('brush');
    });
    expect(last(right?.view.setTool)).toBe('pan');
    act(() => {
      studio.store.getState().setComparison('swipe');
    });
    expect(right?.view.destroy).toHaveBeenCalled();
  });

  it('blinks at the chosen rate until paused', async () => {
    const { studio, user } = await twoResults();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    act(() => {
      void actionShowBlink.perform(studio);
    });
    act(() => {
      studio.store.getState().setBlinkRate(2);
    });
    act(() => {
      vi.advanceTimersByTime(510);
    });
    expect(studio.store.getState().blinking).toBe(true);
    act(() => {
      vi.advanceTimersByTime(500);
    });
    expect(studio.store.getState().blinking).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    act(() => {
      vi.advanceTimersByTime(5000);
    });
    expect(studio.store.getState().blinking).toBe(false);
    expect(actionPauseBlinking.predicate?.(studio.store.getState())).toBe(true);
  });

  it('does not begin to blink by itself where less motion is wanted', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true }));
    const { studio } = await twoResults();
    act(() => {
      void actionShowBlink.perform(studio);
    });
    expect(studio.store.getState().comparison).toBe('blink');
    expect(studio.store.getState().blinkRunning).toBe(false);
    expect(screen.getByRole('button', { name: 'Start' })).toBeTruthy();
  });

  it('never flashes faster than is safe', async () => {
    const { studio } = await twoResults();
    act(() => {
      studio.store.getState().setBlinkRate(20);
    });
    expect(studio.store.getState().blinkRate).toBe(3);
  });
});
