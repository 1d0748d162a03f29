import { Dices } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { MAX_SEED } from '../../record/editRequest';
import { setSampling } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionRollSeed: Action = {
  name: 'request.rollSeed',
  label: say.rollSeed,
  group: 'Request',
  icon: Dices,
  keywords: say.rollSeedKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: (studio) => {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    setSampling(studio, { seed: drawn % (MAX_SEED + 1) });
  },
};
