/** The divider between source (left) and result (right): a slider for pointer and keyboard. */

import * as say from '../../messages/en/viewport';
import { percent } from '../../messages/numbers';
import { positionAfterKey, positionAt } from '../geometry/swipe';

export class SwipeDivider {
  readonly #element: HTMLDivElement;

  /** `moved` hears of positions in [0, 1] that the user asks for. */
  constructor(
    private readonly parent: HTMLElement,
    moved: (position: number) => void,
  ) {
    const element = document.createElement('div');
    this.#element = element;
    element.className = 'viewport-divider';
    element.tabIndex = 0;
    element.setAttribute('role', 'slider');
    element.setAttribute('aria-label', say.swipe());
    element.setAttribute('aria-orientation', 'horizontal');
    element.setAttribute('aria-valuemin', '0');
    element.setAttribute('aria-valuemax', '100');
    const handle = document.createElement('span');
    handle.className = 'viewport-divider-handle';
    element.append(handle);
    let current = 0.5;
    const move = (position: number): void => {
      current = position;
      moved(position);
    };
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    element.addEventListener('pointermove', (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      const box = parent.getBoundingClientRect();
      move(positionAt(event.clientX - box.left, box.width));
    });
    element.addEventListener('keydown', (event) => {
      const position = positionAfterKey(current, event.key);
      if (position === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      move(position);
    });
    this.place = (position) => {
      current = position;
      element.style.left = `${String(position * 100)}%`;
      element.setAttribute('aria-valuenow', String(Math.round(position * 100)));
      element.setAttribute('aria-valuetext', say.swipeAt({ share: percent(position) }));
    };
    this.parent.append(element);
    this.place(current);
    this.show(false);
  }

  /** Moves the divider without telling of it. */
  readonly place: (position: number) => void;

  show(visible: boolean): void {
    this.#element.hidden = !visible;
  }
}
