/** `counterpart label`: what the reports of a table say, as labels in CheXpert's convention and as findings with the words they were read from. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { csvOf, rowsOf } from '../../dataset/csv';
import { CHEXPERT_COLUMNS, chexpertLabels } from '../../findings/report/chexpert';
import { languageNameOf, otherLanguageOf } from '../../findings/language';
import { byRules, type ReadReport } from '../../findings/report/extractor';
import { EXIT, type CliContext } from '../context';
import { FolderUnreadableError, OptionInvalidError } from '../errors';
import { writeWhole } from '../node/files';

/** Columns that hold a report, where none is named: the first of these sets that the table has. */
const USUAL_TEXT: readonly (readonly string[])[] = [
  ['findings', 'impression'],
  ['report'],
  ['text'],
  ['Report Impression'],
];

interface LabelFlags {
  readonly text?: string;
  readonly id?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addLabelCommand(program: Command, { out, err }: CliContext, finish: (code: number) => void): void {
  program
    .command('label')
    .description(
      'Reads reports by rules: a label a finding, in the convention of CheXpert (1 there, 0 denied, -1 uncertain, blank not mentioned).',
    )
    .argument('<table>', 'a CSV table with one report a row')
    .option(
      '--text <columns>',
      'the columns that hold the report, in order (default: findings and impression, else report, else text)',
    )
    .option('--id <column>', 'the column that names a report (default: the first)')
    .option('--out <file.csv>', 'where the table goes; without it, it is printed')
    .option('--json', 'one JSON object a report and line, with the findings alone')
    .action(async (table: string, flags: LabelFlags) => {
      const rows = rowsOf(await textOf(table));
      const columns = Object.keys(rows[0] ?? {});
      if (rows.length === 0)
        throw new OptionInvalidError(`${table} holds no row.`, 'Give a CSV table with a header and a report a row.');
      const texts = textColumns(flags.text, columns, table);
      const [first = ''] = columns;
      const id = named(flags.id ?? first, columns, table);
      const read = rows.map((row) => {
        const report = texts.map((column) => row[column] ?? '').join('\n');
        return { id: row[id] ?? '', report, read: byRules.read(report) };
      });
      for (const remark of foreignIn(read)) err(remark);
      const written = flags.json === true ? jsonOf(read) : tableOf(id, read);
      if (flags.out === undefined) out(written);
      else {
        await writeWhole(flags.out, written);
        const silent = read.filter(({ read: { items } }) => items.length === 0).length;
        err(`${String(read.length)} reports, ${String(silent)} of which say nothing of a finding: ${flags.out}\n`);
      }
      finish(EXIT.done);
    });
}

/** Names told of many. */
const TOLD = 5;
const someOf = (names: readonly string[]): string =>
  `${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? ` and ${String(names.length - TOLD)} more` : ''}`;

interface Labelled {
  readonly id: string;
  readonly report: string;
  readonly read: ReadReport;
}

/** A line for each language that is not read, with the reports in it. */
function foreignIn(all: readonly Labelled[]): readonly string[] {
  const foreign = all.flatMap(({ id, report }) => {
    const language = otherLanguageOf(report);
    return language === undefined ? [] : [{ id, language: languageNameOf(report) ?? language }];
  });
  return [...new Set(foreign.map(({ language }) => language))].map((language) => {
    const ids = foreign.filter((each) => each.language === language).map(({ id }) => id);
    return `${String(ids.length)} ${remarkOf(language, ids.length === 1)}: ${someOf(ids)}\n`;
  });
}

function remarkOf(language: string, one: boolean): string {
  if (language === 'unknown') return one ? 'report is not read as English' : 'reports are not read as English';
  const name = language === 'script' ? 'to be in another script' : language;
  return `${one ? 'report looks' : 'reports look'} ${name}, and only English is read`;
}

/** Each finding with the words that name it, and where they stand in the report. */
function findingsOf({ report, read }: Labelled): readonly object[] {
  return read.items.map(({ finding, certainty, doubt, severity, severityStated, places, start, end }) => ({
    finding,
    certainty,
    ...(doubt === undefined ? {} : { doubt }),
    severity,
    severityStated,
    places,
    start,
    end,
    text: report.slice(start, end),
  }));
}

const jsonOf = (all: readonly Labelled[]): string =>
  all.map((each) => `${JSON.stringify({ id: each.id, findings: findingsOf(each) })}\n`).join('');

function tableOf(id: string, all: readonly Labelled[]): string {
  return csvOf([
    [id, ...CHEXPERT_COLUMNS.map(([name]) => name), 'spans'],
    ...all.map((each) => [each.id, ...chexpertLabels(each.read), JSON.stringify(findingsOf(each))]),
  ]);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new FolderUnreadableError(path, { cause });
  }
}

function textColumns(asked: string | undefined, columns: readonly string[], table: string): readonly string[] {
  if (asked !== undefined) return asked.split(',').map((each) => named(each.trim(), columns, table));
  const usual = USUAL_TEXT.find((names) => names.every((name) => columns.includes(name)));
  if (usual !== undefined) return usual;
  throw new OptionInvalidError(
    `${table} has none of the columns that usually hold a report.`,
    `Name the columns with --text; the table has: ${columns.join(', ')}.`,
  );
}

function named(column: string, columns: readonly string[], table: string): string {
  if (columns.includes(column)) return column;
  throw new OptionInvalidError(`${table} has no column “${column}”.`, `It has: ${columns.join(', ')}.`);
}
