import { Sparkles } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { generate, whyNotGenerate } from '../../state/commands/generate';
import type { Action } from './action';
import { leaveText } from './focusText';

export const actionGenerate: Action = {
  name: 'request.generate',
  label: say.generate,
  group: 'Request',
  icon: Sparkles,
  shortcuts: ['Mod+Enter'],
  keywords: say.generateKeywords,
  predicate: (state) => whyNotGenerate(state) === undefined,
  perform: async (studio) => {
    leaveText();
    await generate(studio);
  },
};
