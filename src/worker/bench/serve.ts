/** The studio's worker as a measuring instrument: one job, one answer. */

import type { BenchAnswer, BenchRequest, OwnEngine } from './measurements';
import { runJob, startOwn } from './run-job';

/** A visitor's time is worth more than another run of what is slow. */
const LONGEST_MS = 15_000;

/** Never throws: what goes wrong is the answer. */
export async function serveBench({ job, baseUrl, radiograph }: BenchRequest): Promise<BenchAnswer> {
  try {
    const threads = job.kind === 'peak' ? undefined : job.threads;
    const start = (engine: OwnEngine) => startOwn(engine, threads);
    const openSample = () =>
      radiograph ? Promise.resolve(radiograph) : Promise.reject(new Error('no radiograph came with the edit'));
    return { measurement: await runJob(job, { baseUrl, start, openSample, longestMs: LONGEST_MS }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
