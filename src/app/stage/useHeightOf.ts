/** The height of an element, told to the styles of others as a variable of the document while it is on the screen. */

import { useLayoutEffect, type RefObject } from 'react';

/** @param name of the custom property, in pixels; it is gone with the element */
export function useHeightOf(element: RefObject<HTMLElement | null>, name: `--${string}`): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const { style } = document.documentElement;
    const tell = (): void => {
      style.setProperty(name, `${String(current.offsetHeight)}px`);
    };
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty(name);
    };
  }, [element, name]);
}
