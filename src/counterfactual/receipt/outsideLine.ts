/** Did anything change outside the mask? Counted, not assumed. */

import type { Counterfactual } from '../edit';
import type { ReceiptLine } from './line';

const number = (value: number): string => value.toLocaleString('en');

export function outsideLine({ changedPixels, image }: Counterfactual, changedOutside: number): ReceiptLine {
  const clean = changedOutside === 0;
  return {
    id: 'outside',
    question: 'Did anything change outside the mask?',
    verdict: clean ? 'green' : 'red',
    reason: clean
      ? 'Every pixel outside the mask is the original’s, bit for bit.'
      : 'Pixels outside the mask differ: do not use this result.',
    key: `${number(changedOutside)} pixels`,
    figures: [
      { label: 'Changed outside', value: `${number(changedOutside)} pixels` },
      { label: 'Changed inside', value: `${number(changedPixels)} of ${number(image.width * image.height)}` },
    ],
  };
}
