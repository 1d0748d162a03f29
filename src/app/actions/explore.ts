import { Compass, SlidersHorizontal } from 'lucide-react';
import { explore, sweep, whyNotGenerate, whyNotSweep } from '../../state/commands/generate';
import type { Action } from './action';

export const actionExplore: Action = {
  name: 'request.explore',
  label: 'Explore: try many noises, keep the best',
  group: 'Request',
  icon: Compass,
  keywords: 'search noise optimise best of',
  predicate: (state) => whyNotGenerate(state) === undefined,
  perform: explore,
};

export const actionSweep: Action = {
  name: 'request.sweep',
  label: 'Severity sweep: five grades',
  group: 'Request',
  icon: SlidersHorizontal,
  keywords: 'grades strip series monotone contact sheet',
  predicate: (state) => whyNotSweep(state) === undefined,
  perform: sweep,
};
