import { Compass, Stethoscope } from 'lucide-react';
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
