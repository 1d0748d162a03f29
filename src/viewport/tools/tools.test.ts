// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { emptyMask, fillPolygon } from '../../imaging/mask';
import type { Radiograph } from '../../imaging/radiograph';
import { viewToImage, type Geometry, type Point } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import { brushStroke } from './brush-stroke';
import type { ToolHost } from './drag';
import { ERASED, MaskEditor, PAINTED } from './mask-editor';
import { boxDrag, ellipseDrag, lassoDrag } from './shape-drag';
import { panDrag, windowDrag, zoomDrag } from './view-drags';

const geometry: Geometry = { imageWidth: 400, imageHeight: 400, aspect: [1, 1], viewWidth: 800, viewHeight: 800 };

function hostOf(change: Partial<Radiograph> = {}) {
  const radiograph: Radiograph = {
    id: 'r',
    name: 'r',
    format: 'png',
    width: 400,
    height: 400,
    pixels: new Uint8Array(160_000),
    bitsStored: 8,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 128, windowWidth: 256 },
    synthetic: true,
    notes: [],
    ...change,
  };
  let committed = 0;
  const editor = new MaskEditor(radiograph, () => committed++);
  const state = {
    shape: undefined as readonly Point[] | undefined,
    view: { window: radiograph.window, scale: 2, translation: [0, 0], inverted: false } as ViewState,
    get committed() {
      return committed;
    },
  };
  const host: ToolHost = {
    geometry,
    radiograph,
    editor,
    brush: { radius: 8, hardness: 1, pressure: true },
    get view() {
      return state.view;
    },
    changeView(view) {
      state.view = view;
    },
    maskTouched() {
      // Nothing is drawn here.
    },
    placed() {
      // Nothing is placed here.
    },
    showShape(path) {
      state.shape = path;
    },
  };
  return { host, state };
}

describe('tools', () => {
  it('window: right widens, up brightens, and cancelling restores', () => {
    const { host, state } = hostOf();
    const start = state.view;
    const drag = windowDrag(host, { x: 100, y: 100 }, PAINTED);
    drag.move([
      { x: 150, y: 100 },
      { x: 200, y: 40 },
    ]);
    expect(state.view.window.windowWidth).toBeGreaterThan(256);
    expect(state.view.window.windowCenter).toBeLessThan(128);
    drag.cancel();
    expect(state.view).toEqual(start);
  });

  it('window: up brightens a MONOCHROME1 image too', () => {
    const { host, state } = hostOf({ photometricInterpretation: 'MONOCHROME1' });
    windowDrag(host, { x: 0, y: 100 }, PAINTED).move([{ x: 0, y: 20 }]);
    expect(state.view.window.windowCenter).toBeGreaterThan(128);
  });

  it('pan: the image follows the pointer', () => {
    const { host, state } = hostOf();
    const grabbed = viewToImage(geometry, state.view, { x: 300, y: 300 });
    panDrag(host, { x: 300, y: 300 }, PAINTED).move([{ x: 340, y: 290 }]);
    const under = viewToImage(geometry, state.view, { x: 340, y: 290 });
    expect(under.x).toBeCloseTo(grabbed.x, 9);
    expect(under.y).toBeCloseTo(grabbed.y, 9);
  });

  it('zoom: a drag upwards doubles about its start', () => {
    const { host, state } = hostOf();
    const at = { x: 500, y: 350 };
    const anchor = viewToImage(geometry, state.view, at);
    zoomDrag(host, at, PAINTED).move([{ x: 500, y: 230 }]);
    expect(state.view.scale).toBeCloseTo(4, 9);
    expect(viewToImage(geometry, state.view, at).x).toBeCloseTo(anchor.x, 9);
  });

  it('brush: paints a continuous line, committed once', () => {
    const { host, state } = hostOf();
    const drag = brushStroke(host, { x: 200, y: 400 }, PAINTED, undefined, () => undefined);
    drag.move([{ x: 300, y: 400 }]);
    drag.move([{ x: 600, y: 400 }]);
    expect(state.committed).toBe(0);
    drag.end();
    expect(state.committed).toBe(1);
    const row = host.editor.mask?.data.subarray(200 * 400, 201 * 400) ?? new Uint8Array();
    expect(row.subarray(100, 300).every((value) => value === 255)).toBe(true);
    expect(row[80]).toBe(0);
  });

  it('brush: a pen’s pressure sets its width, a mouse has none', () => {
    const { host } = hostOf();
    const width = (): number =>
      host.editor.mask?.data.subarray(200 * 400, 201 * 400).filter((value) => value > 0).length ?? 0;
    brushStroke(host, { x: 400, y: 401, pressure: 0.5 }, PAINTED, undefined, () => undefined).end();
    expect(width()).toBe(8);
    brushStroke(host, { x: 400, y: 401 }, PAINTED, undefined, () => undefined).end();
    expect(width()).toBe(16);
  });

  it('brush: with Shift a straight line from where the last stroke ended', () => {
    const { host, state } = hostOf();
    let ended: Point | undefined;
    brushStroke(host, { x: 100, y: 400 }, PAINTED, undefined, (at) => {
      ended = at;
    }).end();
    brushStroke(host, { x: 700, y: 400 }, PAINTED, ended, () => undefined).end();
    expect(state.committed).toBe(2);
    expect(host.editor.mask?.data.subarray(200 * 400 + 50, 200 * 400 + 350).every((value) => value === 255)).toBe(true);
  });

  it('lasso: the path of the pointer, filled as a polygon, as one step', () => {
    const { host, state } = hostOf();
    const path = [
      [100, 100],
      [300, 120],
      [340, 400],
      [120, 300],
    ] as const;
    const drag = lassoDrag(host, { x: path[0][0], y: path[0][1] }, PAINTED);
    drag.move(path.slice(1).map(([x, y]) => ({ x, y })));
    expect(state.shape).toHaveLength(4);
    expect(state.committed).toBe(0);
    drag.end();
    const corners = path.map(([x, y]) => ({ x: x / 2, y: y / 2 }));
    expect(host.editor.mask?.data).toEqual(fillPolygon(emptyMask(400, 400), corners, PAINTED).data);
    expect([state.committed, state.shape]).toEqual([1, undefined]);
  });

  it('ellipse and box: fill what the drag spans; Shift makes circle and square', () => {
    for (const [start, area] of [
      [boxDrag, 50 * 100],
      [ellipseDrag, (Math.PI / 4) * 50 * 100],
    ] as const) {
      const { host } = hostOf();
      const drag = start(host, { x: 100, y: 100 }, PAINTED);
      drag.move([
        { x: 150, y: 120 },
        { x: 200, y: 300 },
      ]);
      drag.end();
      const painted = host.editor.mask?.data.filter((value) => value > 0).length ?? 0;
      expect(Math.abs(painted - area) / area).toBeLessThan(0.01);
      const round = hostOf();
      const square = start(round.host, { x: 300, y: 300 }, PAINTED);
      square.move([{ x: 250, y: 100, shift: true }]);
      const xs = round.state.shape?.map(({ x }) => x) ?? [];
      const ys = round.state.shape?.map(({ y }) => y) ?? [];
      expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)].map(Math.round)).toEqual([
        50, 150, 50, 150,
      ]);
    }
  });

  it('shapes: take away where they are asked to, and are given up without a trace', () => {
    const { host, state } = hostOf();
    const box = (value: typeof PAINTED | typeof ERASED, to: number) => {
      const drag = boxDrag(host, { x: 100, y: 100 }, value);
      drag.move([{ x: to, y: to }]);
      return drag;
    };
    box(PAINTED, 300).end();
    box(ERASED, 200).end();
    expect(host.editor.mask?.data.filter((value) => value > 0).length).toBe(100 * 100 - 50 * 50);
    box(PAINTED, 700).cancel();
    expect([state.committed, state.shape]).toEqual([2, undefined]);
  });

  it('shapes: a click makes none', () => {
    const { host, state } = hostOf();
    for (const start of [lassoDrag, boxDrag, ellipseDrag]) {
      const drag = start(host, { x: 100, y: 100 }, PAINTED);
      drag.move([{ x: 101, y: 101 }]);
      drag.end();
    }
    expect(state.committed).toBe(0);
  });

  it('eraser: takes away what the brush left', () => {
    const { host } = hostOf();
    brushStroke(host, { x: 200, y: 400 }, PAINTED, undefined, () => undefined).end();
    brushStroke(host, { x: 200, y: 400 }, ERASED, undefined, () => undefined).end();
    expect(host.editor.mask?.data.every((value) => value === 0)).toBe(true);
  });
});
