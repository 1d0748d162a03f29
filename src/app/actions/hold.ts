import { Pause } from 'lucide-react';
import { holdJob, resumeJob } from '../../state/commands/queue';
import { jobUnderWay } from '../../state/slices/queue';
import type { Action } from './action';

export const actionHold: Action = {
  name: 'request.hold',
  label: 'Pause the work, or go on',
  group: 'Request',
  icon: Pause,
  keywords: 'hold resume wait continue',
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
