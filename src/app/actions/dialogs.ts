/** What opens over the screen: help, palette, shortcuts. */

import { Compass, Keyboard, Search, Stethoscope } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { Action } from './action';

export const actionTakeTour: Action = {
  name: 'help.tour',
  label: say.takeTour,
  group: 'Help',
  icon: Compass,
  keywords: say.takeTourKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('tour');
  },
};

export const actionShowDiagnostics: Action = {
  name: 'help.diagnostics',
  label: say.showDiagnostics,
  group: 'Help',
  icon: Stethoscope,
  keywords: say.showDiagnosticsKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('diagnostics');
  },
};

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
