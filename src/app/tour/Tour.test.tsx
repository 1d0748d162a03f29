import { act, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSamples } from '../../state/commands/samples';
import { startEngine } from '../../state/commands/startEngine';
import { fakeStudio } from '../../state/testing/fakes';
import { actionTakeTour } from '../actions/dialogs';
import { renderStudio } from '../testing/renderStudio';
import { placeCard } from './placeCard';
import { TOUR } from './steps';
import Tour from './Tour';
import { TourInvitation } from './TourInvitation';

const SAMPLE = { kind: 'synthetic' as const, file: 'a.png', title: 'Clear lungs', description: '', findings: [] };

async function take() {
  const studio = fakeStudio({ samples: () => Promise.resolve([SAMPLE]) });
  await loadSamples(studio);
  const { user } = renderStudio(<Tour />, studio);
  await act(() => Promise.resolve());
  return { studio, user };
}

describe('the tour', () => {
  it('has five steps, each taken only once the one before is done, also by keyboard', async () => {
    const { studio, user } = await take();
    expect(TOUR).toHaveLength(5);
    const at = (step: number) => {
      expect(screen.getByText(`Step ${String(step)} of 5`)).toBeTruthy();
    };
    const next = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Next' });
    // Opened in slices, so that the page stays alive.
    await waitFor(
      () => {
        expect(studio.store.getState().documents).toHaveLength(1);
      },
      { timeout: 20_000 },
    );
    expect(next().disabled).toBe(true);
    await user.keyboard('{ArrowRight}');
    at(1);
    await act(() => startEngine(studio));
    await waitFor(
      () => {
        expect(next().disabled).toBe(false);
      },
      { timeout: 20_000 },
    );
    await user.keyboard('{ArrowRight}');
    at(2);
    expect(screen.getByRole('dialog')).toBe(document.activeElement);
    expect(next().disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Do it for me' }));
    await user.click(next());
    at(3);
    await user.click(next());
    at(4);
    await user.keyboard('{ArrowRight}');
    at(4);
    await user.click(screen.getByRole('button', { name: 'Do it for me' }));
    await waitFor(
      () => {
        expect(next().disabled).toBe(false);
      },
      { timeout: 20_000 },
    );
    await user.click(next());
    at(5);
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('can be left at any step, and is not offered again', async () => {
    const { studio, user } = await take();
    act(() => {
      studio.store.getState().setDialog('tour');
    });
    await user.keyboard('{Escape}');
    expect(studio.store.getState().dialog).toBeUndefined();
    expect(studio.store.getState().tourSeen).toBe(true);
  });

  it('is offered on the first visit, and can be declined', async () => {
    const { studio, user } = renderStudio(<TourInvitation />);
    await user.click(screen.getByRole('button', { name: 'No, thank you' }));
    expect(screen.queryByRole('button', { name: 'Take the tour' })).toBeNull();
    act(() => {
      void actionTakeTour.perform(studio);
    });
    expect(studio.store.getState().dialog).toBe('tour');
  });

  it('keeps its card within the window, wherever the target is', () => {
    const size = fc.record({ width: fc.integer({ min: 800, max: 3840 }), height: fc.integer({ min: 600, max: 2160 }) });
    const box = fc.record({
      left: fc.integer({ min: 0, max: 3000 }),
      top: fc.integer({ min: 0, max: 2000 }),
      width: fc.integer({ min: 1, max: 2000 }),
      height: fc.integer({ min: 1, max: 2000 }),
    });
    fc.assert(
      fc.property(size, fc.option(box, { nil: undefined }), (window, target) => {
        const inside =
          target === undefined
            ? undefined
            : {
                ...target,
                left: Math.min(target.left, window.width - 1),
                top: Math.min(target.top, window.height - 1),
              };
        const { left, top } = placeCard(inside, { width: 340, height: 220 }, window);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + 340).toBeLessThanOrEqual(window.width);
        expect(top + 220).toBeLessThanOrEqual(window.height);
      }),
    );
  });
});
