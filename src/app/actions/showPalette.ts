import { Search } from 'lucide-react';
import type { Action } from './action';

export const actionShowPalette: Action = {
  name: 'help.palette',
  label: 'Search actions',
  group: 'Help',
  icon: Search,
  shortcuts: ['Mod+K'],
  keywords: 'command palette find',
  perform: ({ store }) => {
    store.getState().setDialog('palette');
  },
};
