/**
 * The same items made by one process of the packed command line, by two, by four: as shards, or by a queue. Prints results a minute
 * of all together, processor time and memory of each. `npm run bench -- --edits add,erase --engines simd-wasm,onnxruntime-web-wasm`
 * sets one such edit beside the same through onnxruntime.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { filmsOf } from '../../src/cli/node/files';

interface Given {
  readonly command: readonly string[];
  readonly films: readonly string[];
  readonly seeds: number;
  readonly say: string;
  readonly sampler: string;
  readonly threads: number;
  readonly queue: string | undefined;
}

interface Worked {
  /** Milliseconds from the start of all to each result. */
  readonly results: readonly number[];
  /** Seconds of the processor, and MiB at the most; undefined where the system has no /proc. */
  readonly processor: number | undefined;
  readonly memory: number | undefined;
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      films: { type: 'string', default: 'models/samples' },
      /** The first so many of them; their sizes differ. */
      first: { type: 'string', default: '8' },
      seeds: { type: 'string', default: '4' },
      say: { type: 'string', default: 'moderate left effusion' },
      sampler: { type: 'string', default: 'auto' },
      processes: { type: 'string', default: '1,2,4' },
      threads: { type: 'string', default: '1' },
      /** redis://...; absent: shards. */
      queue: { type: 'string' },
    },
  });
  const packed = 'dist/package/counterpart.mjs';
  if (!existsSync(packed)) {
    console.error(`There is no ${packed}: npm run pack makes it.`);
    return 2;
  }
  const films = await filmsOf([values.films]);
  const names = films.names.filter((name) => !name.startsWith('small/')).slice(0, Number(values.first));
  const given: Given = {
    command: [process.execPath, packed],
    films: names.map((name) => join(films.root, name)),
    seeds: Number(values.seeds),
    say: values.say,
    sampler: values.sampler,
    threads: Number(values.threads),
    queue: values.queue,
  };
  const items = given.films.length * given.seeds;
  console.log(
    `${String(items)} items: ${String(names.length)} films, "${given.say}", ${given.sampler}; by ${given.queue === undefined ? 'shards' : 'a queue'}, ${String(given.threads)} thread(s) each; ${String(availableParallelism())} cores, load ${load()}`,
  );
  console.log(
    '| processes | all done in | results a minute, once begun | processor, together | a result | memory of one, at the most | load |\n|---|---|---|---|---|---|---|',
  );
  for (const count of values.processes.split(',').map(Number)) console.log(await together(count, items, given));
  return 0;
}

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** A row of the table. @throws Error where not every item was made */
async function together(count: number, items: number, given: Given): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'counterpart-scaling-'));
  try {
    const began = performance.now();
    const workers = await Promise.all(
      Array.from({ length: count }, (_, index) => worker(given, out, `${String(index + 1)}/${String(count)}`, began)),
    );
    const seconds = (performance.now() - began) / 1000;
    const results = workers.flatMap((each) => each.results).sort((one, other) => one - other);
    if (results.length !== items) throw new Error(`${String(results.length)} of ${String(items)} were made`);
    // From the first result on: what a process takes to begin is told by the whole time.
    const [first = 0, last = 0] = [results[0], results.at(-1)];
    const rate = ((items - 1) * 60_000) / (last - first);
    const processors = workers.flatMap(({ processor }) => processor ?? []);
    const sum = processors.reduce((all, each) => all + each, 0);
    const memory = Math.max(0, ...workers.flatMap(({ memory }) => memory ?? []));
    const cells = [
      count,
      `${seconds.toFixed(0)} s`,
      rate.toFixed(1),
      `${sum.toFixed(0)} s`,
      `${(sum / items).toFixed(2)} s`,
    ];
    return `| ${cells.join(' | ')} | ${String(memory)} MiB | ${load()} |`;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function worker(given: Given, out: string, shard: string, began: number): Promise<Worked> {
  const [program = '', ...before] = given.command;
  const share = given.queue === undefined ? ['--shard', shard] : ['--queue', given.queue];
  const asked = ['--say', given.say, '--seeds', `1-${String(given.seeds)}`, '--sampler', given.sampler];
  const how = ['--threads', String(given.threads), '--out', out, '--json', '--allow-uncertain', ...share];
  const child = spawn(program, [...before, 'run', ...given.films, ...asked, ...how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const results: number[] = [];
  let [processor, memory]: [number | undefined, number | undefined] = [undefined, undefined];
  const look = async (): Promise<void> => {
    const [stat, status] = await Promise.all(
      ['stat', 'status'].map((name) => readFile(`/proc/${String(child.pid)}/${name}`, 'utf8').catch(() => '')),
    );
    // After the name in parentheses; user and system time are the 14th and 15th field, in hundredths of a second.
    const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
    if (fields.length > 12) processor = (Number(fields[11]) + Number(fields[12])) / 100;
    const [, kibibytes] = /VmHWM:\s*(\d+)/.exec(status ?? '') ?? [];
    if (kibibytes !== undefined) memory = Math.round(Number(kibibytes) / 1024);
  };
  const timer = setInterval(() => void look(), 200);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for await (const line of createInterface(child.stdout)) {
    const { status } = JSON.parse(line) as { readonly status: string };
    if (status === 'done') results.push(performance.now() - began);
  }
  const code = await exit;
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return { results, processor, memory };
}
