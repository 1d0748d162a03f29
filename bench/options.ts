/** The command line of the benchmark. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly networks: readonly string[];
  readonly threads: number;
  /** Warm runs in each of the rounds. */
  readonly runs: number;
  /** Each round measures every engine once, in turns of opposite order. */
  readonly rounds: number;
}

export const USAGE =
  'npm run bench -- [network …] [--threads N] [--runs N] [--rounds N]   (default: all networks, every core up to 8, 5 runs, 2 rounds)';

/** @throws TypeError with what is wrong */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { threads: { type: 'string' }, runs: { type: 'string' }, rounds: { type: 'string' } },
  });
  const count = (name: 'threads' | 'runs' | 'rounds', otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${name} must be a whole number above 0.`);
    return value;
  };
  const threads = count('threads', Math.min(availableParallelism(), 8));
  return { networks: positionals, threads, runs: count('runs', 5), rounds: count('rounds', 2) };
}
