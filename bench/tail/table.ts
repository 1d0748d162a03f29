/** Rows of single edits -> the table of what a drawn finding reaches. Pure. */

import { FINDINGS, type Finding } from '../../src/findings/vocabulary';
import { GRADES, type Grade } from './cases';
import type { Refusal, Row } from './row';

/** How near to what was asked counts as reached: hundredths of a ratio, and a share of anything else. */
const RATIO_WITHIN = 0.03;
const SHARE_WITHIN = 0.2;

export interface Calibration {
  readonly 'second-reader': Readonly<
    Partial<Record<Finding, { readonly threshold: number; readonly readable?: boolean | undefined }>>
  >;
  readonly operatingPoint: { readonly 'second-reader-local'?: number | undefined };
}

/** Undefined where nothing measures it. */
export function isReached({ measured, asked, unit }: Row): boolean | undefined {
  if (measured === null) return undefined;
  return Math.abs(measured - asked) <= (unit === 'ratio' ? RATIO_WITHIN : SHARE_WITHIN * asked);
}

/** Called by the second reader at its operating point: opacity inside the mask, all else in the whole film. Undefined: it cannot tell it. */
export function isCalled({ finding, read, opacity }: Row, calibration: Calibration): boolean | undefined {
  if (finding === 'lung_opacity' && opacity !== null)
    return opacity[1] >= (calibration.operatingPoint['second-reader-local'] ?? 0.5);
  const of = calibration['second-reader'][finding as Finding];
  return of?.readable === true ? read[1] >= of.threshold : undefined;
}

/** Rank correlation; ties share their rank. NaN where one of them does not vary. */
export function spearman(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranks(one), ranks(other)];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const sum = (term: (x: number, y: number) => number): number =>
    a.reduce((total, x, at) => total + term(x - meanA, (b[at] as number) - meanB), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}

function ranks(values: readonly number[]): readonly number[] {
  return values.map(
    (value) => values.filter((other) => other < value).length + values.filter((other) => other === value).length / 2,
  );
}

/** Mean over films of the rank correlation of three severities with a value; a film on which the value does not move counts 0. */
export function severityOrder(rows: readonly Row[], value: (row: Row) => number | undefined): number | undefined {
  const films = [...new Set(rows.map(({ film }) => film))];
  const each = films.flatMap((film) => {
    const own = GRADES.flatMap((grade) => rows.filter((row) => row.film === film && row.grade === grade)).map(value);
    const known = own.filter((one) => one !== undefined);
    if (known.length < GRADES.length) return [];
    const found = spearman([1, 2, 3], known);
    return [Number.isNaN(found) ? 0 : found];
  });
  return each.length === 0 ? undefined : each.reduce((sum, one) => sum + one, 0) / each.length;
}

const HEAD = [
  'finding',
  'asked',
  'measured, median',
  'reached',
  'called by the second reader',
  'order: measure / reader',
  'others: mean / largest',
  'outside',
  'refused',
];

/** Markdown; each of three figures is of mild / moderate / severe. */
export function tableOf(found: readonly (Row | Refusal)[], calibration: Calibration): string {
  const lines = FINDINGS.flatMap((finding) => {
    const own = found.filter((row) => row.finding === finding);
    const rows = own.filter((row): row is Row => !('refused' in row));
    return rows.length === 0 ? [] : [cells(finding, rows, own.length - rows.length, calibration)];
  });
  return [HEAD, HEAD.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells(finding: string, rows: readonly Row[], refused: number, calibration: Calibration): readonly string[] {
  const of = (grade: Grade): readonly Row[] => rows.filter((row) => row.grade === grade);
  const three = (text: (rows: readonly Row[]) => string): string => GRADES.map((grade) => text(of(grade))).join(' / ');
  const order = [({ measured }: Row) => measured ?? undefined, ({ read, opacity }: Row) => opacity?.[1] ?? read[1]].map(
    (value) => fixed(severityOrder(rows, value)),
  );
  return [
    finding,
    three((own) => amount(median(own.map(({ asked }) => asked)), own[0]?.unit)),
    three((own) => amount(median(own.flatMap((row) => row.measured ?? [])), own[0]?.unit)),
    three((own) => share(own.map(isReached))),
    three((own) => share(own.map((row) => isCalled(row, calibration)))),
    order.join(' / '),
    `${fixed(rows.reduce((sum, row) => sum + row.others[0], 0) / rows.length, 3)} / ${fixed(Math.max(...rows.map((row) => row.others[1])))}`,
    String(rows.reduce((sum, row) => sum + row.outside, 0)),
    String(refused),
  ];
}

function share(of: readonly (boolean | undefined)[]): string {
  const known = of.filter((is) => is !== undefined);
  return known.length === 0 ? '–' : `${String(known.filter(Boolean).length)} of ${String(known.length)}`;
}

function amount(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) return '–';
  return unit === 'share'
    ? `${(100 * value).toFixed(0)} %`
    : unit === 'mm'
      ? `${value.toFixed(1)} mm`
      : value.toFixed(2);
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function fixed(value: number | undefined, digits = 2): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
