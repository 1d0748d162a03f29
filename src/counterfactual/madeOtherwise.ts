/** What of a recipe this release makes to other bits than the one that wrote it (decisions 184, 202). Pure. */

import * as words from '../messages/en/restored';
import { clearsOpacityOnly } from './brightRims';
import { COMPOSED_BY } from './composedBy';
import type { Recipe } from './edit';
import { DRAWN_BY } from './sketch/drawnBy';

export interface MadeOtherwise {
  readonly code: 'drawn-otherwise' | 'composed-otherwise';
  readonly message: string;
  readonly advice: string;
}

export function madeOtherwise({
  edit,
  sampling,
  drawn,
  drawnBy,
  composedBy,
}: Pick<Recipe, 'edit' | 'sampling' | 'drawn' | 'drawnBy' | 'composedBy'>): readonly MadeOtherwise[] {
  const told: MadeOtherwise[] = [];
  if (drawn !== undefined && drawnBy !== DRAWN_BY)
    told.push({
      code: 'drawn-otherwise',
      message: drawnBy === undefined ? words.drawnBefore() : words.drawnByAnother({ release: drawnBy }),
      advice: words.drawnAdvice(),
    });
  // Releases that did not say composed all but erasures as this one does.
  const isOther = composedBy === undefined ? clearsOpacityOnly(edit) : composedBy !== COMPOSED_BY;
  if (sampling.sampler !== 'sketch' && isOther)
    told.push({
      code: 'composed-otherwise',
      message: composedBy === undefined ? words.composedBefore() : words.composedByAnother({ release: composedBy }),
      advice: words.composedAdvice(),
    });
  return told;
}
