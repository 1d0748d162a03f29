// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { keyCommand, type KeyStroke } from './keys';

function stroke(key: string, modifiers: Partial<KeyStroke> = {}): KeyStroke {
  return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...modifiers };
}

describe('keys', () => {
  it('arrows look around, or move the crosshair of a tool that has one', () => {
    expect(keyCommand(stroke('ArrowRight'), 'window')).toEqual({ type: 'pan', dx: -48, dy: -0 });
    expect(keyCommand(stroke('ArrowRight'), 'brush')).toEqual({ type: 'cursor', dx: 8, dy: 0 });
    expect(keyCommand(stroke('ArrowUp', { ctrlKey: true }), 'polygon')).toEqual({ type: 'cursor', dx: 0, dy: -1 });
  });

  it('shift and arrows change the window under every tool', () => {
    for (const tool of ['window', 'brush', 'pan'] as const) {
      expect(keyCommand(stroke('ArrowUp', { shiftKey: true }), tool)).toEqual({ type: 'window', x: 0, y: -1 });
    }
  });

  it('zooms in and out by the same factor', () => {
    const inwards = keyCommand(stroke('+', { shiftKey: true }), 'window');
    const outwards = keyCommand(stroke('-'), 'window');
    if (inwards?.type !== 'zoom' || outwards?.type !== 'zoom') throw new Error('plus and minus do not zoom');
    expect(inwards.factor * outwards.factor).toBeCloseTo(1, 12);
  });

  it('leaves alone what it has no use for', () => {
    expect(keyCommand(stroke(' '), 'window')).toBeUndefined();
    expect(keyCommand(stroke('Enter'), 'brush')).toBeUndefined();
    expect(keyCommand(stroke('z', { ctrlKey: true }), 'brush')).toBeUndefined();
    expect(keyCommand(stroke('0', { ctrlKey: true }), 'brush')).toBeUndefined();
    expect(keyCommand(stroke('ArrowLeft', { metaKey: true }), 'brush')).toBeUndefined();
    expect(keyCommand(stroke('Tab'), 'polygon')).toBeUndefined();
  });

  it('builds a polygon', () => {
    const keys = [' ', 'Enter', 'Backspace', 'Escape'].map((key) => keyCommand(stroke(key), 'polygon')?.type);
    expect(keys).toEqual(['press', 'close', 'remove-corner', 'cancel']);
  });

  it('changes the brush with the brackets, and the polygon not at all', () => {
    expect(keyCommand(stroke(']'), 'eraser')?.type).toBe('radius');
    expect(keyCommand(stroke('['), 'polygon')).toBeUndefined();
  });
});
