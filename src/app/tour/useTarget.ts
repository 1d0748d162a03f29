/** Where the part of the screen is that a step of the tour points at. */

import { useEffect, useState } from 'react';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How often the place is looked up: panels open and scroll meanwhile. */
const MILLISECONDS = 250;

const same = (a: Box | undefined, b: Box | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.left === b.left &&
    a.top === b.top &&
    a.width === b.width &&
    a.height === b.height);

/** Undefined while the part is not on the screen. */
export function useTarget(selector: string): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    const look = () => {
      const found = document.querySelector(selector)?.getBoundingClientRect();
      const next =
        found === undefined || found.width === 0
          ? undefined
          : { left: found.left, top: found.top, width: found.width, height: found.height };
      setBox((now) => (same(now, next) ? now : next));
    };
    document.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
    look();
    const timer = setInterval(look, MILLISECONDS);
    return () => {
      clearInterval(timer);
    };
  }, [selector]);
  return box;
}
