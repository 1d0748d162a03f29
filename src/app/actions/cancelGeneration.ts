import { CircleStop } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { cancelGeneration } from '../../state/commands/generate';
import type { Action } from './action';

export const actionCancelGeneration: Action = {
  name: 'request.cancel',
  label: say.cancelGeneration,
  group: 'Request',
  icon: CircleStop,
  shortcuts: ['Escape'],
  keywords: say.cancelGenerationKeywords,
  predicate: (state) => state.generation.status === 'running',
  perform: cancelGeneration,
};
