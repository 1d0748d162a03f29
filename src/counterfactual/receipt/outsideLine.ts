/** Did anything change outside the mask? Counted, not assumed. */

import * as say from '../../messages/en/receipt';
import { grouped } from '../../messages/numbers';
import type { CounterfactualFacts } from '../edit';
import type { ReceiptLine } from './line';

export function outsideLine({ changedPixels, image }: CounterfactualFacts, changedOutside: number): ReceiptLine {
  const clean = changedOutside === 0;
  return {
    id: 'outside',
    question: say.outside(),
    verdict: clean ? 'green' : 'red',
    reason: clean ? say.outsideSame() : say.outsideDiffers(),
    key: say.pixels({ count: grouped(changedOutside) }),
    figures: [
      { label: say.changedOutside(), value: say.pixels({ count: grouped(changedOutside) }) },
      {
        label: say.changedInside(),
        value: say.countOf({ count: grouped(changedPixels), total: grouped(image.width * image.height) }),
      },
    ],
  };
}
