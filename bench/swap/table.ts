/** Figures of swaps -> the table that is printed. Pure. */

import type { Figures, Measured } from './figures';

const ROWS: readonly (readonly [keyof Figures, string])[] = [
  ['zones', "judge's grades of all zones: correlation with the donor"],
  ['kept', '… with the recipient as it was'],
  ['opaque', 'zones that had to become opaque and did'],
  ['opaqueAtMost', '… as many as two readers agree on'],
  ['clear', 'zones that had to become clear and did'],
  ['clearAtMost', '… as many as two readers agree on'],
  ['found', 'donor found from the change, among 64'],
  ['own', "likeness of the change to its own donor's pathology"],
  ['others', "… to the others'"],
  ['lungs', "Dice of the lungs with the recipient's"],
  ['heart', '… of the heart'],
];

/** A row a figure, a column a way; 95 % intervals in brackets. */
export function tableOf(ways: readonly (readonly [string, Measured])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...ways.map(([name, { swaps }]) => `${name}, ${String(swaps)} swaps`)]),
    `|---|${ways.map(() => '---|').join('')}`,
    ...ROWS.map(([key, told]) => row([told, ...ways.map(([, measured]) => figure(measured, key))])),
  ].join('\n');
}

function figure({ figures, low, high }: Measured, key: keyof Figures): string {
  if (Number.isNaN(figures[key])) return 'none';
  const digits = key === 'lungs' || key === 'heart' ? 3 : 2;
  return `${figures[key].toFixed(digits)} [${low[key].toFixed(digits)}, ${high[key].toFixed(digits)}]`;
}
