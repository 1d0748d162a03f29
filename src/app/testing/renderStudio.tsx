/** Renders a part of the screen with a fake studio. */

import { cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { fakeStudio } from '../../state/testing/fakes';
import { StudioProvider } from '../StudioContext';

afterEach(cleanup);

/** Queries by role are slow in jsdom, the more so on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

/** What jsdom lacks and the components ask for. */
class NoResizeObserver implements ResizeObserver {
  observe(): void {
    return undefined;
  }
  unobserve(): void {
    return undefined;
  }
  disconnect(): void {
    return undefined;
  }
}
globalThis.ResizeObserver = NoResizeObserver;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.hasPointerCapture = () => false;
HTMLCanvasElement.prototype.getContext = () => null;

type FakeStudio = ReturnType<typeof fakeStudio>;

export function renderStudio(part: ReactNode, studio: FakeStudio = fakeStudio()) {
  const user = userEvent.setup();
  render(
    <StudioProvider studio={studio}>
      <Tooltip.Provider>{part}</Tooltip.Provider>
    </StudioProvider>,
  );
  return { studio, user };
}
