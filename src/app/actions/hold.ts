import { Pause } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { holdJob, resumeJob } from '../../state/commands/queue';
import { jobUnderWay } from '../../state/slices/queue';
import type { Action } from './action';

export const actionHold: Action = {
  name: 'request.hold',
  label: say.hold,
  group: 'Request',
  icon: Pause,
  keywords: say.holdKeywords,
  predicate: (state) => {
    const status = jobUnderWay(state)?.status;
    return status === 'running' || status === 'held';
  },
  pressed: (state) => jobUnderWay(state)?.status === 'held',
  perform: (studio) => {
    if (jobUnderWay(studio.store.getState())?.status === 'held') resumeJob(studio);
    else holdJob(studio);
  },
};
