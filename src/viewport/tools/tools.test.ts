// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Radiograph } from '../../imaging/radiograph';
import { viewToImage, type Geometry } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import { brushStroke } from './brush-stroke';
import type { ToolHost } from './drag';
import { ERASED, MaskEditor, PAINTED } from './mask-editor';
import { panDrag, windowDrag, zoomDrag } from './view-drags';

const geometry: Geometry = { imageWidth: 400, imageHeight: 400, aspect: [1, 1], viewWidth: 800, viewHeight: 800 };

function hostOf(change: Partial<Radiograph> = {}) {
  const radiograph: Radiograph = {
    id: 'r', name: 'r', format: 'png', width: 400, height: 400, pixels: new Uint8Array(160_000), bitsStored: 8, signed: false,
    photometricInterpretation: 'MONOCHROME2', rescaleSlope: 1, rescaleIntercept: 0,
    window: { windowCenter: 128, windowWidth: 256 }, synthetic: true, notes: [], ...change,
  };
  let committed = 0;
  const editor = new MaskEditor(radiograph, () => committed++);
  const state = {
    view: { window: radiograph.window, scale: 2, translation: [0, 0], inverted: false } as ViewState,
    get committed() {
      return committed;
    },
  };
  const host: ToolHost = {
    geometry,
    radiograph,
    editor,
    brushRadius: 8,
    get view() {
      return state.view;
    },
    changeView(view) {
      state.view = view;
    },
    maskTouched() {
      // Nothing is drawn here.
    },
  };
  return { host, state };
}

describe('tools', () => {
  it('window: right widens, up brightens, and cancelling restores', () => {
    const { host, state } = hostOf();
    const start = state.view;
    const drag = windowDrag(host, { x: 100, y: 100 }, PAINTED);
    drag.move([{ x: 150, y: 100 }, { x: 200, y: 40 }]);
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
    const drag = brushStroke(host, { x: 200, y: 400 }, PAINTED);
    drag.move([{ x: 300, y: 400 }]);
    drag.move([{ x: 600, y: 400 }]);
    expect(state.committed).toBe(0);
    drag.end();
    expect(state.committed).toBe(1);
    const row = host.editor.mask?.data.subarray(200 * 400, 201 * 400) ?? new Uint8Array();
    expect(row.subarray(100, 300).every((value) => value === 255)).toBe(true);
    expect(row[80]).toBe(0);
  });

  it('eraser: takes away what the brush left', () => {
    const { host } = hostOf();
    brushStroke(host, { x: 200, y: 400 }, PAINTED).end();
    brushStroke(host, { x: 200, y: 400 }, ERASED).end();
    expect(host.editor.mask?.data.every((value) => value === 0)).toBe(true);
  });
});
