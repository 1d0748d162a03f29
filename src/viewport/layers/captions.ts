/** Which picture is which, in words at the top corners. */

import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/viewport';
import type { Comparison, PictureNames } from '../viewport';

export interface Caption {
  readonly text: string;
  readonly synthetic: boolean;
}

/** One picture has its name at the left, whichever it is; a swipe has both. A lone source that is not synthetic and has no name of its own needs none. */
export function captionsFor(
  comparison: Comparison,
  source: Radiograph,
  counterfactual: Radiograph | undefined,
  names?: PictureNames,
  drawnAhead = false,
): { readonly left: Caption | undefined; readonly right: Caption | undefined } {
  const called = names ?? { source: say.source(), counterfactual: say.counterfactual() };
  // What is drawn before it is generated lies on the source, and must not pass for it.
  const sourceCaption = drawnAhead
    ? { text: say.drawnAhead(), synthetic: true }
    : { text: called.source, synthetic: source.synthetic };
  if (!counterfactual) return { left: sourceCaption.synthetic || names ? sourceCaption : undefined, right: undefined };
  const resultCaption = { text: called.counterfactual, synthetic: counterfactual.synthetic };
  switch (comparison.mode) {
    case 'source':
      return { left: sourceCaption, right: undefined };
    case 'counterfactual':
      return { left: resultCaption, right: undefined };
    case 'difference':
      return { left: { text: differenceName(names), synthetic: counterfactual.synthetic }, right: undefined };
    case 'swipe':
      return { left: sourceCaption, right: resultCaption };
  }
}

function differenceName(names: PictureNames | undefined): string {
  return names ? say.differenceOf({ one: names.counterfactual, other: names.source }) : say.difference();
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
    if (caption?.synthetic === true) this.#element.setAttribute('data-synthetic', say.synthetic());
    else this.#element.removeAttribute('data-synthetic');
  }
}
