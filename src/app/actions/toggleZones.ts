import { ScanLine } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

export const actionToggleZones: Action = {
  name: 'view.zones',
  label: say.toggleZones,
  group: 'View',
  icon: ScanLine,
  shortcuts: ['O'],
  keywords: say.toggleZonesKeywords,
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  pressed: (state) => state.zonesShown,
  perform: ({ store }) => {
    const { zonesShown, setZonesShown } = store.getState();
    setZonesShown(!zonesShown);
  },
};
