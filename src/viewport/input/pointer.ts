/**
 * Pointer, wheel and pinch on an element, told as gestures in CSS pixels from its top left corner. Who has a pen rests a hand
 * on the glass: from the first pen on, fingers move the picture and never draw, and while the pen is down they do nothing.
 */

import type { Point } from '../geometry/view-transform';
import type { Drag, PointerSample } from '../tools/drag';

export interface Press extends PointerSample {
  readonly button: number;
  readonly alt: boolean;
  /** The other end of a pen. */
  readonly eraser: boolean;
  /** A finger where a pen draws: it moves the picture. */
  readonly moves: boolean;
}

/** Pointer Events, table of buttons: the eraser end of a pen. */
const ERASER_BUTTON = 5;
const ERASER_PRESSED = 32;

export interface PointerGestures {
  /** A button or a finger goes down; what it starts hears of every move until it is up. */
  press(at: Press): Drag | undefined;
  hover(at: (Point & { readonly alt: boolean }) | undefined): void;
  doublePress(at: Press): void;
  zoom(at: Point, factor: number): void;
  /** Two fingers moved and spread. */
  pinch(at: Point, dx: number, dy: number, factor: number): void;
}

/** Wheel distances per deltaMode: pixels, lines, pages. */
const WHEEL_UNITS: readonly number[] = [1, 18, 400];
const WHEEL_SPEED = 0.0016;
/** A trackpad's pinch arrives as a wheel with Control and small distances. */
const TRACKPAD_PINCH_SPEED = 0.01;

/** Listens until the returned function is called. */
export function listenToPointer(element: HTMLElement, gestures: PointerGestures): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const fingers = new Map<number, Point>();
  let drag: { readonly id: number; readonly type: string; readonly gesture: Drag } | undefined;
  let penSeen = false;

  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const sample = (event: MouseEvent): PointerSample => {
    const pen =
      'pressure' in event && (event as PointerEvent).pointerType === 'pen' ? (event as PointerEvent).pressure : 0;
    // A pen that cannot tell reports 0.
    return { ...at(event), shift: event.shiftKey, ...(pen > 0 ? { pressure: pen } : {}) };
  };
  const press = (event: MouseEvent): Press => {
    const { pointerType, buttons } = event as Partial<PointerEvent>;
    const eraser = event.button === ERASER_BUTTON || (pointerType === 'pen' && ((buttons ?? 0) & ERASER_PRESSED) !== 0);
    return {
      ...sample(event),
      button: eraser ? 0 : event.button,
      alt: event.altKey,
      eraser,
      moves: pointerType === 'touch' && penSeen,
    };
  };
  const finish = (how: 'end' | 'cancel'): void => {
    const { gesture } = drag ?? {};
    drag = undefined;
    gesture?.[how]();
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType === 'pen') {
        penSeen = true;
        // What lay on the glass before the pen was the hand.
        fingers.clear();
        if (drag?.type === 'touch') finish('cancel');
      }
      if (event.pointerType === 'touch') {
        if (drag?.type === 'pen') return;
        fingers.set(event.pointerId, at(event));
        if (fingers.size === 2) finish('cancel');
        if (fingers.size > 1) return;
      }
      if (drag) return;
      const gesture = gestures.press(press(event));
      if (!gesture) return;
      if (event.button === 1) event.preventDefault();
      drag = { id: event.pointerId, type: event.pointerType, gesture };
      element.setPointerCapture(event.pointerId);
    },
    { signal },
  );

  element.addEventListener(
    'pointermove',
    (event) => {
      const here = at(event);
      if (event.pointerType === 'pen') penSeen = true;
      if (event.pointerType === 'touch' && !fingers.has(event.pointerId)) return;
      if (fingers.size >= 2) {
        pinch(fingers, event.pointerId, here, gestures);
        return;
      }
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, here);
      gestures.hover({ ...here, alt: event.altKey });
      if (drag?.id !== event.pointerId) return;
      // Missing in older Safari and outside secure contexts.
      const coalesced = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
      drag.gesture.move(coalesced.length > 0 ? coalesced.map(sample) : [sample(event)]);
    },
    { signal },
  );

  const release = (event: PointerEvent, how: 'end' | 'cancel'): void => {
    fingers.delete(event.pointerId);
    if (drag?.id === event.pointerId) finish(how);
    if (event.pointerType === 'touch') gestures.hover(undefined);
  };
  element.addEventListener(
    'pointerup',
    (event) => {
      release(event, 'end');
    },
    { signal },
  );
  element.addEventListener(
    'pointercancel',
    (event) => {
      release(event, 'cancel');
    },
    { signal },
  );
  element.addEventListener(
    'pointerleave',
    () => {
      gestures.hover(undefined);
    },
    { signal },
  );
  element.addEventListener(
    'dblclick',
    (event) => {
      gestures.doublePress(press(event));
    },
    { signal },
  );
  // The right button drags the window; its menu would cover the image.
  element.addEventListener(
    'contextmenu',
    (event) => {
      event.preventDefault();
    },
    { signal },
  );
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const distance = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1);
      gestures.zoom(at(event), Math.exp(-distance * (event.ctrlKey ? TRACKPAD_PINCH_SPEED : WHEEL_SPEED)));
    },
    { signal, passive: false },
  );

  return () => {
    finish('cancel');
    listening.abort();
  };
}

/** Updates one of the fingers and tells how the first two moved as a pair. */
function pinch(fingers: Map<number, Point>, id: number, to: Point, gestures: PointerGestures): void {
  const before = [...fingers.values()].slice(0, 2);
  if (!fingers.has(id)) return;
  fingers.set(id, to);
  const after = [...fingers.values()].slice(0, 2);
  const [a, b] = before;
  const [c, d] = after;
  if (!a || !b || !c || !d) return;
  const spread = Math.hypot(d.x - c.x, d.y - c.y) / Math.max(1, Math.hypot(b.x - a.x, b.y - a.y));
  const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
  gestures.pinch(middle, middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2, spread);
}
