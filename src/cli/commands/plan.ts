/** `counterpart plan`: from a table of films to a file that says what would be made of which film. */

import type { Command } from 'commander';
import { matchFiles } from '../../dataset/match';
import { acceptanceFrom, type Measured } from '../../dataset/plan/acceptance';
import { DEFAULT_RATIO, makePlan, type AcceptedItem } from '../../dataset/plan/makePlan';
import { planText, type Plan } from '../../dataset/plan/schema';
import { withTables } from '../../dataset/plan/withTables';
import type { Finding } from '../../findings/vocabulary';
import { plannedById } from '../../run/planned';
import { acceptedOf, doneOf, measuredOf } from '../../run/review';
import { EXIT, type CliContext } from '../context';
import { OptionInvalidError } from '../errors';
import { openRun } from '../../run/folder';
import { diskFiles, filmsOf, writeWhole } from '../node/files';
import {
  aligned,
  countedTable,
  countIn,
  gathered,
  shareIn,
  toldProblems,
  withTableOptions,
  type TableFlags,
} from './table';

interface PlanFlags extends TableFlags {
  readonly films: string;
  readonly out: string;
  readonly ratio: string;
  readonly to?: string;
  readonly limit?: string;
  readonly classes?: string;
  readonly seed: string;
  readonly measured: readonly string[];
  readonly swaps: string;
  readonly vary: readonly string[];
  readonly json?: boolean;
}

export function addPlanCommand(program: Command, { out, err }: CliContext, finish: (code: number) => void): void {
  withTableOptions(
    program
      .command('plan')
      .description('Plans which edits of which films would bring the rare classes of a table up, beside a control arm.')
      .argument('<tables...>', 'as for count')
      .requiredOption('--films <folder>', 'where the films are')
      .requiredOption('--out <file>', 'the plan: JSON lines, an item a line')
      .option(
        '--ratio <share>',
        'results that are wanted, at most, as a share of the real films',
        String(DEFAULT_RATIO),
      )
      .option(
        '--to <films>',
        'films that a rare class shall carry; else as many as the least frequent that is not rare',
      )
      .option('--limit <items>', 'items at most')
      .option('--classes <names>', 'classes to bring up, with commas between them; else those of the tail')
      .option('--seed <number>', 'another seed is another choice of films, places and grades', '1')
      .option(
        '--measured <run>',
        'the folder of an earlier run, from which acceptance is expected; may be given several times',
        gathered,
        [] as readonly string[],
      )
      .option(
        '--swaps <share>',
        'share of the items that would be drawn which borrow the findings of a real film of the class',
        '0',
      )
      .option(
        '--vary <run>',
        'the folder of an earlier run of a plan, whose accepted results are made again with other seeds; may be given several times',
        gathered,
        [] as readonly string[],
      )
      .option('--json', 'the head of the plan as one JSON object'),
  ).action(async (paths: string[], flags: PlanFlags) => {
    const { table, counts, policy, sources } = await countedTable(paths, flags);
    const films = await filmsOf([flags.films]);
    const matched = matchFiles(table.films, films.names);
    const planned = makePlan(
      {
        table,
        counts,
        pathOf: matched.pathOf,
        fileOf: matched.fileOf,
        acceptance: await measuredIn(flags.measured),
        ...(flags.vary.length === 0 ? {} : { accepted: await acceptedIn(flags.vary) }),
      },
      {
        ratio: shareIn('--ratio', flags.ratio),
        to: flags.to === undefined ? undefined : countIn('--to', flags.to),
        limit: flags.limit === undefined ? undefined : countIn('--limit', flags.limit),
        classes: flags.classes?.split(',').map((name) => name.trim()),
        seed: seedIn(flags.seed),
        swaps: flags.swaps === '0' ? 0 : shareIn('--swaps', flags.swaps),
        policy,
      },
    );
    const plan = await withTables(planned, table, matched.pathOf, sources);
    await writeWhole(flags.out, planText(plan));
    const problems = [...table.problems, ...matched.problems];
    if (flags.json === true) out(`${JSON.stringify({ ...plan.header, problems })}\n`);
    else {
      out(toldPlan(plan));
      err(toldProblems(problems));
    }
    finish(EXIT.done);
  });
}

/** @throws OptionInvalidError */
function seedIn(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new OptionInvalidError(`--seed ${text} is no seed.`, 'Write a whole number.');
  return Number(text);
}

/** Acceptance and time of earlier runs, all together. @throws RunFolderError */
async function measuredIn(folders: readonly string[]): Promise<ReturnType<typeof acceptanceFrom>> {
  const all = new Map<Finding, Measured>();
  const seconds: number[] = [];
  for (const folder of folders) {
    const run = await openRun(diskFiles(folder));
    const done = doneOf(run.outcomes.values());
    seconds.push(...done.map(({ milliseconds }) => milliseconds / 1000));
    if (run.plan === undefined) continue;
    for (const [finding, { made, accepted }] of measuredOf(plannedById(run.plan), done, run.decisions)) {
      const before = all.get(finding) ?? { made: 0, accepted: 0 };
      all.set(finding, { made: before.made + made, accepted: before.accepted + accepted });
    }
  }
  const mean = seconds.length === 0 ? undefined : seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  return acceptanceFrom(all, mean === undefined ? undefined : Number(mean.toFixed(1)));
}

/** ": 20 drawn, 5 borrowed, 3 with what is frequent erased; 4 of them other seeds of accepted results". */
function toldWays(generated: Plan['generated']): string {
  const counted = WAYS.flatMap(([how, words]) => {
    const many = generated.filter((item) => item.how === how).length;
    return many === 0 ? [] : [`${String(many)} ${words}`];
  });
  const again = generated.filter(({ variationOf }) => variationOf !== undefined).length;
  return `: ${counted.join(', ')}${again === 0 ? '' : `; ${String(again)} of them other seeds of accepted results`}`;
}

const WAYS = [
  ['sketch', 'drawn'],
  ['swap', 'borrowed from another patient'],
  ['keep', 'with what is frequent erased'],
] as const satisfies readonly (readonly [Plan['generated'][number]['how'], string])[];

/** What earlier runs of plans gave that was accepted. @throws RunFolderError */
async function acceptedIn(folders: readonly string[]): Promise<readonly AcceptedItem[]> {
  const all = await Promise.all(folders.map(async (folder) => acceptedOf(await openRun(diskFiles(folder)))));
  return all.flat();
}

function toldPlan({ header, generated, control }: Plan): string {
  const { classes, options, secondsAnItem, notes } = header;
  const rows = classes.map(({ name, real, target, items, acceptance, measuredOn, expected }) => [
    name,
    String(real),
    String(target),
    String(items),
    `${(100 * acceptance).toFixed(0)} % (${measuredOn === 0 ? 'assumed' : `of ${String(measuredOn)}`})`,
    String(expected),
  ]);
  const hours = (generated.length * secondsAnItem) / 3600;
  const time = hours < 1 ? `${String(Math.ceil(60 * hours))} min` : `${hours.toFixed(1)} h`;
  return [
    `${options.split === '' ? 'all films' : options.split}\n`,
    aligned([['class', 'real', 'target', 'items', 'expected to be accepted', 'results'], ...rows]),
    `${String(generated.length)} items${toldWays(generated)}, about ${time} on one core; ${String(control.length)} films once more as control arm\n`,
    ...notes.map((note) => `  ${note}\n`),
  ].join('');
}
