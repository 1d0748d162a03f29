/** A message with tags, each drawn as what its function makes of its words: `<b>so</b>`, or an empty tag that marks a place. */

import { createElement, Fragment, type ReactNode } from 'react';
import { partsOf, type Message } from '../../messages/message';

interface RichProps {
  readonly message: Message<never>;
  readonly tags: Readonly<Record<string, (children: ReactNode) => ReactNode>>;
  readonly values?: Readonly<Record<string, string | number>>;
}

export function Rich({ message, tags, values }: RichProps) {
  const drawn = Object.fromEntries(
    Object.entries(tags).map(([tag, draw]) => [
      tag,
      (children: readonly ReactNode[]) => draw(createElement(Fragment, undefined, ...children)),
    ]),
  );
  return createElement(Fragment, undefined, ...partsOf<ReactNode>(message, drawn, values));
}
