import { describe, expect, it } from 'vitest';
import { SizeMismatchError } from '../imaging/errors';
import { emptyMask, paintDisc } from '../imaging/mask';
import { contexts, frame, key, open, painted, pointer, radiograph, viewSize } from './testing/open-viewport';

describe('viewport', () => {
  it('fits an image under its own window and says so', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    expect(told.views).toEqual([
      {
        window: { windowCenter: 2048, windowWidth: 4096 },
        scale: 2,
        translation: [0, 0],
        inverted: false,
        fitted: true,
      },
    ]);
    expect(stage.getAttribute('aria-label')).toBe('chest.dcm, 400 by 300 pixels');
  });

  it('keeps the view when a result arrives, and starts afresh for another image', () => {
    const { viewport, told } = open();
    const source = radiograph();
    viewport.setImage(source);
    viewport.setView({ scale: 5 });
    viewport.setImage(source, radiograph({ id: 'c', synthetic: true }));
    expect(told.views).toHaveLength(1);
    viewport.setImage(radiograph({ id: 'other' }));
    expect(told.views.at(-1)?.scale).toBe(2);
  });

  it('fits a view that was fitted on another screen, and keeps one that was not', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    for (const [fitted, scale] of [
      [true, 2],
      [false, 0.5],
    ] as const) {
      viewport.setView({ scale: 0.5, translation: [0, 0], fitted });
      key(stage, 'ArrowRight', { shiftKey: true });
      expect(told.views.at(-1)).toMatchObject({ fitted, scale });
    }
  });

  it('shows what is drawn ahead on the source, whatever result was on the screen, and says so', () => {
    const { viewport, stage } = open();
    viewport.setImage(radiograph(), radiograph({ id: 'c', synthetic: true }));
    viewport.setComparison({ mode: 'counterfactual' });
    const shown = (): readonly boolean[] =>
      [...stage.querySelectorAll<HTMLElement>('.viewport-image')].map((layer) => layer.style.visibility !== 'hidden');
    const caption = (): string | null | undefined =>
      stage.parentElement?.querySelector('.viewport-caption-left')?.textContent;
    expect(shown()).toEqual([false, true]);
    expect(caption()).toMatch(/^Counterfactual/);
    const one = { x: 0, y: 0, across: 1, down: 1, width: 1, height: 1 };
    viewport.setSketch({ ...one, grey: new Uint8Array(1), alpha: new Uint8Array(1) } as never);
    expect(shown()).toEqual([true, false]);
    expect(caption()).not.toMatch(/^Counterfactual/);
    viewport.setSketch(undefined);
    expect(shown()).toEqual([false, true]);
  });

  it('refuses a result or a mask of another size', () => {
    const { viewport } = open();
    expect(() => {
      viewport.setImage(radiograph(), radiograph({ width: 300, height: 400 }));
    }).toThrow(SizeMismatchError);
    viewport.setImage(radiograph());
    expect(() => {
      viewport.setMask(emptyMask(3, 3));
    }).toThrow(SizeMismatchError);
  });

  it('paints with the pointer, in native pixels, as one step', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.setTool('brush', 10);
    pointer(stage, 'pointerdown', 400, 300);
    pointer(stage, 'pointermove', 440, 300);
    expect(told.masks).toHaveLength(0);
    pointer(stage, 'pointerup', 440, 300);
    expect(told.masks).toHaveLength(1);
    const expected = Math.PI * 100 + 20 * 20;
    expect(Math.abs(painted(told.masks[0]) - expected)).toBeLessThan(0.05 * expected);
  });

  it('erases while Alt is held, and undo from outside is taken up silently', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    const mask = paintDisc(emptyMask(400, 300), 200, 150, 30, 255);
    viewport.setMask(mask);
    viewport.setTool('brush', 10);
    pointer(stage, 'pointerdown', 400, 300, { altKey: true });
    pointer(stage, 'pointerup', 400, 300, { altKey: true });
    expect(painted(told.masks[0])).toBeLessThan(painted(mask));
    viewport.setMask(mask);
    expect(told.masks).toHaveLength(1);
  });

  it('gives up a finger’s stroke when a second finger makes it a pinch', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.setTool('brush', 10);
    const first: PointerEventInit = { pointerType: 'touch', pointerId: 1 };
    const second: PointerEventInit = { pointerType: 'touch', pointerId: 2 };
    pointer(stage, 'pointerdown', 300, 300, first);
    pointer(stage, 'pointermove', 310, 300, first);
    pointer(stage, 'pointerdown', 500, 300, second);
    pointer(stage, 'pointermove', 700, 300, second);
    pointer(stage, 'pointerup', 700, 300, second);
    pointer(stage, 'pointerup', 310, 300, first);
    expect(told.masks).toHaveLength(0);
    expect(told.views.at(-1)?.scale).toBeCloseTo((2 * 390) / 190, 6);
  });

  it('draws a polygon by mouse and by keyboard', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.setTool('polygon', 20);
    for (const [x, y] of [
      [200, 200],
      [400, 200],
      [400, 400],
    ] as const) {
      pointer(stage, 'pointerdown', x, y);
      pointer(stage, 'pointerup', x, y);
    }
    key(stage, 'Enter');
    expect(painted(told.masks[0]) / ((100 * 100) / 2)).toBeCloseTo(1, 1);

    key(stage, ' ');
    key(stage, ' ');
    for (const arrow of ['ArrowRight', 'ArrowDown']) {
      for (let step = 0; step < 10; step++) key(stage, arrow);
      key(stage, ' ');
    }
    key(stage, 'Enter');
    expect(told.masks).toHaveLength(2);
    const added = told.masks[1]?.data.filter((value, index) => value !== told.masks[0]?.data[index]).length ?? 0;
    expect(added).toBeGreaterThan(0);
    expect(told.masks[1]?.data[155 * 400 + 236]).toBe(255);
    expect(told.masks[1]?.data[185 * 400 + 205]).toBe(0);
  });

  it('paints with the crosshair alone', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.setTool('brush', 6);
    key(stage, 'ArrowLeft');
    expect(told.pointers.at(-1)).toMatchObject({ x: 200, y: 150, stored: (150 * 400 + 200) % 4096 });
    key(stage, ' ');
    for (let step = 0; step < 10; step++) key(stage, 'ArrowRight');
    window.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    expect(told.masks).toHaveLength(1);
    expect(told.masks[0]?.data[150 * 400 + 238]).toBe(255);
    key(stage, ']');
    expect(told.radii[0]).toBeCloseTo(7.2);
  });

  it('zooms with the wheel about the pointer, and leaves keys it does not use', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: 400, clientY: 300, cancelable: true }));
    expect(told.views.at(-1)?.scale).toBeGreaterThan(3);
    expect(told.views.at(-1)?.translation).toEqual([0, 0]);
    expect(key(stage, 'z', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(key(stage, '0').defaultPrevented).toBe(true);
    expect(told.views.at(-1)?.scale).toBe(2);
  });

  it('keeps the keys it used to itself, and leaves the brackets to a page that does not listen for them', () => {
    const { viewport, root, stage } = open();
    const heard: string[] = [];
    root.addEventListener('keydown', (event) => heard.push(event.key));
    viewport.setImage(radiograph());
    viewport.setTool('brush', 10);
    for (const name of ['+', ']', 'z']) key(stage, name);
    expect(heard).toEqual(['z']);

    const silent = open(false);
    silent.viewport.setImage(radiograph());
    silent.viewport.setTool('brush', 10);
    expect(key(silent.stage, ']').defaultPrevented).toBe(false);
  });

  it('changes the window under Shift and an arrow, and never echoes setView', () => {
    const { viewport, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.setView({ inverted: true, window: { windowCenter: 1000, windowWidth: 500 } });
    expect(told.views).toHaveLength(1);
    key(stage, 'ArrowRight', { shiftKey: true });
    expect(told.views.at(-1)).toMatchObject({ inverted: true, window: { windowCenter: 1000 } });
    expect(told.views.at(-1)?.window.windowWidth).toBeGreaterThan(500);
  });

  it('stays fitted through a resize until the user has placed the image', () => {
    const { viewport, told } = open();
    viewport.setImage(radiograph());
    Object.assign(viewSize, { width: 400, height: 300 });
    viewport.resize();
    expect(told.views.at(-1)?.scale).toBe(1);
    viewport.setView({ scale: 3 });
    Object.assign(viewSize, { width: 800, height: 600 });
    viewport.resize();
    expect(told.views.at(-1)?.scale).toBe(1);
  });

  it('reads the picture that is seen at the pointer', () => {
    const { viewport, told, stage } = open();
    const result = radiograph({ id: 'c', pixels: new Uint16Array(400 * 300).fill(7) });
    viewport.setImage(radiograph({ pixels: new Uint16Array(400 * 300).fill(3) }), result);
    viewport.setComparison({ mode: 'swipe', position: 0.5 });
    pointer(stage, 'pointermove', 300, 300);
    pointer(stage, 'pointermove', 500, 300);
    viewport.setComparison({ mode: 'source' });
    pointer(stage, 'pointermove', 500, 300);
    pointer(stage, 'pointerleave', 0, 0);
    expect(told.pointers.map((at) => at?.stored)).toEqual([3, 7, 3, undefined]);
  });

  it('swipes by key and by pointer', () => {
    const { viewport, told, root } = open();
    viewport.setImage(radiograph(), radiograph({ id: 'c' }));
    viewport.setComparison({ mode: 'swipe', position: 0.5 });
    const slider = root.querySelector<HTMLElement>('[role=slider]');
    if (!slider) throw new Error('the swipe has no divider');
    key(slider, 'ArrowRight');
    expect(told.swipes).toEqual([0.52]);
    expect(slider.getAttribute('aria-valuenow')).toBe('52');
    const images = [...root.querySelectorAll<HTMLElement>('.viewport-image')];
    expect(images.map((image) => image.style.visibility)).toEqual(['visible', 'visible']);
    expect(images[1]?.style.clipPath).toBe('inset(0 0 0 52.000%)');
  });

  it('shows the source while there is no result, whatever is asked', () => {
    const { viewport, root } = open();
    viewport.setImage(radiograph());
    viewport.setComparison({ mode: 'difference' });
    const images = [...root.querySelectorAll<HTMLElement>('.viewport-image')];
    expect(images.map((image) => image.style.visibility)).toEqual(['visible', 'hidden']);
    expect(root.querySelector<HTMLElement>('.viewport-legend')?.hidden).toBe(true);
  });

  it('draws image and overlay in one frame, and the legend with the difference', async () => {
    const { viewport, root } = open();
    const source = radiograph();
    viewport.setImage(
      source,
      radiograph({ id: 'c', pixels: source.pixels.map((value) => Math.min(4095, value + 200)) }),
    );
    viewport.setMask(paintDisc(emptyMask(400, 300), 100, 100, 20, 255));
    viewport.setComparison({ mode: 'difference' });
    viewport.setPreview(new Uint8ClampedArray(65536));
    await frame();
    const calls = (selector: string): Record<string, number> => {
      const canvas = root.querySelector<HTMLCanvasElement>(selector);
      return (canvas && (contexts.get(canvas)?.calls as Record<string, number>)) ?? {};
    };
    expect(calls('.cornerstone-canvas').drawImage).toBe(1);
    expect(calls('.viewport-difference').drawImage).toBe(1);
    expect(calls('.viewport-mask').lineTo).toBeGreaterThan(50);
    expect(calls('.viewport-annotations').clip).toBe(1);
    expect(root.querySelector('.viewport-legend-ticks')?.textContent).toBe('−5 %of the window+5 %');
  });

  it('hides the mask where asked, but shows a stroke while it is made, and keeps the preview inside it', async () => {
    const { viewport, root, stage } = open();
    viewport.setImage(radiograph(), radiograph({ id: 'c' }));
    viewport.setMask(paintDisc(emptyMask(400, 300), 100, 100, 20, 255));
    viewport.setMaskShown(false);
    const lines = async (): Promise<number> => {
      const canvas = root.querySelector<HTMLCanvasElement>('.viewport-mask');
      const calls = canvas && (contexts.get(canvas)?.calls as Record<string, number> | undefined);
      const before = calls?.lineTo ?? 0;
      await frame();
      return ((canvas && (contexts.get(canvas)?.calls as Record<string, number> | undefined))?.lineTo ?? 0) - before;
    };
    expect(await lines()).toBe(0);
    viewport.setTool('brush', 10);
    pointer(stage, 'pointerdown', 400, 300);
    expect(await lines()).toBeGreaterThan(50);
    pointer(stage, 'pointerup', 400, 300);
    viewport.setMaskShown(false);
    viewport.setPreview(new Uint8ClampedArray(65536));
    const canvas = root.querySelector<HTMLCanvasElement>('.viewport-annotations');
    await frame();
    expect((canvas && (contexts.get(canvas)?.calls as Record<string, number>))?.clip).toBe(1);
    expect(() => {
      viewport.setPreview(new Uint8ClampedArray(65536), emptyMask(3, 3));
    }).toThrow(SizeMismatchError);
  });

  it('frames a part of the image, and the whole image when asked again', () => {
    const { viewport, told } = open();
    viewport.setImage(radiograph());
    const part = { x: 100, y: 50, width: 50, height: 40 };
    viewport.frame(part);
    const close = told.views.at(-1);
    expect(close?.scale).toBeGreaterThan(8);
    expect(close?.translation).toEqual([75, 80]);
    viewport.frame(part);
    expect(told.views.at(-1)).toMatchObject({ scale: 2, translation: [0, 0] });
  });

  it('leaves nothing behind', async () => {
    const { viewport, root, told, stage } = open();
    viewport.setImage(radiograph());
    viewport.destroy();
    await frame();
    expect(root.childElementCount).toBe(0);
    key(stage, '+');
    expect(told.views).toHaveLength(1);
  });
});
