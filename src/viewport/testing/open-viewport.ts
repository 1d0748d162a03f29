/** A viewport in jsdom, which has no canvas, no layout and no pointer events. */

import { afterEach, beforeEach, vi } from 'vitest';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { createCornerstoneViewport } from '../cornerstone';
import type { RadiographViewport, ViewportEvents, ViewState } from '../viewport';

/** A 2D context that draws nothing and counts calls; jsdom has none. */
function countingContext(canvas: HTMLCanvasElement): Record<string, unknown> {
  const calls: Record<string, number> = {};
  const methods: Record<string, unknown> = {
    calls,
    canvas,
    getImageData: (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
      width,
      height,
    }),
  };
  return new Proxy(methods, {
    get: (target, name: string) => {
      target[name] ??= () => {
        calls[name] = (calls[name] ?? 0) + 1;
      };
      return target[name];
    },
  });
}

export const contexts = new WeakMap<HTMLCanvasElement, Record<string, unknown>>();
const opened: RadiographViewport[] = [];
/** Of the viewport's element; tests may change it. */
export const viewSize = { width: 800, height: 600 };

beforeEach(() => {
  Object.assign(viewSize, { width: 800, height: 600 });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
  vi.stubGlobal('matchMedia', () => new EventTarget());
  vi.stubGlobal(
    'ImageData',
    class {
      data: Uint8ClampedArray;
      constructor(first: Uint8ClampedArray | number, width: number, height = width) {
        this.data = typeof first === 'number' ? new Uint8ClampedArray(first * height * 4) : first;
      }
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    const context = contexts.get(this) ?? countingContext(this);
    contexts.set(this, context);
    return context as never;
  });
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockImplementation(() => viewSize.width);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(() => viewSize.height);
  HTMLElement.prototype.setPointerCapture = vi.fn();
  HTMLElement.prototype.hasPointerCapture = () => true;
});

afterEach(() => {
  for (const viewport of opened.splice(0)) viewport.destroy();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

export function radiograph(change: Partial<Radiograph> = {}): Radiograph {
  const pixels = Uint16Array.from({ length: 400 * 300 }, (_, index) => index % 4096);
  return {
    id: 'r',
    name: 'chest.dcm',
    format: 'dicom',
    width: 400,
    height: 300,
    pixels,
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2048, windowWidth: 4096 },
    synthetic: false,
    notes: [],
    ...change,
  };
}

interface Told {
  masks: Mask[];
  views: ViewState[];
  pointers: Parameters<ViewportEvents['pointerMoved']>[0][];
  swipes: number[];
  radii: number[];
}

export function open(radiusHeard = true): {
  viewport: RadiographViewport;
  told: Told;
  root: HTMLElement;
  stage: HTMLElement;
} {
  const told: Told = { masks: [], views: [], pointers: [], swipes: [], radii: [] };
  const element = document.createElement('div');
  document.body.append(element);
  const viewport = createCornerstoneViewport(element, {
    maskChanged: (mask) => told.masks.push(mask),
    viewChanged: (view) => told.views.push(view),
    pointerMoved: (at) => told.pointers.push(at),
    swipeMoved: (position) => told.swipes.push(position),
    ...(radiusHeard ? { brushRadiusChanged: (radius: number) => told.radii.push(radius) } : {}),
  });
  opened.push(viewport);
  const stage = element.querySelector<HTMLElement>('.viewport-stage');
  if (!stage) throw new Error('the viewport has no stage');
  return { viewport, told, root: element, stage };
}

/** A pointer event; the DOM of these tests knows mouse events only. */
export function pointer(target: HTMLElement, type: string, x: number, y: number, init: PointerEventInit = {}): void {
  const event = new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, ...init });
  target.dispatchEvent(
    Object.assign(event, { pointerId: init.pointerId ?? 1, pointerType: init.pointerType ?? 'mouse' }),
  );
}

export function key(target: HTMLElement, name: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

export function frame(): Promise<void> {
  return new Promise((done) =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        done();
      }),
    ),
  );
}

export function painted(mask: Mask | undefined): number {
  return mask?.data.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) ?? 0;
}
