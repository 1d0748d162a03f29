/** `counterpart review`: takes decisions about results, and writes what is accepted beside its control arm. */

import type { Command } from 'commander';
import { csvOf } from '../../dataset/csv';
import { readRows, type RowReader } from '../../dataset/table/rows';
import { appendDecisions, openRun, writeAccepted, type RunRecord } from '../../run/folder';
import { classReviews, decisionsOf, doneOf, isAccepted, type Decision } from '../../run/review';
import type { Done } from '../../run/item';
import { EXIT, type CliContext } from '../context';
import { diskFiles, writeWhole } from '../node/files';
import { tableAt } from '../node/tables';
import { aligned } from './table';

interface ReviewFlags {
  readonly from?: string;
  readonly template?: string;
  readonly json?: boolean;
}

export function addReviewCommand(program: Command, { out }: CliContext, finish: (code: number) => void): void {
  program
    .command('review')
    .description(
      'Takes accept and reject from a table into the record of a run, and writes accepted.csv and its control.csv. What nobody decided on is accepted unless a line of its receipt is red.',
    )
    .argument('<run>', 'the folder that was given to run with --out')
    .option('--from <file>', 'a table with the columns id or file_name, decision (accept, reject, none) and reason')
    .option('--template <file>', 'writes such a table of all results, to be filled in')
    .option('--json', 'one JSON object')
    .action(async (folder: string, flags: ReviewFlags) => {
      const files = diskFiles(folder);
      const before = await openRun(files);
      const done = doneOf(before.outcomes.values());
      if (flags.from !== undefined) {
        const { columns, rows } = await readRows(await tableAt(flags.from), () => new AllRows());
        const decisions = decisionsOf(flags.from, columns, rows, done);
        await appendDecisions(files, decisions);
      }
      const run = flags.from === undefined ? before : await openRun(files);
      if (flags.template !== undefined) await writeWhole(flags.template, templateOf(run, done));
      const accepted = done.filter((each) => isAccepted(each, run.decisions));
      await writeAccepted(files, run);
      const classes = classReviews(done, run.plan, run.decisions);
      if (flags.json === true) out(`${JSON.stringify({ results: done.length, accepted: accepted.length, classes })}\n`);
      else
        out(
          aligned([
            ['class', 'results', 'accepted', 'reviewed'],
            ...classes.map((each) => [each.class, ...[each.results, each.accepted, each.reviewed].map(String)]),
          ]),
        );
      finish(EXIT.done);
    });
}

class AllRows implements RowReader {
  columns: readonly string[] = [];
  readonly rows: (readonly string[])[] = [];
  header(columns: readonly string[]): void {
    this.columns = columns;
  }
  row(cells: readonly string[]): void {
    this.rows.push(cells);
  }
}

function templateOf({ decisions }: RunRecord, done: readonly Done[]): string {
  const said = (id: string): Decision | undefined => decisions.get(id);
  return csvOf([
    ['id', 'file_name', 'class', 'request', 'receipt', 'decision', 'reason'],
    ...done.map(({ item, row }) => [
      item.id,
      row['file_name'] ?? '',
      row['class'] ?? '',
      item.request,
      row['receipt'] ?? '',
      said(item.id)?.decision ?? '',
      said(item.id)?.reason ?? '',
    ]),
  ]);
}
