/** What a set holds, in numbers that its card and its data sheet state. Pure. */

import { FINDINGS, type Finding } from '../findings/vocabulary';
import { labelsIn, type Row } from './row';

export interface Counts {
  readonly results: number;
  readonly patients: number;
  /** Findings that any result is labelled for. */
  readonly findings: readonly { readonly finding: Finding; readonly there: number; readonly gone: number }[];
  readonly verdicts: Readonly<Record<string, number>>;
  readonly splits: readonly { readonly split: string; readonly results: number; readonly patients: number }[];
}

export function countsOf(rows: readonly Row[]): Counts {
  const labels = rows.map(labelsIn);
  const verdicts: Record<string, number> = {};
  for (const { receipt = '' } of rows) {
    const verdict = receipt === '' ? 'none' : receipt;
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  const patientsOf = (own: readonly Row[]): number => new Set(own.map(({ patient }) => patient)).size;
  return {
    results: rows.length,
    patients: patientsOf(rows),
    findings: FINDINGS.map((finding) => ({
      finding,
      there: labels.filter((each) => each[finding] === 1).length,
      gone: labels.filter((each) => each[finding] === 0).length,
    })).filter(({ there, gone }) => there + gone > 0),
    verdicts,
    splits: [...new Set(rows.map(({ split = '' }) => split))].sort().map((split) => {
      const own = rows.filter((row) => row['split'] === split);
      return { split, results: own.length, patients: patientsOf(own) };
    }),
  };
}

/** As a Markdown table. */
export function markdownTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map(String).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
