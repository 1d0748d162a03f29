/** Answers against the key. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { wilson } from '../../src/dataset/blind/reading';
import type { KeyRow } from './sheet';

export interface AnswerRow {
  readonly pair: string;
  readonly drawn: string;
  readonly sure: string;
}

/** By finding, then all of them: how many of the answered pairs were found out. */
export function foundOut(key: readonly KeyRow[], answers: readonly AnswerRow[]): readonly string[] {
  const marked = answers.flatMap(({ pair, drawn, sure }) => {
    const truth = key.find((row) => row.pair === Number(pair));
    const side = drawn.trim().toLowerCase();
    if (side !== 'left' && side !== 'right') return [];
    if (truth === undefined) throw new RangeError(`The key has no pair ${pair}: the answers are of another sheet.`);
    return [{ finding: truth.finding, isRight: side === truth.drawn, isSure: /^(?:sure|yes)$/i.test(sure.trim()) }];
  });
  const findings = [...new Set(marked.map(({ finding }) => finding))].sort();
  return [...findings, ''].map((finding) => {
    const of = marked.filter((each) => finding === '' || each.finding === finding);
    const right = of.filter(({ isRight }) => isRight).length;
    const sure = of.filter(({ isSure }) => isSure);
    const [low, high] = wilson(right, of.length).map((share) => Math.round(100 * share));
    return (
      `${finding === '' ? 'all' : finding}: ${String(right)} of ${String(of.length)} ` +
      `(${String(Math.round((100 * right) / Math.max(1, of.length)))} % [${String(low)}, ${String(high)}]), ` +
      `sure in ${String(sure.length)}, right in ${String(sure.filter(({ isRight }) => isRight).length)} of these`
    );
  });
}

/** @returns the exit status */
export function score(out: string): number {
  const key = JSON.parse(readFileSync(join(out, 'key.json'), 'utf8')) as readonly KeyRow[];
  const answers = Papa.parse<AnswerRow>(readFileSync(join(out, 'answers.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  for (const line of foundOut(key, answers)) console.log(line);
  return 0;
}
