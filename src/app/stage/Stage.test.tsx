import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { emptyMask, paintDisc } from '../../imaging/mask';
import { generate } from '../../state/commands/generate';
import { paint } from '../../state/commands/mask';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import type { CounterfactualWorker } from '../../state/services';
import { fakeCounterfactual, fakeFile, fakeStudio } from '../../state/testing/fakes';
import type { ViewportEvents } from '../../viewport/viewport';
import { actionToggleMask } from '../actions/masks';
import { actionZoomToChange } from '../actions/view';
import { renderStudio } from '../testing/renderStudio';
import { Stage } from './Stage';

const lesion = paintDisc(emptyMask(64, 80), 20, 50, 10, 255);

async function openStage(worker: Partial<CounterfactualWorker> = {}) {
  const studio = fakeStudio({ worker });
  let events: ViewportEvents | undefined;
  const { createViewport } = studio.services;
  studio.services.createViewport = (element, heard) => {
    events = heard;
    return createViewport(element, heard);
  };
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  const { user } = renderStudio(<Stage />, studio);
  return { studio, user, view: studio.view, events: () => events };
}

const last = (method: unknown): unknown => vi.mocked(method as () => void).mock.lastCall?.[0 as never];

describe('the picture', () => {
  it('has one stop for the keyboard, the viewer’s own, and leaves its size to the viewer', async () => {
    const observe = vi.spyOn(ResizeObserver.prototype, 'observe');
    await openStage();
    const frame = screen.getByTestId('viewport');
    expect(frame.hasAttribute('tabindex') || frame.hasAttribute('role') || frame.hasAttribute('aria-label')).toBe(
      false,
    );
    expect(observe.mock.calls.map(([element]) => element)).not.toContain(frame);
  });

  it.each([
    ['fills this screen where it filled the one on which the project was saved', true],
    ['is shown as closely as it was when the project was saved', false],
  ])('%s', async (_, fitted) => {
    const { studio, view, events } = await openStage();
    const window = { windowCenter: 1000, windowWidth: 2000 };
    act(() => {
      events()?.viewChanged({ window, scale: 2, translation: [0, 0], inverted: false, fitted: true });
    });
    const placed = { scale: 5, translation: [3, 4] } as const;
    act(() => {
      studio.store.getState().setRestoredView({ window, inverted: true, fitted, ...placed });
    });
    expect(last(view.setView)).toEqual(
      fitted ? { window, inverted: true } : { window, inverted: true, fitted, ...placed },
    );
  });

  it('keeps the outline of a mask over a result in every comparison, until it is hidden by its switch or its key', async () => {
    const { studio, user, view } = await openStage();
    act(() => {
      paint(studio, 'radiograph chest.png', lesion);
    });
    expect(last(view.setMaskShown)).toBe(true);
    await act(() => generate(studio));
    expect(last(view.setMaskShown)).toBe(true);
    await user.click(screen.getByRole('button', { name: /^Mask .*show its outline over the result/ }));
    expect(last(view.setMaskShown)).toBe(false);
    for (const mode of ['difference', 'source', 'swipe'] as const) {
      act(() => {
        studio.store.getState().setComparison(mode);
      });
      expect(last(view.setMaskShown)).toBe(false);
    }
    act(() => {
      void actionToggleMask.perform(studio);
    });
    expect(last(view.setMaskShown)).toBe(true);
  });

  it('draws the mask over a result as soon as it is painted on', async () => {
    const { studio, view, events } = await openStage();
    await act(() => generate(studio));
    act(() => {
      void actionToggleMask.perform(studio);
    });
    act(() => {
      studio.store.getState().setMaskShown(false);
    });
    act(() => {
      events()?.maskChanged(lesion, { x: 0, y: 0, width: 64, height: 80 });
    });
    expect(last(view.setMaskShown)).toBe(true);
  });

  it('lets the next counterfactual grow on the source, inside what may change', async () => {
    let finish: (() => void) | undefined;
    const { studio, view } = await openStage({
      generate: (source, edit, { seed }, { onProgress }) => {
        if (seed === 1) return Promise.resolve(fakeCounterfactual(source, edit, seed));
        onProgress({ stage: 'sample', fraction: 0.2, preview: new Uint8ClampedArray(65_536) });
        return new Promise((resolve) => {
          finish = () => {
            resolve(fakeCounterfactual(source, edit, seed));
          };
        });
      },
    });
    await act(() => generate(studio));
    expect(last(view.setComparison)).toEqual({ mode: 'counterfactual' });
    let second: Promise<void> | undefined;
    act(() => {
      second = generate(studio);
    });
    expect(last(view.setComparison)).toEqual({ mode: 'source' });
    expect(screen.getByText('Preview · step 3 of 12')).toBeTruthy();
    const [preview, within] = vi.mocked(view.setPreview).mock.lastCall ?? [];
    expect(preview).toHaveLength(65_536);
    // The right lower zone of the fake anatomy: the left half of the picture.
    const [loop] = (within ?? []) as readonly Float32Array[];
    expect(Math.max(...(loop ?? []).filter((_, index) => index % 2 === 0))).toBeCloseTo(0.5, 1);
    await act(async () => {
      finish?.();
      await second;
    });
    expect(last(view.setComparison)).toEqual({ mode: 'counterfactual' });
  });

  it('is framed where it changed, by one key', async () => {
    const { studio, view } = await openStage();
    expect(actionZoomToChange.predicate?.(studio.store.getState())).toBe(false);
    act(() => {
      paint(studio, 'radiograph chest.png', lesion);
    });
    act(() => {
      void actionZoomToChange.perform(studio);
    });
    expect(last(view.frame)).toEqual({ x: 10, y: 40, width: 20, height: 20 });
    await act(() => generate(studio));
    act(() => {
      void actionZoomToChange.perform(studio);
    });
    // The fake result changes eight pixels of the first row.
    expect(last(view.frame)).toEqual({ x: 0, y: 0, width: 8, height: 1 });
  });
});
