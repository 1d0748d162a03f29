/** The studio's worker as a measuring instrument: one job, one answer. */

import type { BenchAnswer, BenchRequest } from './measurements';
import { runJob, startOwn } from './run-job';

/** Never throws: what goes wrong is the answer. */
export async function serveBench({ job, baseUrl }: BenchRequest): Promise<BenchAnswer> {
  try {
    const threads = job.kind === 'peak' ? undefined : job.threads;
    return { measurement: await runJob(job, { baseUrl, start: (engine) => startOwn(engine, baseUrl, threads) }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
