/** `counterpart run` (and `edit`, the same for few films): films x requests x seeds into a folder, to be gone on with at any time. */

import type { Command } from 'commander';
import type { SamplingOptions } from '../../counterfactual/edit';
import { readPlan } from '../../dataset/plan/schema';
import { runSink, type PictureFormat } from '../../export/runSink';
import { RequestNotUnderstoodError } from '../../run/errors';
import {
  JOURNAL_FILE,
  journalOf,
  keepPlan,
  refusePlanned,
  withOthers,
  writeTable,
  writeTableOfAll,
} from '../../run/folder';
import { itemsOf, shardOf, type Outcome } from '../../run/item';
import { readHistory } from '../../run/journal';
import { itemsOfPlan, plannedSink } from '../../run/planned';
import { run, type RunReport } from '../../run/runner';
import { releaseOf } from '../../state/release';
import { remarksOnWords } from '../../state/wordsEdit';
import { OptionInvalidError } from '../errors';
import { EXIT, type CliContext } from '../context';
import { methodOf } from '../method';
import { runQueue } from '../queue/runQueue';
import { filmsOf, resultFolder } from '../node/files';
import { openNetworks } from '../node/networks';
import { textIn } from '../node/tables';

interface RunFlags {
  readonly say: readonly string[];
  readonly plan?: string;
  readonly out: string;
  readonly seeds: string;
  readonly format: string;
  readonly sampler: string;
  readonly shard?: string;
  readonly queue?: string;
  readonly retryFailed?: boolean;
  readonly allowUncertain?: boolean;
  readonly json?: boolean;
}

const MOST_SEEDS = 10_000;

export function addRunCommand(program: Command, context: CliContext, finish: (code: number) => void): void {
  const { root, out, err, signal } = context;
  program
    .command('run')
    .alias('edit')
    .description(
      'Makes counterfactuals of films: every request on every film with every seed. The same command goes on where it was stopped.',
    )
    .argument('<films...>', 'DICOM, PNG, JPEG or TIFF files, or folders of them')
    .option(
      '--say <words>',
      'what shall be there, such as "large right effusion"; may be given several times',
      gathered,
      [],
    )
    .option('--plan <file>', 'what “counterpart plan” wrote, in place of --say and --seeds')
    .requiredOption('--out <folder>', 'where results go: images, masks, recipes, metadata.csv, journal.jsonl')
    .option('--seeds <list>', 'seeds, such as 1,2,7 or 1-4', '1')
    .option('--format <png|dicom>', 'of the pictures', 'png')
    .option('--sampler <name>', `how edits are made: ${SAMPLERS.join(', ')}`, 'auto')
    .option('--shard <i/n>', 'this machine makes the i-th of n parts, from 1; films are not torn apart')
    .option(
      '--queue <redis://…>',
      'this machine is one of several that share the work by a queue, and the folder of the results',
    )
    .option('--retry-failed', 'try again what failed before')
    .option('--allow-uncertain', 'also films that do not look like a frontal chest radiograph')
    .option('--json', 'one JSON object an item and line')
    .action(async (paths: string[], flags: RunFlags) => {
      const format = formatIn(flags.format);
      const sampler = samplerIn(flags.sampler);
      if ((flags.say.length === 0) === (flags.plan === undefined))
        throw new OptionInvalidError(
          flags.plan === undefined ? 'Nothing is asked: --say is missing.' : '--say and --plan are both given.',
          'Say what shall be there, such as --say "large right effusion", or give a plan with --plan.',
        );
      for (const words of flags.say) for (const remark of remarksOn(words)) err(`--say "${words}": ${remark}\n`);
      const plan = flags.plan === undefined ? undefined : readPlan(await textIn(flags.plan), flags.plan);
      if (flags.queue !== undefined && flags.shard !== undefined)
        throw new OptionInvalidError(
          '--queue and --shard are both given.',
          'A queue shares the work itself: leave out --shard.',
        );
      const films = await filmsOf(paths);
      const shard = shardIn(flags.shard);
      const all = plan === undefined ? itemsOf(films.names, flags.say, seedsIn(flags.seeds)) : itemsOfPlan(plan);
      const items = shardOf(all, shard.index, shard.count);
      const folder = await resultFolder(flags.out);
      if (flags.plan === undefined) await refusePlanned(folder);
      else await keepPlan(folder, await textIn(flags.plan));
      const networks = await openNetworks(root);
      const sink = runSink(folder, format, releaseOf(networks.suite.manifest));
      try {
        const method = methodOf(networks, { sampler, allowUncertain: flags.allowUncertain === true });
        const results = plan === undefined ? sink : plannedSink(sink, plan);
        if (flags.queue !== undefined) {
          const queued = await runQueue(
            items,
            { films, method, sink: results, files: folder },
            {
              url: flags.queue,
              signal,
              retryFailed: flags.retryFailed === true,
              onTrouble: (message) => err(`The queue: ${message}\n`),
              onOutcome: (outcome, { made }) => {
                if (flags.json === true) out(`${JSON.stringify(outcome)}\n`);
                else err(`${String(made)} made here  ${told(outcome)}\n`);
              },
            },
          );
          await writeTableOfAll(folder, queued.outcomes);
          const { made, failed, outcomes } = queued;
          summarise({ ...queued, kept: outcomes.length - made }, flags, err, 'by others or before');
          for (const { item, reason } of queued.dead)
            err(`  ${item.film}: ${item.request} (seed ${String(item.seed)}): given up by the queue: ${reason}\n`);
          finish(failed > 0 || queued.stopped || queued.dead.length > 0 ? EXIT.failed : EXIT.done);
          return;
        }
        const part = `-${String(shard.index + 1)}-of-${String(shard.count)}`;
        const journal = journalOf(folder, shard.count === 1 ? JOURNAL_FILE : `journal${part}.jsonl`);
        const report = await run(
          items,
          {
            films,
            method,
            sink: results,
            journal,
          },
          {
            signal,
            retryFailed: flags.retryFailed === true,
            onOutcome: (outcome, { finished, total, millisecondsLeft }) => {
              if (flags.json === true) out(`${JSON.stringify(outcome)}\n`);
              else err(`${String(finished)}/${String(total)}  ${told(outcome)}  ${timeLeft(millisecondsLeft)}\n`);
            },
          },
        );
        // The folder may hold what was asked in other words before; a shard tells its own journal.
        if (shard.count === 1) await writeTableOfAll(folder, report.outcomes);
        else {
          const { outcomes } = readHistory(await journal.read());
          await writeTable(folder, withOthers(report.outcomes, outcomes), `metadata${part}.csv`);
        }
        summarise(report, flags, err, 'from before');
        finish(report.failed > 0 || report.stopped ? EXIT.failed : EXIT.done);
      } finally {
        await networks.dispose();
      }
    });
}

/** What no film can change is said before any is opened. @throws OptionInvalidError */
function remarksOn(words: string): readonly string[] {
  try {
    return remarksOnWords(words);
  } catch (error) {
    if (!(error instanceof RequestNotUnderstoodError)) throw error;
    throw new OptionInvalidError(`--say "${words}": ${error.message}`, error.advice, { cause: error });
  }
}

const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const SAMPLERS = ['auto', 'sketch', 'twin-flow', 'inpaint'] as const satisfies readonly SamplingOptions['sampler'][];

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
export function shardIn(text: string | undefined): { readonly index: number; readonly count: number } {
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

function askedOf({ item: { film, request, seed } }: Outcome): string {
  return `${film}: ${request} (seed ${String(seed)})`;
}

function told(outcome: Outcome): string {
  const what = askedOf(outcome);
  return outcome.status === 'done'
    ? `${what}: ${outcome.row['receipt'] ?? ''}`
    : `${what}: failed. ${outcome.error.message}`;
}

function timeLeft(milliseconds: number | undefined): string {
  if (milliseconds === undefined || milliseconds === 0) return '';
  const minutes = milliseconds / 60_000;
  return minutes < 1.5
    ? `about ${String(Math.ceil(milliseconds / 1000))} s left`
    : `about ${String(Math.round(minutes))} min left`;
}

function summarise(
  { outcomes, made, kept, failed, stopped }: RunReport,
  { json, out }: RunFlags,
  err: (text: string) => void,
  keptWords: string,
): void {
  if (json === true) return;
  err(`${String(made)} made now, ${String(kept)} ${keptWords}, ${String(failed)} failed; in ${out}\n`);
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') err(`  ${askedOf(outcome)}: ${outcome.error.message} ${outcome.error.advice}\n`);
  }
  if (stopped) err('Stopped. Run the same command to go on.\n');
}
