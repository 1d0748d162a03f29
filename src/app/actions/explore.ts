import { Compass, SlidersHorizontal } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { explore, sweep, whyNotGenerate, whyNotSweep } from '../../state/commands/generate';
import type { Action } from './action';

export const actionExplore: Action = {
  name: 'request.explore',
  label: say.explore,
  group: 'Request',
  icon: Compass,
  keywords: say.exploreKeywords,
  predicate: (state) => whyNotGenerate(state) === undefined,
  perform: explore,
};

export const actionSweep: Action = {
  name: 'request.sweep',
  label: say.sweep,
  group: 'Request',
  icon: SlidersHorizontal,
  keywords: say.sweepKeywords,
  predicate: (state) => whyNotSweep(state) === undefined,
  perform: sweep,
};
