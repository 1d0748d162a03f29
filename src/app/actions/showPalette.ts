import { Search } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { Action } from './action';

export const actionShowPalette: Action = {
  name: 'help.palette',
  label: say.showPalette,
  group: 'Help',
  icon: Search,
  shortcuts: ['Mod+K'],
  keywords: say.showPaletteKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('palette');
  },
};
