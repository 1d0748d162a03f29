// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { imageToView, type Geometry } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import { moveCrosshair } from './crosshair';
import type { ToolHost } from './drag';

const geometry: Geometry = { imageWidth: 200, imageHeight: 100, aspect: [1, 1], viewWidth: 400, viewHeight: 400 };

function hostOf(view: Pick<ViewState, 'scale' | 'translation'>): {
  host: Parameters<typeof moveCrosshair>[0];
  view: () => ViewState;
} {
  let current: ViewState = { window: { windowCenter: 1, windowWidth: 2 }, inverted: false, ...view };
  const host: Pick<ToolHost, 'geometry' | 'view' | 'changeView'> = {
    geometry,
    get view() {
      return current;
    },
    changeView(next) {
      current = next;
    },
  };
  return { host, view: () => current };
}

describe('crosshair', () => {
  it('starts in the middle of what is seen', () => {
    const { host } = hostOf({ scale: 2, translation: [0, 0] });
    expect(moveCrosshair(host, undefined, 8, 0)).toEqual({ x: 100, y: 50 });
    expect(moveCrosshair(host, { x: -30, y: 50 }, 8, 0)).toEqual({ x: 100, y: 50 });
  });

  it('moves by screen pixels and stays on the image', () => {
    const { host } = hostOf({ scale: 2, translation: [0, 0] });
    expect(moveCrosshair(host, { x: 100, y: 50 }, 8, -8)).toEqual({ x: 104, y: 46 });
    expect(moveCrosshair(host, { x: 100, y: 2 }, 0, -80)).toEqual({ x: 100, y: 0.5 });
    expect(moveCrosshair(host, { x: 198, y: 50 }, 80, 0)).toEqual({ x: 199.5, y: 50 });
  });

  it('takes the view along over its edge', () => {
    const { host, view } = hostOf({ scale: 8, translation: [0, 0] });
    const point = moveCrosshair(host, { x: 124, y: 50 }, 8, 0);
    expect(view().translation[0]).toBeLessThan(0);
    expect(imageToView(geometry, view(), point).x).toBeCloseTo(400 - 24, 6);
  });
});
