/** What the commands that read tables share: their options, and how counts and problems are told. */

import { countsOf, type Counts, type GroupLimits, type LabelPolicy } from '../../dataset/counts';
import type { FilmTable, TableProblem } from '../../dataset/filmTable';
import { problemWords } from '../../dataset/problemWords';
import { capital } from '../../messages/numbers';
import { openTables } from '../../dataset/openTable';
import type { Condition } from '../../dataset/table/accumulate';
import type { TableSource } from '../../dataset/table/text';
import { OptionInvalidError } from '../errors';
import { tableAt } from '../node/tables';

export interface TableFlags {
  readonly uncertain: string;
  readonly blank: string;
  readonly where: readonly string[];
  readonly head: string;
  readonly tail: string;
}

export const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];

interface OptionHolder {
  option(flags: string, description: string, fallback?: string): this;
  option<T>(flags: string, description: string, gather: (value: string, before: T) => T, fallback: T): this;
}

export function withTableOptions<C extends OptionHolder>(command: C): C {
  return command
    .option('--uncertain <policy>', 'what -1 counts as: ignore, ones, zeros', 'ignore')
    .option('--blank <policy>', 'what a blank label counts as: ignore, zeros', 'ignore')
    .option(
      '--where <column=value>',
      'only rows that read so; may be given several times',
      gathered,
      [] as readonly string[],
    )
    .option('--head <share>', 'from this share of the most frequent class on a class is head', '0.333')
    .option('--tail <share>', 'up to this share of the most frequent class a class is tail', '0.1');
}

export interface CountedTable {
  readonly table: FilmTable;
  readonly policy: LabelPolicy;
  readonly counts: Counts;
  readonly sources: readonly TableSource[];
}

/** @throws OptionInvalidError, and what openTables throws */
export async function countedTable(paths: readonly string[], flags: TableFlags): Promise<CountedTable> {
  const policy: LabelPolicy = {
    uncertain: oneOf('--uncertain', flags.uncertain, ['ignore', 'ones', 'zeros']),
    blank: oneOf('--blank', flags.blank, ['ignore', 'zeros']),
  };
  const limits: GroupLimits = { head: shareIn('--head', flags.head), tail: shareIn('--tail', flags.tail) };
  const where = flags.where.map(conditionIn);
  const sources = await Promise.all(paths.map(tableAt));
  const table = await openTables(sources, where);
  return { table, policy, counts: countsOf(table, policy, limits), sources };
}

function conditionIn(text: string): Condition {
  const at = text.indexOf('=');
  if (at < 1)
    throw new OptionInvalidError(`--where ${text} is no condition.`, 'Write column=value, such as source=nih.');
  return { column: text.slice(0, at), is: text.slice(at + 1) };
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined)
    throw new OptionInvalidError(`${option} ${value} is none.`, `Choose one of ${known.join(', ')}.`);
  return found;
}

/** @throws OptionInvalidError */
export function shareIn(option: string, text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1))
    throw new OptionInvalidError(`${option} ${text} is no share.`, 'Write a number above 0, up to 1, such as 0.25.');
  return share;
}

/** @throws OptionInvalidError */
export function countIn(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new OptionInvalidError(`${option} ${text} is no count.`, 'Write a whole number from 1.');
  return Number(text);
}

export function toldProblems(problems: readonly TableProblem[]): string {
  return problems
    .map(({ kind, count, examples }) => {
      const more = count > examples.length ? ' …' : '';
      return `  ${capital(problemWords(kind))}: ${String(count)} (${examples.join('; ')}${more})\n`;
    })
    .join('');
}

/** A line a class: films that carry it, in each part of the split. */
export function toldCounts({ table, counts }: CountedTable): string {
  const { splits, filmsBySplit, classes } = counts;
  const header = ['class', 'group', 'films', ...splits.map((split) => split || '(no split)'), 'uncertain', 'unknown'];
  const rows = classes.map(({ name, group, all, bySplit }) => [
    name,
    group,
    String(all.positive),
    ...splits.map((split) => String(bySplit[split]?.positive ?? 0)),
    String(all.uncertain),
    String(all.unknown),
  ]);
  const total = [
    'all films',
    '',
    String(counts.films),
    ...splits.map((split) => String(filmsBySplit[split] ?? 0)),
    '',
    '',
  ];
  return `${table.title}: ${table.names.join(', ')}\n${aligned([header, ...rows, total])}`;
}

/** The pairs that are most often together. */
export function toldTogether({ classes, together }: Counts, most = 8): string {
  const pairs = classes.flatMap((one, index) =>
    classes.slice(index + 1).map((other, more) => ({
      names: `${one.name} + ${other.name}`,
      films: together[index]?.[index + 1 + more] ?? 0,
    })),
  );
  const shown = pairs
    .filter(({ films }) => films > 0)
    .sort((one, other) => other.films - one.films)
    .slice(0, most);
  return shown.length === 0
    ? ''
    : `together\n${aligned(shown.map(({ names, films }) => [`  ${names}`, String(films)]))}`;
}

/** The first column to the left, numbers to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) =>
        /^[\d.,]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      );
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
