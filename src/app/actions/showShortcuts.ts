import { Keyboard } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { Action } from './action';

export const actionShowShortcuts: Action = {
  name: 'help.shortcuts',
  label: say.showShortcuts,
  group: 'Help',
  icon: Keyboard,
  shortcuts: ['?'],
  keywords: say.showShortcutsKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('shortcuts');
  },
};
