/**
 * What a run does beside making: opening films, writing results, the journal, the review's small pictures and decisions, the export.
 * A few items are made by the networks and timed; then a long run writes as many as are asked for, each one of those results under
 * another seed with other values where it may differ, and all that is not making is timed and weighed.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { diskFiles, filmsOf } from '../../src/cli/node/files';
import { methodOf } from '../../src/cli/method';
import { openNetworks } from '../../src/cli/node/networks';
import type { Counterfactual } from '../../src/counterfactual/edit';
import { openRadiograph } from '../../src/dicom/open';
import { USUAL_FORMATS } from '../../src/export/registry';
import { itemsOfRun, notMadeOf } from '../../src/export/runItems';
import { runSink } from '../../src/export/runSink';
import { exportResults } from '../../src/export/write';
import type { Radiograph } from '../../src/imaging/radiograph';
import { inSlices } from '../../src/imaging/slices';
import {
  appendDecisions,
  journalOf,
  openRun,
  writeAccepted,
  writeTableOfAll,
  type RunFiles,
} from '../../src/run/folder';
import { itemsOf, type RunItem } from '../../src/run/item';
import { run } from '../../src/run/runner';
import { releaseOf } from '../../src/state/release';
import { encodeStrip, previewPath, stripOf } from '../../src/state/run/strip';

const ROOT = pathToFileURL(`${process.cwd()}/`);

/** Milliseconds on the clock and of the processor, by what they went to. */
class Times {
  readonly #of = new Map<string, { clock: number; processor: number }>();

  async of<T>(what: string, work: () => Promise<T>): Promise<T> {
    const [clock, processor] = [performance.now(), process.cpuUsage()];
    try {
      return await work();
    } finally {
      const used = process.cpuUsage(processor);
      const sum = this.#of.get(what) ?? { clock: 0, processor: 0 };
      sum.clock += performance.now() - clock;
      sum.processor += (used.user + used.system) / 1000;
      this.#of.set(what, sum);
    }
  }

  processor(what: string): number {
    return this.#of.get(what)?.processor ?? 0;
  }

  /** A line each: an item's mean, and its share of what making one takes. */
  tell(items: number, making: number): void {
    let [clocks, processors] = [0, 0];
    for (const [what, { clock, processor }] of this.#of) {
      clocks += clock / items;
      processors += processor / items;
      console.log(line(what, clock / items, processor / items, making));
    }
    console.log(line('together', clocks, processors, making));
  }
}

function line(what: string, clock: number, processor: number, making: number): string {
  return `| ${what} | ${clock.toFixed(1)} ms | ${processor.toFixed(1)} ms | ${((100 * processor) / making).toFixed(2)} % |`;
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      films: { type: 'string', default: 'models/samples' },
      items: { type: 'string', default: '1000' },
      /** Films that are really edited, once each. */
      made: { type: 'string', default: '4' },
      say: { type: 'string', default: 'moderate right lower zone opacity' },
      sampler: { type: 'string', default: 'sketch' },
    },
  });
  const [count, most] = [Number(values.items), Number(values.made)];
  const films = await filmsOf([values.films]);
  const names = films.names.filter((name) => !name.startsWith('small/')).slice(0, most);
  const folder = await mkdtemp(join(tmpdir(), 'counterpart-run-'));
  try {
    const { made, making, describing } = await madeOf(names, values, films.open.bind(films));
    console.log(
      `${String(names.length)} films, ${values.sampler}: making one takes ${making.toFixed(0)} ms of the processor; load ${load()}`,
    );
    const files = diskFiles(join(folder, 'run'));
    const times = new Times();
    const items = itemsOf(
      names,
      [values.say],
      Array.from({ length: Math.ceil(count / names.length) }, (_, at) => at + 1),
    );
    const method = {
      make: (_: Radiograph, { film, seed }: RunItem) => Promise.resolve(differing(made.get(film), seed)),
    };
    const sink = runSink(files, 'png', describing);
    const journal = journalOf(files, 'journal.jsonl');
    const memory: string[] = [];
    await run(
      items,
      {
        method,
        films: { open: (film) => times.of('film opened', () => films.open(film)) },
        sink: { write: (...each) => times.of('picture, mask, recipe, receipt written', () => sink.write(...each)) },
        journal: { read: () => journal.read(), append: (text) => times.of('journal', () => journal.append(text)) },
      },
      {
        onOutcome: (_, { finished, total }) => {
          if (finished % Math.ceil(total / 10) === 0) memory.push(mebibytes(process.memoryUsage.rss()));
        },
      },
    );
    await times.of('table', async () => writeTableOfAll(files, []));
    await reviewed(files, films, times, made);
    const exported = await times.of(`export (${USUAL_FORMATS.join(', ')})`, async () => {
      const record = await openRun(files);
      const each = itemsOfRun(files, record, { all: true, patients: undefined, films, open: openRadiograph });
      const options = { formats: USUAL_FORMATS, version: '0', title: 'set', notMade: notMadeOf(record) };
      return exportResults(each, diskFiles(join(folder, 'set')), options);
    });
    console.log(`\n| of ${String(items.length)} items, each | clock | processor | of making one |\n|---|---|---|---|`);
    times.tell(items.length, making);
    console.log(
      `\nexported ${String(exported.written)}; memory of the process every tenth of the run, MiB: ${memory.join(' ')}`,
    );
    console.log(`at the most ${mebibytes(process.resourceUsage().maxRSS * 1024)} MiB; load ${load()}`);
    return exported.written === items.length ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One result a film by the networks, which are closed then; the first film is made twice, as the first opens networks. */
async function madeOf(
  names: readonly string[],
  { say, sampler }: { readonly say: string; readonly sampler: string },
  open: (film: string) => Promise<Radiograph>,
) {
  const networks = await openNetworks(ROOT);
  const chosen = sampler === 'inpaint' || sampler === 'twin-flow' || sampler === 'auto' ? sampler : 'sketch';
  const method = methodOf(networks, { sampler: chosen, allowUncertain: true });
  const times = new Times();
  const made = new Map<string, Counterfactual>();
  const [first] = itemsOf(names, [say], [1]);
  if (first === undefined) throw new Error('there is no film');
  await method.make(await open(first.film), first, {});
  for (const item of itemsOf(names, [say], [1])) {
    const film = await open(item.film);
    made.set(item.film, await times.of('made', () => method.make(film, item, {})));
  }
  const describing = releaseOf(networks.suite.manifest);
  await networks.dispose();
  return { made, making: times.processor('made') / made.size, describing };
}

/** The result under another seed, with values that no coder has seen before where it may differ. */
function differing(made: Counterfactual | undefined, seed: number): Counterfactual {
  if (made === undefined) throw new Error('this film was not edited');
  const pixels = made.image.pixels.slice();
  const { data } = made.mask;
  for (let at = 0; at < pixels.length; at++)
    if ((data[at] ?? 0) > 127) pixels[at] = Math.max(0, (pixels[at] ?? 0) - ((at * seed) % 3));
  const { sampling } = made.recipe;
  return { ...made, image: { ...made.image, pixels }, recipe: { ...made.recipe, sampling: { ...sampling, seed } } };
}

/** As the studio and `counterpart review` do: small pictures, a decision each, the accepted rows. */
async function reviewed(
  files: RunFiles,
  films: { open(film: string): Promise<Radiograph> },
  times: Times,
  made: ReadonlyMap<string, Counterfactual>,
): Promise<void> {
  const { outcomes } = await openRun(files);
  const sources = new Map<string, Radiograph>();
  for (const film of made.keys()) sources.set(film, await films.open(film));
  for (const { item } of outcomes.values())
    await times.of('review: small pictures', async () => {
      const [source, result] = [sources.get(item.film), made.get(item.film)];
      if (source === undefined || result === undefined) return;
      const strip = encodeStrip(await inSlices(stripOf(source, result.image)));
      if (strip !== undefined) await files.write(previewPath(item.id), strip);
    });
  await times.of('review: decisions and their tables', async () => {
    for (const id of outcomes.keys()) await appendDecisions(files, [{ id, decision: 'accept', reason: '' }]);
    await writeAccepted(files, await openRun(files));
  });
}

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);
