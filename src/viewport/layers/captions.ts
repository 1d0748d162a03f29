/** Which picture is which, in words at the top corners. */

import type { Radiograph } from '../../imaging/radiograph';
import type { Comparison } from '../viewport';

export interface Caption {
  readonly text: string;
  readonly synthetic: boolean;
}

/** A lone source that is not synthetic needs no caption. */
export function captionsFor(
  comparison: Comparison,
  source: Radiograph,
  counterfactual: Radiograph | undefined,
): { readonly left: Caption | undefined; readonly right: Caption | undefined } {
  const sourceCaption = { text: 'Source', synthetic: source.synthetic };
  if (!counterfactual) return { left: source.synthetic ? sourceCaption : undefined, right: undefined };
  const resultCaption = { text: 'Counterfactual', synthetic: counterfactual.synthetic };
  switch (comparison.mode) {
    case 'source':
      return { left: sourceCaption, right: undefined };
    case 'counterfactual':
      return { left: undefined, right: resultCaption };
    case 'difference':
      return { left: { text: 'Counterfactual \u2212 source', synthetic: counterfactual.synthetic }, right: undefined };
    case 'swipe':
      return { left: sourceCaption, right: resultCaption };
  }
}

export class CaptionPlate {
  readonly #element: HTMLDivElement;

  constructor(parent: HTMLElement, side: 'left' | 'right') {
    this.#element = document.createElement('div');
    this.#element.className = `viewport-caption viewport-caption-${side}`;
    parent.append(this.#element);
    this.set(undefined);
  }

  set(caption: Caption | undefined): void {
    this.#element.hidden = caption === undefined;
    this.#element.textContent = caption?.text ?? '';
    this.#element.toggleAttribute('data-synthetic', caption?.synthetic ?? false);
  }
}
