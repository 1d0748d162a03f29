/**
 * What an edit costs beside its networks: the first round records what every network answers, and those that are timed get the
 * answers back at once. A round opens the film anew and edits it twice, for a later edit knows what the first found out of the
 * film. Processor time, as a machine that others use tells it best; least and median.
 */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate } from '../src/counterfactual/generate';
import { prepareSource } from '../src/counterfactual/source';
import { openRadiograph } from '../src/dicom/open';
import type { Executor, Network } from '../src/engine/executor';
import { createWasmExecutor } from '../src/engine/wasm/executor';
import { installKernels } from '../src/imaging/kernels/current';
import { makeKernels } from '../src/imaging/kernels/kernels';
import type { DownloadPorts } from '../src/networks/download';
import { downloadManifest } from '../src/networks/downloadManifest';
import { openSuite } from '../src/networks/suite';
import { shippedSampling } from '../src/worker/bench/measure-edit';
import { EDIT_REQUESTS, EDITS, type EditName } from '../src/worker/bench/measurements';
import { squared } from './page/film';

const USAGE = `Give --edit (${EDITS.join(' or ')}), --side (pixels) and --rounds (whole numbers from 1).`;
const MODELS = new URL('../', import.meta.url).href;

type Answer = Awaited<ReturnType<Network['run']>>;

const ports: DownloadPorts = {
  fetch: async (input) => new Response(await readFile(fileURLToPath(input instanceof Request ? input.url : input))),
  cache: undefined,
};

const processorMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** An executor whose networks answer as they did the first time, in the same order. */
class Playback {
  /** Of the networks' own runs. */
  networksMs = 0;
  private readonly tape: { readonly name: string; readonly answer: Answer }[] = [];
  private at: number | undefined;
  /** When the decoder last answered: from there on the user waits for the picture. */
  decoded = process.cpuUsage();

  constructor(private readonly own: Executor) {}

  rewind(): void {
    this.at = 0;
  }

  get executor(): Executor {
    const { own } = this;
    return {
      backend: own.backend,
      device: own.device,
      memory: () => own.memory(),
      dispose: () => own.dispose(),
      load: async (...args) => this.played(await own.load(...args)),
    };
  }

  private played(network: Network): Network {
    const { name } = network.graph;
    const run: Network['run'] = async (...args) => {
      if (this.at !== undefined) {
        const next = this.tape[this.at++];
        if (next?.name !== name) throw new Error(`${name} was asked where ${next?.name ?? 'nothing'} was recorded.`);
        const answer = structuredClone(next.answer);
        if (name === 'decoder') this.decoded = process.cpuUsage();
        return answer;
      }
      const since = process.cpuUsage();
      const answer = await network.run(...args);
      this.networksMs += processorMs(since);
      this.tape.push({ name, answer: structuredClone(answer) });
      return answer;
    };
    return { graph: network.graph, run, dispose: () => network.dispose() };
  }
}

/** Processor milliseconds; each edit's, and those of it after its last decoding. */
interface Round {
  readonly open: number;
  readonly first: number;
  readonly firstEnd: number;
  readonly later: number;
  readonly laterEnd: number;
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      edit: { type: 'string', default: 'erase' },
      side: { type: 'string', default: '3000' },
      rounds: { type: 'string', default: '9' },
    },
  });
  const name = EDITS.find((each): each is EditName => each === values.edit);
  const [side, rounds] = [Number(values.side), Number(values.rounds)];
  if (name === undefined || !Number.isInteger(side) || side < 1 || !Number.isInteger(rounds) || rounds < 1) {
    console.error(USAGE);
    return 2;
  }
  installKernels(makeKernels());
  const { sample, edit } = EDIT_REQUESTS[name];
  const playback = new Playback(await createWasmExecutor({ threads: 1 }));
  const { executor } = playback;
  const manifest = await downloadManifest(MODELS, ports);
  const suite = openSuite({ executor, manifest, baseUrl: MODELS, ports });
  await suite.warm();
  const bytes = new Uint8Array(await readFile(new URL(`models/samples/${sample}`, MODELS)));
  const film = squared(await openRadiograph(bytes, sample), side);
  const once = async (): Promise<Round> => {
    const opening = process.cpuUsage();
    const source = await prepareSource({ ...film }, suite);
    const open = processorMs(opening);
    const sampling = shippedSampling(manifest, edit.kind);
    const [first, later] = [await edited(0), await edited(1)];
    return { open, first: first.whole, later: later.whole, firstEnd: first.end, laterEnd: later.end };

    async function edited(further: number): Promise<{ readonly whole: number; readonly end: number }> {
      const since = process.cpuUsage();
      // Of another seed: what was sampled already is not sampled again.
      const options = { ...sampling, seed: sampling.seed + further };
      await generate(source, suite, edit, options, { backend: executor.device, allowUncertain: true });
      return { whole: processorMs(since), end: processorMs(playback.decoded) };
    }
  };
  const recorded = await once();
  const timed: Round[] = [];
  for (let round = -1; round < rounds; round++) {
    playback.rewind();
    const times = await once();
    // The first of them compiles what only playing back runs.
    if (round >= 0) timed.push(times);
  }
  const { networksMs } = playback;
  const line = (what: string, of: (times: Round) => number): string => {
    const sorted = timed.map(of).sort((a, b) => a - b);
    return `| ${what} | ${(sorted[0] ?? 0).toFixed(0)} | ${(sorted[sorted.length >> 1] ?? 0).toFixed(0)} |`;
  };
  console.log(`${name} at ${String(side)}², processor ms of one thread, ${String(rounds)} rounds`);
  console.log(
    `with its networks: ${(recorded.open + recorded.first + recorded.later).toFixed(0)}, of it theirs ${networksMs.toFixed(0)}\n`,
  );
  console.log('| beside the networks | least | median |\n|---|---|---|');
  console.log(line('film and its reading', ({ open }) => open));
  console.log(line('first edit', ({ first }) => first));
  console.log(line('of it after the last decoding', ({ firstEnd }) => firstEnd));
  console.log(line('later edit', ({ later }) => later));
  console.log(line('of it after the last decoding', ({ laterEnd }) => laterEnd));
  console.log(line('film and first edit', ({ open, first }) => open + first));
  suite.dispose();
  await executor.dispose();
  return 0;
}
