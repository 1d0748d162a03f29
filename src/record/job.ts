/** Work for the networks as plain data: what is asked, of which picture, and how much of it is done. Pure. */

import type { Edit, SamplingOptions } from '../counterfactual/edit';
import type { SearchOptions } from '../counterfactual/search/searchEdit';
import * as queue from '../messages/en/queue';
import type { Problem } from './problem';

/** One generation. It keeps what was asked when it was asked: moving the controls later changes nothing of it. */
export interface JobPart {
  readonly edit: Edit;
  readonly sampling: SamplingOptions;
  /** Present: the best of many noises is looked for. */
  readonly search?: SearchOptions;
}

export type JobKind = 'single' | 'candidates' | 'search' | 'sweep' | 'undo';

/** A description that can be stored and taken up again: nothing in it belongs to a running page. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly documentId: string;
  /** What is edited; undefined: the radiograph itself. */
  readonly baseVersionId: string | undefined;
  /** The request in words. */
  readonly label: string;
  /** The user insists although this does not look like a frontal chest radiograph. */
  readonly allowUncertain: boolean;
  readonly parts: readonly JobPart[];
  /** Parts that are finished; their results are kept whatever becomes of the rest. */
  readonly done: number;
  /** The result that an 'undo' takes back. */
  readonly resultId?: string;
}

/** `held`: stopped between two steps, until the user lets it go on. */
export type JobStatus =
  | { readonly status: 'waiting' | 'running' | 'held' | 'ending' }
  | { readonly status: 'failed'; readonly problem: Problem };

export type QueuedJob = { readonly job: Job } & JobStatus;

/** 96 random bits. */
export function newJobId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `job-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** "3 seeds", "Explore", "Severity sweep": what kind of work it is, beside its label. */
export function jobKindName({ kind, parts }: Pick<Job, 'kind' | 'parts'>): string {
  switch (kind) {
    case 'single':
      return queue.single();
    case 'candidates':
      return queue.candidates({ count: parts.length });
    case 'search':
      return queue.explore();
    case 'sweep':
      return queue.sweep();
    case 'undo':
      return queue.undo();
  }
}

/** Whether it is at work or held, so that no other may begin. */
export function isUnderWay({ status }: QueuedJob): boolean {
  return status === 'running' || status === 'held' || status === 'ending';
}

/** The next to begin; none while one is under way. */
export function nextJob(jobs: readonly QueuedJob[]): Job | undefined {
  return jobs.some(isUnderWay) ? undefined : jobs.find(({ status }) => status === 'waiting')?.job;
}

/** The waiting jobs with one of them earlier (-1) or later (+1) among them; what is under way or failed keeps its place. */
export function moved(jobs: readonly QueuedJob[], id: string, by: -1 | 1): readonly QueuedJob[] {
  const waiting = jobs.flatMap(({ status }, index) => (status === 'waiting' ? [index] : []));
  const from = waiting.findIndex((index) => jobs[index]?.job.id === id);
  const [a, b] = [waiting[from], waiting[from + by]];
  if (from < 0 || a === undefined || b === undefined) return jobs;
  return jobs.map((each, index) => (index === a ? (jobs[b] ?? each) : index === b ? (jobs[a] ?? each) : each));
}
