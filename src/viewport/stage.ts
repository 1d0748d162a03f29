/** The viewport's DOM: a root that fills the given element, a stage that takes input, and what screen readers hear. */

import * as say from '../messages/en/viewport';

export interface Stage {
  readonly root: HTMLDivElement;
  readonly stage: HTMLDivElement;
  /** Said by screen readers, politely. */
  announce(text: string): void;
}

let stagesMade = 0;

export function createStage(element: HTMLElement): Stage {
  const root = child('div', 'viewport', element);
  const stage = child('div', 'viewport-stage', root);
  const keys = child('p', 'viewport-hidden', root);
  const live = child('div', 'viewport-hidden', root);
  keys.id = `viewport-keys-${String(++stagesMade)}`;
  keys.textContent = [say.keysMove(), say.keysPaint(), say.keysPolygon()].join(' ');
  live.setAttribute('aria-live', 'polite');
  stage.tabIndex = 0;
  // "application": arrow keys and letters must reach the tools instead of moving a screen reader's own cursor.
  stage.setAttribute('role', 'application');
  stage.setAttribute('aria-roledescription', say.role());
  stage.setAttribute('aria-label', say.nothingOpen());
  stage.setAttribute('aria-describedby', keys.id);
  return {
    root,
    stage,
    announce(text) {
      live.textContent = text;
    },
  };
}

function child<K extends 'div' | 'p'>(tag: K, className: string, parent: HTMLElement): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}
