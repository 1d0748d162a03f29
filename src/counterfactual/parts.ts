/** An edit of several findings as edits of one each. */

import { changeTo, comingFirst, gradesOf } from '../findings/change';
import { impliedPlaces } from '../findings/knowledge';
import { canonicalPlaces } from '../findings/places';
import type { Place } from '../findings/vocabulary';
import type { Asked, Edit, Further } from './edit';

/** A removal where every place is to be cleared. */
function asEdit({ finding, severities }: Further): Edit {
  const places = canonicalPlaces(Object.keys(severities) as Place[]);
  return changeTo('add', finding, severities, impliedPlaces(finding, places));
}

/** The other way: a part as it stands beside another. How it is drawn is left out: what is drawn is none of the denoiser's. */
export function asFurther(edit: Edit): Further {
  return { finding: edit.finding, severities: gradesOf(edit) };
}

/** The edit's own finding first; under a painted mask it is the only one. */
export function partsOf<E extends Asked>(edit: E): readonly (E | Edit)[] {
  const masked = 'mask' in edit || 'maskSha256' in edit;
  return [edit, ...(masked ? [] : (edit.further ?? []).map(asEdit))];
}

/** The edit with some of its findings only, what comes first; itself with all of them, undefined with none. */
export function withParts(edit: Edit, stays: (part: Edit) => boolean): Edit | undefined {
  const parts: readonly Edit[] = partsOf(edit);
  const left = parts.filter(stays);
  if (left.length === parts.length) return edit;
  const [first, ...others] = comingFirst(left);
  if (first === undefined) return undefined;
  const { further: _further, ...own } = first;
  return { ...own, ...(others.length === 0 ? {} : { further: others.map(asFurther) }) };
}
