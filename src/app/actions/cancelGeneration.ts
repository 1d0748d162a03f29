import { CircleStop } from 'lucide-react';
import { cancelGeneration } from '../../state/commands/generate';
import type { Action } from './action';

export const actionCancelGeneration: Action = {
  name: 'request.cancel',
  label: 'Stop generating, keep what is there',
  group: 'Request',
  icon: CircleStop,
  shortcuts: ['Escape'],
  keywords: 'cancel abort end',
  predicate: (state) => state.generation.status === 'running',
  perform: cancelGeneration,
};
