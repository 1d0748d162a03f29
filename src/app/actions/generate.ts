import { Sparkles } from 'lucide-react';
import { generate, whyNotGenerate } from '../../state/commands/generate';
import type { Action } from './action';

export const actionGenerate: Action = {
  name: 'request.generate',
  label: 'Generate counterfactual',
  group: 'Request',
  icon: Sparkles,
  shortcuts: ['Mod+Enter'],
  keywords: 'make run create',
  predicate: (state) => whyNotGenerate(state) === undefined,
  perform: generate,
};
