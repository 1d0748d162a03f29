import { CircleStop } from 'lucide-react';
import { cancelGeneration } from '../../state/commands/generate';
import type { Action } from './action';

export const actionCancelGeneration: Action = {
  name: 'request.cancel',
  label: 'Cancel generation',
  group: 'Request',
  icon: CircleStop,
  shortcuts: ['Escape'],
  keywords: 'stop abort',
  predicate: (state) => state.generation.status === 'running',
  perform: cancelGeneration,
};
