/** Dragging a placed finding from one part of the diagram to another, by mouse, finger or pen. */

import { useRef, useState, type PointerEvent, type RefObject } from 'react';
import { PLACES, type Place } from '../../findings/vocabulary';

export interface FindingDrag {
  readonly from: Place;
  /** Under the pointer; undefined beside the chest. */
  readonly over: Place | undefined;
  /** In the diagram's units. */
  readonly at: readonly [number, number];
}

interface Press {
  readonly from: Place;
  readonly x: number;
  readonly y: number;
}

/** CSS pixels below which a press is a click. */
const SLACK = 5;

function placeUnder(x: number, y: number): Place | undefined {
  const name = document.elementFromPoint(x, y)?.closest('[data-place]')?.getAttribute('data-place');
  return PLACES.find((place) => place === name);
}

/** @param size of the diagram in its own units */
export function useFindingDrag(
  root: RefObject<SVGSVGElement | null>,
  size: readonly [number, number],
  move: (from: Place, to: Place) => void,
) {
  const press = useRef<Press | undefined>(undefined);
  const dragged = useRef(false);
  const [drag, setDrag] = useState<FindingDrag>();
  const end = () => {
    press.current = undefined;
    setDrag(undefined);
  };
  return {
    drag,
    /** A finding is pressed where it lies. */
    begin: (from: Place, event: PointerEvent) => {
      if (event.button !== 0) return;
      press.current = { from, x: event.clientX, y: event.clientY };
      dragged.current = false;
    },
    /** True once for the click that ends a drag. */
    wasDragged: () => {
      const was = dragged.current;
      dragged.current = false;
      return was;
    },
    handlers: {
      onPointerMove: ({ clientX, clientY, pointerId }: PointerEvent) => {
        const svg = root.current;
        const { current } = press;
        if (svg === null || current === undefined) return;
        if (!dragged.current && Math.hypot(clientX - current.x, clientY - current.y) < SLACK) return;
        if (!dragged.current) svg.setPointerCapture(pointerId);
        dragged.current = true;
        const box = svg.getBoundingClientRect();
        const at = [
          ((clientX - box.left) / box.width) * size[0],
          ((clientY - box.top) / box.height) * size[1],
        ] as const;
        setDrag({ from: current.from, over: placeUnder(clientX, clientY), at });
      },
      onPointerUp: ({ clientX, clientY }: PointerEvent) => {
        const { current } = press;
        const to = dragged.current ? placeUnder(clientX, clientY) : undefined;
        end();
        if (current !== undefined && to !== undefined && to !== current.from) move(current.from, to);
      },
      onPointerCancel: end,
    },
  };
}
