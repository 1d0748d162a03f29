/** Work that waits for the networks, runs on them, or has failed; in the order of its turn. */

import type { StateCreator } from 'zustand/vanilla';
import { isUnderWay, type Job, type JobStatus, type QueuedJob } from '../../record/job';

export const SEEDS = { min: 1, max: 16 } as const;

export interface QueueSlice {
  readonly jobs: readonly QueuedJob[];
  /** Results of one request: seeds from the request's own on. */
  readonly seedCount: number;
  setJobs(change: (jobs: readonly QueuedJob[]) => readonly QueuedJob[]): void;
  setJobStatus(id: string, status: JobStatus): void;
  updateJob(id: string, change: (job: Job) => Job): void;
  setSeedCount(count: number): void;
}

export const createQueueSlice: StateCreator<QueueSlice> = (set, get) => ({
  jobs: [],
  seedCount: 1,
  setJobs: (change) => {
    set(({ jobs }) => ({ jobs: change(jobs) }));
  },
  setJobStatus: (id, status) => {
    get().setJobs((jobs) => jobs.map((each) => (each.job.id === id ? { job: each.job, ...status } : each)));
  },
  updateJob: (id, change) => {
    get().setJobs((jobs) => jobs.map((each) => (each.job.id === id ? { ...each, job: change(each.job) } : each)));
  },
  setSeedCount: (count) => {
    set({ seedCount: Math.min(SEEDS.max, Math.max(SEEDS.min, Math.round(count))) });
  },
});

export function jobUnderWay({ jobs }: Pick<QueueSlice, 'jobs'>): QueuedJob | undefined {
  return jobs.find(isUnderWay);
}
