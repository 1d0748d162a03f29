/** What a key means to the viewport; a table, so that it can be read, tested and described to the user. */

import { hasCursor, isBrush } from '../tools/kinds';
import type { ViewportTool } from '../viewport';

export type KeyCommand =
  | { readonly type: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'window'; readonly x: number; readonly y: number }
  | { readonly type: 'cursor'; readonly dx: number; readonly dy: number }
  | { readonly type: 'radius'; readonly factor: number }
  /** `line`: straight from where the last stroke ended. */
  | { readonly type: 'press'; readonly line: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'cancel' }
  | { readonly type: 'remove-corner' }
  | { readonly type: 'reset' };

export interface KeyStroke {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** CSS pixels. */
const PAN_STEP = 48;
const CURSOR_STEP = 8;
const FINE_STEP = 1;
const ZOOM_STEP = 1.2;
const RADIUS_STEP = 1.2;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The command of a key under a tool; undefined leaves the key to the page. */
export function keyCommand(stroke: KeyStroke, tool: ViewportTool): KeyCommand | undefined {
  const arrow = ARROWS[stroke.key];
  if (arrow) return stroke.metaKey ? undefined : arrowCommand(stroke, tool, arrow);
  if (stroke.ctrlKey || stroke.metaKey) return undefined;
  switch (stroke.key) {
    case '+':
    case '=':
      return { type: 'zoom', factor: ZOOM_STEP };
    case '-':
    case '_':
      return { type: 'zoom', factor: 1 / ZOOM_STEP };
    case '0':
    case 'Home':
      return { type: 'reset' };
  }
  return hasCursor(tool) ? cursorCommand(stroke, tool) : undefined;
}

function arrowCommand(stroke: KeyStroke, tool: ViewportTool, [x, y]: readonly [number, number]): KeyCommand {
  if (stroke.shiftKey) return { type: 'window', x, y };
  if (!hasCursor(tool)) return { type: 'pan', dx: -x * PAN_STEP, dy: -y * PAN_STEP };
  const step = stroke.ctrlKey ? FINE_STEP : CURSOR_STEP;
  return { type: 'cursor', dx: x * step, dy: y * step };
}

function cursorCommand({ key, shiftKey }: KeyStroke, tool: ViewportTool): KeyCommand | undefined {
  switch (key) {
    case ' ':
      return { type: 'press', line: shiftKey };
    case 'Escape':
      return { type: 'cancel' };
    case '[':
      return isBrush(tool) ? { type: 'radius', factor: 1 / RADIUS_STEP } : undefined;
    case ']':
      return isBrush(tool) ? { type: 'radius', factor: RADIUS_STEP } : undefined;
    case 'Enter':
      return isBrush(tool) ? undefined : { type: 'close' };
    case 'Backspace':
      return tool === 'polygon' ? { type: 'remove-corner' } : undefined;
    default:
      return undefined;
  }
}
