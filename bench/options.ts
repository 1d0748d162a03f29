/** The command line of the benchmark. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { EDITS, type EditName } from '../src/worker/bench/measurements';
import { ENGINES, type EngineName } from './page/protocol';

export interface BenchOptions {
  readonly networks: readonly string[];
  readonly edits: readonly EditName[];
  readonly engines: readonly EngineName[];
  readonly threads: number;
  /** Warm runs of a network in each of the rounds. */
  readonly runs: number;
  /** Warm edits in each of the rounds. */
  readonly editRuns: number;
  /** Steps of an edit; undefined: as shipped. */
  readonly steps: number | undefined;
  /** Each round measures every engine once, in turns of opposite order. */
  readonly rounds: number;
  /** WebGPU on Chromium's software adapter: says nothing about a GPU, but lets engines on it be compared anywhere. */
  readonly softwareGpu: boolean;
  /** Shows Chromium's window: some drivers offer no GPU to a headless one. */
  readonly headed: boolean;
}

export const USAGE =
  `npm run bench -- [network …] [--edits ${EDITS.join(',')}|none] [--engines ${ENGINES.join(',')}]\n` +
  '               [--threads N] [--runs N] [--edit-runs N] [--steps N] [--rounds N] [--software-gpu] [--headed]\n' +
  '(default: all networks; both edits where no network is named; all engines; every core up\n' +
  'to 8; 5 warm runs, 2 warm edits, 2 rounds; steps as shipped; the GPU that Chromium finds)';

/** @throws TypeError with what is wrong */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      engines: { type: 'string' },
      edits: { type: 'string' },
      threads: { type: 'string' },
      runs: { type: 'string' },
      'edit-runs': { type: 'string' },
      steps: { type: 'string' },
      rounds: { type: 'string' },
      'software-gpu': { type: 'boolean' },
      headed: { type: 'boolean' },
    },
  });
  const count = (name: 'threads' | 'runs' | 'edit-runs' | 'steps' | 'rounds', otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${name} must be a whole number above 0.`);
    return value;
  };
  const edits = chosen('edit', EDITS, values.edits === 'none' ? '' : values.edits);
  return {
    networks: positionals,
    edits: edits ?? (positionals.length > 0 ? [] : EDITS),
    engines: chosen('engine', ENGINES, values.engines) ?? ENGINES,
    threads: count('threads', Math.min(availableParallelism(), 8)),
    runs: count('runs', 5),
    editRuns: count('edit-runs', 2),
    steps: values.steps === undefined ? undefined : count('steps', 4),
    rounds: count('rounds', 2),
    softwareGpu: values['software-gpu'] ?? false,
    headed: values.headed ?? false,
  };
}

function chosen<Name extends string>(what: string, known: readonly Name[], text: string | undefined) {
  return text
    ?.split(',')
    .filter((name) => name !== '')
    .map((name) => {
      const found = known.find((each) => each === name);
      if (!found) throw new TypeError(`There is no ${what} "${name}".`);
      return found;
    });
}
