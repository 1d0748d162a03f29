/** An edit of several findings as edits of one each. */

import { impliedPlaces } from '../findings/knowledge';
import { canonicalPlaces } from '../findings/places';
import type { Place } from '../findings/vocabulary';
import type { Edit, Further } from './edit';

type Asked = Omit<Edit, 'mask'>;

/** A removal where every place is to be cleared. */
function asEdit({ finding, severities }: Further): Edit {
  const places = canonicalPlaces(Object.keys(severities) as Place[]);
  const severity = Math.max(0, ...Object.values(severities));
  return {
    kind: severity === 0 ? 'remove' : 'add',
    finding,
    places: impliedPlaces(finding, places),
    severity,
    severities,
  };
}

/** The edit's own finding first; under a painted mask it is the only one. */
export function partsOf<E extends Asked>(edit: E): readonly (E | Edit)[] {
  const masked = 'mask' in edit || 'maskSha256' in edit;
  return [edit, ...(masked ? [] : (edit.further ?? []).map(asEdit))];
}
