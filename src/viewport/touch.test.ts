import { describe, expect, it } from 'vitest';
import { open, painted, pointer, radiograph } from './testing/open-viewport';

const FINGER: PointerEventInit = { pointerType: 'touch', pointerId: 5 };
const PEN: PointerEventInit = { pointerType: 'pen', pointerId: 9 };

function drag(
  stage: HTMLElement,
  init: PointerEventInit,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  pointer(stage, 'pointerdown', ...from, init);
  pointer(stage, 'pointermove', ...to, init);
  pointer(stage, 'pointerup', ...to, init);
}

function opened() {
  const viewport = open();
  viewport.viewport.setImage(radiograph());
  viewport.viewport.setTool('brush', 10);
  return viewport;
}

describe('fingers and a pen', () => {
  it('paints with one finger where there is no pen', () => {
    const { stage, told } = opened();
    drag(stage, FINGER, [300, 300], [360, 300]);
    expect(painted(told.masks[0])).toBeGreaterThan(300);
  });

  it('moves the picture with one finger once a pen was seen, whatever the tool', () => {
    const { stage, told, viewport } = opened();
    viewport.setView({ scale: 6 });
    pointer(stage, 'pointermove', 100, 100, PEN);
    drag(stage, FINGER, [300, 300], [360, 320]);
    expect(told.masks).toHaveLength(0);
    expect(told.views.at(-1)?.translation).toEqual([10, 20 / 6]);
  });

  it('gives up what the hand drew when the pen comes down, and hears no finger while the pen draws', () => {
    const { stage, told } = opened();
    pointer(stage, 'pointerdown', 200, 200, FINGER);
    pointer(stage, 'pointermove', 260, 200, FINGER);
    pointer(stage, 'pointerdown', 400, 300, PEN);
    pointer(stage, 'pointermove', 270, 200, FINGER);
    pointer(stage, 'pointerdown', 600, 500, { ...FINGER, pointerId: 6 });
    pointer(stage, 'pointermove', 640, 520, { ...FINGER, pointerId: 6 });
    pointer(stage, 'pointermove', 440, 300, PEN);
    pointer(stage, 'pointerup', 440, 300, PEN);
    expect(told.masks).toHaveLength(1);
    expect(told.views).toHaveLength(1);
    const [mask] = told.masks;
    // The pen's line, and nothing where the hand was: two CSS pixels a native one.
    expect(mask?.data[150 * 400 + 210]).toBe(255);
    expect(mask?.data[100 * 400 + 115]).toBe(0);
  });

  it('erases with the other end of the pen, and paints again with the tip', () => {
    const { stage, told, viewport } = opened();
    drag(stage, PEN, [300, 300], [360, 300]);
    viewport.setMask(told.masks[0]);
    drag(stage, { ...PEN, button: 5, buttons: 32 }, [300, 300], [360, 300]);
    expect(painted(told.masks[1])).toBe(0);
    viewport.setMask(told.masks[1]);
    drag(stage, PEN, [300, 300], [360, 300]);
    expect(painted(told.masks[2])).toBe(painted(told.masks[0]));
  });
});
