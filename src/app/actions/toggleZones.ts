import { ScanLine } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../state/studioDocument';
import type { Action } from './action';

export const actionToggleZones: Action = {
  name: 'view.zones',
  label: 'Show zones',
  group: 'View',
  icon: ScanLine,
  shortcuts: ['O'],
  keywords: 'overlay anatomy lungs heart',
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  pressed: (state) => state.zonesShown,
  perform: ({ store }) => {
    const { zonesShown, setZonesShown } = store.getState();
    setZonesShown(!zonesShown);
  },
};
