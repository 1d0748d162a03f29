import { SquarePlus } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { maskFromZones } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

export const actionMaskFromZones: Action = {
  name: 'mask.fromZones',
  label: say.maskFromZones,
  group: 'Mask',
  icon: SquarePlus,
  shortcuts: ['U'],
  keywords: say.maskFromZonesKeywords,
  predicate: (state) => {
    const document = currentDocument(state);
    return analysisOf(document) !== undefined && (document?.request.places.length ?? 0) > 0;
  },
  perform: maskFromZones,
};
