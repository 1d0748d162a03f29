/** Moving about in the radiograph by keyboard. Pure. */

import type { ViewState } from '../../viewport/viewport';

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Part of the window's width that one press changes. */
const WINDOW_STEP = 0.05;

/**
 * Arrows move the picture by 10 screen pixels (Shift: 50); with Alt, left and right change the window's width, up and down its centre
 * (Shift: four times as far). Undefined for other keys.
 */
export function keyedView(press: Press, view: ViewState): Partial<ViewState> | undefined {
  const direction = DIRECTIONS[press.key];
  if (direction === undefined || press.ctrlKey || press.metaKey) return undefined;
  const [x, y] = direction;
  if (press.altKey) {
    const { windowCenter, windowWidth } = view.window;
    const step = Math.max(1, windowWidth * WINDOW_STEP * (press.shiftKey ? 4 : 1));
    return { window: { windowCenter: windowCenter - y * step, windowWidth: Math.max(1, windowWidth + x * step) } };
  }
  const distance = (press.shiftKey ? 50 : 10) / view.scale;
  return { translation: [view.translation[0] + x * distance, view.translation[1] + y * distance] };
}
