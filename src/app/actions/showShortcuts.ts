import { Keyboard } from 'lucide-react';
import type { Action } from './action';

export const actionShowShortcuts: Action = {
  name: 'help.shortcuts',
  label: 'Keyboard shortcuts',
  group: 'Help',
  icon: Keyboard,
  shortcuts: ['?'],
  keywords: 'keys help',
  perform: ({ store }) => {
    store.getState().setDialog('shortcuts');
  },
};
