/** The command line of the benchmark. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ENGINES, type EngineName } from './page/protocol';

export interface BenchOptions {
  readonly networks: readonly string[];
  readonly engines: readonly EngineName[];
  readonly threads: number;
  /** Warm runs in each of the rounds. */
  readonly runs: number;
  /** Each round measures every engine once, in turns of opposite order. */
  readonly rounds: number;
  /** WebGPU on Chromium's software adapter: says nothing about a GPU, but lets both engines on it be compared anywhere. */
  readonly softwareGpu: boolean;
}

export const USAGE =
  `npm run bench -- [network …] [--engines ${ENGINES.join(',')}] [--threads N] [--runs N] [--rounds N] [--software-gpu]\n` +
  '(default: all networks, all engines, every core up to 8, 5 runs, 2 rounds, the GPU that Chromium finds)';

/** @throws TypeError with what is wrong */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      engines: { type: 'string' },
      threads: { type: 'string' },
      runs: { type: 'string' },
      rounds: { type: 'string' },
      'software-gpu': { type: 'boolean' },
    },
  });
  const count = (name: 'threads' | 'runs' | 'rounds', otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${name} must be a whole number above 0.`);
    return value;
  };
  return {
    networks: positionals,
    engines: parseEngines(values.engines),
    threads: count('threads', Math.min(availableParallelism(), 8)),
    runs: count('runs', 5),
    rounds: count('rounds', 2),
    softwareGpu: values['software-gpu'] ?? false,
  };
}

function parseEngines(text: string | undefined): readonly EngineName[] {
  if (text === undefined) return ENGINES;
  return text.split(',').map((name) => {
    const found = ENGINES.find((engine) => engine === name);
    if (!found) throw new TypeError(`There is no engine "${name}".`);
    return found;
  });
}
