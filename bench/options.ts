/** The command line of the benchmark. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { EDITS, type EditName } from '../src/worker/bench/measurements';
import { ENGINES, type EngineName } from './page/protocol';

export interface BenchOptions {
  readonly networks: readonly string[];
  /** Rows of a run of a network; undefined: as recorded. */
  readonly rows: number | undefined;
  /** Sides in pixels that an edit's sample is made square to; undefined: as it is. */
  readonly sides: readonly (number | undefined)[];
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
  /** Engines on a GPU are left out where the adapter is no faster than software (main.ts). */
  readonly quick: boolean;
}

/** A step as edits make it, of three rows; an erasure on a small and on a usual film; whoever computes on the CPU, and on a GPU if there is one. */
const QUICK = {
  networks: ['denoiser'],
  rows: 3,
  sides: [256, 3000],
  edits: ['erase'],
  engines: [
    'wgsl',
    'simd-wasm',
    'tfjs-webgpu',
    'tfjs-wasm',
    'onnxruntime-web-webgpu',
    'onnxruntime-web-wasm',
    'litert-webgpu',
    'litert-wasm',
  ],
  runs: 3,
  editRuns: 1,
  rounds: 1,
} as const;

export const USAGE =
  'npm run bench -- --quick   (a step and an erasure at 256² and 3000², on all engines that fit)\n' +
  `npm run bench -- [network …] [--edits ${EDITS.join(',')}|none] [--engines ${ENGINES.join(',')}]\n` +
  '               [--threads N] [--runs N] [--edit-runs N] [--steps N] [--rounds N] [--software-gpu] [--headed]\n' +
  '               [--rows N] [--sides N,N]\n' +
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
      rows: { type: 'string' },
      sides: { type: 'string' },
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      'software-gpu': { type: 'boolean' },
      headed: { type: 'boolean' },
    },
  });
  const whole = (name: string, text: string) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${name} must be a whole number above 0.`);
    return value;
  };
  const count = <Otherwise>(
    name: 'threads' | 'runs' | 'edit-runs' | 'steps' | 'rows' | 'rounds',
    otherwise: Otherwise,
  ) => (values[name] === undefined ? otherwise : whole(name, values[name]));
  const quick = values.quick ?? false;
  const edits = chosen('edit', EDITS, values.edits === 'none' ? '' : values.edits);
  const usualEdits = quick ? QUICK.edits : positionals.length > 0 ? [] : EDITS;
  const usualSides = quick ? QUICK.sides : [undefined];
  return {
    networks: quick && positionals.length === 0 ? QUICK.networks : positionals,
    rows: count('rows', quick ? QUICK.rows : undefined),
    sides: values.sides?.split(',').map((side) => whole('sides', side)) ?? usualSides,
    edits: edits ?? usualEdits,
    engines: chosen('engine', ENGINES, values.engines) ?? (quick ? QUICK.engines : ENGINES),
    threads: count('threads', Math.min(availableParallelism(), 8)),
    runs: count('runs', quick ? QUICK.runs : 5),
    editRuns: count('edit-runs', quick ? QUICK.editRuns : 2),
    steps: count('steps', undefined),
    rounds: count('rounds', quick ? QUICK.rounds : 2),
    softwareGpu: values['software-gpu'] ?? false,
    headed: values.headed ?? false,
    quick,
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
