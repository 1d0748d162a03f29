import { describe, expect, it } from 'vitest';
import { SizeMismatchError } from '../imaging/errors';
import { emptyMask, paintDisc } from '../imaging/mask';
import { contexts, frame, key, open, painted, pointer, radiograph } from './testing/open-viewport';

describe('mask tools in the viewport', () => {
  it('draws of a stroke only what it touched', async () => {
    const { viewport, root, stage } = open();
    viewport.setImage(radiograph());
    viewport.setMask(paintDisc(emptyMask(400, 300), 330, 100, 40, 255));
    await frame();
    viewport.setTool('brush', 6);
    const context = contexts.get(root.querySelector<HTMLCanvasElement>('.viewport-mask') as HTMLCanvasElement);
    const cleared: number[][] = [];
    if (context)
      context.clearRect = (...box: number[]) => {
        cleared.push(box);
      };
    pointer(stage, 'pointerdown', 200, 400);
    pointer(stage, 'pointermove', 210, 400);
    await frame();
    // 6 native pixels around the stroke are 12 on the screen, and 3 for the line.
    expect(cleared).toEqual([[185, 385, 40, 30]]);
    pointer(stage, 'pointerup', 210, 400);
    viewport.setView({ scale: 3 });
    await frame();
    expect(cleared.at(-1)).toEqual([0, 0, 800, 600]);
  });

  it('cancels what a pointer drags with Escape, and hears no more of that drag', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    for (const tool of ['brush', 'lasso', 'ellipse', 'box'] as const) {
      viewport.setTool(tool, 10);
      pointer(stage, 'pointerdown', 300, 300);
      pointer(stage, 'pointermove', 400, 400);
      key(stage, 'Escape');
      pointer(stage, 'pointermove', 500, 300);
      pointer(stage, 'pointerup', 500, 300);
    }
    expect(told.masks).toHaveLength(0);
  });

  it('subtracts with shapes under Alt or when told to, and Alt turns that round', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    const whole = { ...emptyMask(400, 300), data: new Uint8Array(120_000).fill(255) };
    const box = (altKey: boolean): void => {
      pointer(stage, 'pointerdown', 300, 300, { altKey });
      pointer(stage, 'pointermove', 400, 400, { altKey });
      pointer(stage, 'pointerup', 400, 400, { altKey });
    };
    viewport.setMask(whole);
    viewport.setTool('box', 10);
    box(true);
    expect(painted(told.masks[0])).toBe(120_000 - 50 * 50);
    viewport.setTool('box', 10, { subtract: true });
    box(true);
    expect(painted(told.masks[1])).toBe(120_000);
    box(false);
    expect(painted(told.masks[2])).toBe(120_000 - 50 * 50);
  });

  it('spans shapes with the keyboard: Space begins, arrows span, Space or Enter finishes', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    for (const [tool, last] of [
      ['box', ' '],
      ['ellipse', 'Enter'],
    ] as const) {
      viewport.setMask(undefined);
      viewport.setTool(tool, 10);
      key(stage, 'ArrowLeft');
      key(stage, ' ');
      window.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
      for (let step = 0; step < 10; step++) key(stage, step % 2 === 0 ? 'ArrowRight' : 'ArrowDown');
      key(stage, last);
    }
    expect(told.masks).toHaveLength(2);
    expect(painted(told.masks[0])).toBe(20 * 20);
    expect(Math.abs(painted(told.masks[1]) - Math.PI * 100)).toBeLessThan(12);
  });

  it('draws other masks and proposals with their names', async () => {
    const { viewport, root } = open();
    viewport.setImage(radiograph());
    viewport.setAreas([
      { label: 'Heart', tone: 'quiet', area: paintDisc(emptyMask(400, 300), 200, 150, 20, 255) },
      { label: 'Nowhere', tone: 'quiet', area: emptyMask(400, 300) },
      { label: 'Proposed', tone: 'proposed', area: [Float32Array.of(0.1, 0.1, 0.2, 0.1, 0.2, 0.2)] },
    ]);
    const context = contexts.get(root.querySelector<HTMLCanvasElement>('.viewport-annotations') as HTMLCanvasElement);
    const written: string[] = [];
    if (context)
      context.fillText = (text: string) => {
        written.push(text);
      };
    await frame();
    expect(written).toEqual(['Heart', 'Proposed']);
    expect(() => {
      viewport.setAreas([{ label: 'x', tone: 'quiet', area: emptyMask(3, 3) }]);
    }).toThrow(SizeMismatchError);
  });
});
