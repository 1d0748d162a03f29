/** `counterpart count`: head, middle and tail of a table of films. */

import type { Command } from 'commander';
import { EXIT, type CliContext } from '../context';
import { countedTable, toldCounts, toldProblems, toldTogether, withTableOptions, type TableFlags } from './table';

export function addCountCommand(program: Command, { out, err }: CliContext, finish: (code: number) => void): void {
  withTableOptions(
    program
      .command('count')
      .description('Counts the classes of a table of films by split, and which come together.')
      .argument('<tables...>', 'CSV or JSON lines; tables that belong together (labels, metadata, split) are joined')
      .option('--json', 'one JSON object'),
  ).action(async (paths: string[], flags: TableFlags & { readonly json?: boolean }) => {
    const counted = await countedTable(paths, flags);
    const { table, counts } = counted;
    if (flags.json === true)
      out(`${JSON.stringify({ dialect: table.dialect, ...counts, problems: table.problems })}\n`);
    else {
      out(`${toldCounts(counted)}${toldTogether(counts)}`);
      err(toldProblems(table.problems));
    }
    finish(EXIT.done);
  });
}
