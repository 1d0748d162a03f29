import { Compass, Stethoscope } from 'lucide-react';
import type { Action } from './action';

export const actionTakeTour: Action = {
  name: 'help.tour',
  label: 'Take the tour',
  group: 'Help',
  icon: Compass,
  keywords: 'introduction first steps learn guide',
  perform: ({ store }) => {
    store.getState().setDialog('tour');
  },
};

export const actionShowDiagnostics: Action = {
  name: 'help.diagnostics',
  label: 'Diagnostics…',
  group: 'Help',
  icon: Stethoscope,
  keywords: 'device adapter gpu limits versions storage self-test report about',
  perform: ({ store }) => {
    store.getState().setDialog('diagnostics');
  },
};
