/** The options that commands which make counterfactuals share, as typed and as meant. */

import type { Command } from 'commander';
import type { SamplingOptions } from '../../counterfactual/edit';
import type { PictureFormat } from '../../export/runSink';
import { OptionInvalidError } from '../errors';
import type { Making, Shard } from '../making';
import { MOST_THREADS } from '../../engine/wasm/executor';
import { usualThreads } from '../node/threads';

/** As typed. */
export interface MakingFlags {
  readonly out: string;
  readonly seeds: string;
  readonly format: string;
  readonly sampler: string;
  readonly shard?: string;
  readonly queue?: string;
  readonly watch?: boolean;
  readonly threads?: string;
  readonly gpu?: boolean;
  readonly retryFailed?: boolean;
  readonly tolerateFailures?: boolean;
  readonly allowUncertain?: boolean;
  readonly json?: boolean;
}

const MOST_SEEDS = 10_000;
const SAMPLERS = ['auto', 'sketch', 'twin-flow', 'inpaint'] as const satisfies readonly SamplingOptions['sampler'][];

export function addMakingOptions(command: Command): Command {
  return command
    .requiredOption('--out <folder>', 'where results go: images, masks, recipes, metadata.csv, journal.jsonl')
    .option('--seeds <list>', 'seeds, such as 1,2,7 or 1-4', '1')
    .option('--format <png|dicom>', 'of the pictures', 'png')
    .option('--sampler <name>', `how edits are made: ${SAMPLERS.join(', ')}`, 'auto')
    .option('--shard <i/n>', 'this machine makes the i-th of n parts, from 1; films are not torn apart')
    .option(
      '--queue <redis://…>',
      'this machine is one of several that share the work by a queue, and the folder of the results',
    )
    .option('--watch', 'with --queue: makes nothing here, and tells how fast the others get on')
    .option(
      '--threads <n>',
      `cores that compute one item together, ${String(MOST_THREADS)} at most; as many as there are, or 1 of a shard or a queue`,
    )
    .option('--gpu', 'computes on the graphics adapter, by the package webgpu')
    .option('--retry-failed', 'try again what failed before')
    .option(
      '--tolerate-failures',
      'exit code 0 also where items failed by name, for schedulers that start again what fails',
    )
    .option('--allow-uncertain', 'also films that do not look like a frontal chest radiograph')
    .option('--json', 'one JSON object an item and line');
}

/** @throws OptionInvalidError */
export function makingIn(flags: MakingFlags): Making {
  const { out, queue, watch, gpu, retryFailed, tolerateFailures, allowUncertain, json } = flags;
  if (watch === true && queue === undefined)
    throw new OptionInvalidError(
      '--watch is given without --queue.',
      'Name the queue that is to be watched with --queue.',
    );
  if (gpu === true && flags.threads !== undefined)
    throw new OptionInvalidError(
      '--gpu and --threads are both given.',
      'Threads are of the CPU: leave out one of them.',
    );
  if (queue !== undefined && flags.shard !== undefined)
    throw new OptionInvalidError(
      '--queue and --shard are both given.',
      'A queue shares the work itself: leave out --shard.',
    );
  return {
    out,
    format: formatIn(flags.format),
    sampler: samplerIn(flags.sampler),
    shard: shardIn(flags.shard),
    queue,
    watch,
    threads: threadsIn(flags),
    gpu,
    retryFailed,
    tolerateFailures,
    allowUncertain,
    json,
  };
}

/** Of a shard or a queue other processes have the other cores. @throws OptionInvalidError */
function threadsIn({ threads, shard, queue }: MakingFlags): number {
  if (threads === undefined) return shard === undefined && queue === undefined ? usualThreads() : 1;
  const count = Number(threads);
  if (!Number.isInteger(count) || count < 1 || count > MOST_THREADS)
    throw new OptionInvalidError(
      `--threads ${threads} is no number of threads.`,
      `Write a whole number from 1 to ${String(MOST_THREADS)}; for more cores start several processes with --shard or --queue.`,
    );
  return count;
}

/** @throws OptionInvalidError */
function samplerIn(text: string): SamplingOptions['sampler'] {
  const sampler = SAMPLERS.find((name) => name === text);
  if (sampler === undefined)
    throw new OptionInvalidError(`--sampler ${text} is none.`, `Choose one of ${SAMPLERS.join(', ')}.`);
  return sampler;
}

/** @throws OptionInvalidError */
function formatIn(text: string): PictureFormat {
  if (text === 'png' || text === 'dicom') return text;
  throw new OptionInvalidError(`--format ${text} is neither png nor dicom.`, 'Choose one of them.');
}

/** "1,2,7" and "1-4", in the order given, each once. @throws OptionInvalidError */
export function seedsIn(text: string): readonly number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d{1,10})(?:\s*-\s*(\d{1,10}))?\s*$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || last < first || last > 2 ** 31 - 1 || last - first >= MOST_SEEDS) {
      throw new OptionInvalidError(
        `--seeds ${text} is no list of seeds.`,
        'Write whole numbers and ranges, such as 1,2,7 or 1-4.',
      );
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(seeds)];
}

/** "2/4" is the second of four. @throws OptionInvalidError */
export function shardIn(text: string | undefined): Shard {
  if (text === undefined) return { index: 0, count: 1 };
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(part) - 1, Number(of)];
  if (part === undefined || index < 0 || index >= count)
    throw new OptionInvalidError(
      `--shard ${text} is no part of a whole.`,
      'Write i/n with i from 1 to n, such as 2/4.',
    );
  return { index, count };
}
