/** The table of a set: a row a picture, in the columns that training reads (docs/sets.md), and beside them how it was made. */

import type { Counterfactual } from '../counterfactual/edit';
import { partsOf } from '../counterfactual/parts';
import type { ReceiptLine, Verdict } from '../counterfactual/receipt/line';
import { FINDINGS, ZONES, type Finding } from '../findings/vocabulary';

/** A result that is to be part of a set. */
export interface SetItem {
  readonly counterfactual: Counterfactual;
  /** The same for all that was made from one radiograph, whose patient is not known. */
  readonly origin: string;
  /** The request in words. */
  readonly label: string;
  /** What the user calls it. */
  readonly name: string | undefined;
  readonly receipt: { readonly verdict: Verdict; readonly lines: readonly ReceiptLine[] };
  /** Probability from which the second reader calls each finding. */
  readonly thresholds: Readonly<Partial<Record<Finding, number>>>;
}

/** Files of one result, relative to the set. */
export interface Paths {
  readonly picture: string;
  readonly mask: string;
  readonly recipe: string;
}

export const COLUMNS = [
  'path',
  'source',
  'split',
  'patient',
  'native_w',
  'native_h',
  'view',
  'age',
  ...FINDINGS,
  'mask',
  'recipe',
  'request',
  'name',
  'seed',
  'receipt',
  'changed_as_asked',
  ...ZONES.map((zone) => `opacity_${zone}`),
  ...FINDINGS.map((finding) => `read_${finding}`),
] as const;

/** Who made the pictures: no source of radiographs. */
const SOURCE = 'counterpart';
const SPLIT = 'generated';

/** One row, in the order of COLUMNS. */
export function rowOf(item: SetItem, { picture, mask, recipe: file }: Paths): readonly string[] {
  const { image, recipe, after } = item.counterfactual;
  const { paediatric } = image;
  const labels = labelsOf(item);
  return [
    picture,
    SOURCE,
    SPLIT,
    item.origin,
    String(image.width),
    String(image.height),
    image.viewPosition ?? '',
    paediatric === undefined ? '' : paediatric ? 'paediatric' : 'adult',
    ...FINDINGS.map((finding) => String(labels[finding] ?? '')),
    mask,
    file,
    item.label,
    item.name ?? '',
    String(recipe.sampling.seed),
    item.receipt.verdict,
    item.receipt.lines.find(({ id }) => id === 'effect')?.verdict ?? '',
    ...ZONES.map((_, index) => (after.zoneSeverity[index] ?? 0).toFixed(2)),
    ...FINDINGS.map((finding) => after.findings[finding].toFixed(4)),
  ];
}

/**
 * Three-valued: 1 where a finding was asked for and the second reader agrees that it came, 0 where it was asked to go, went, and
 * is not called in the whole image either; of all else nothing is known.
 */
export function labelsOf({ counterfactual, receipt, thresholds }: SetItem): Readonly<Partial<Record<Finding, 0 | 1>>> {
  const labels: Partial<Record<Finding, 0 | 1>> = {};
  for (const [index, { finding, kind, severity }] of partsOf(counterfactual.recipe.edit).entries()) {
    const line = receipt.lines.find(({ id }) => id === (index === 0 ? 'effect' : `effect-${finding}`));
    if (line?.verdict !== 'green') continue;
    if (kind !== 'remove' && severity > 0) labels[finding] = 1;
    else if (counterfactual.after.findings[finding] < (thresholds[finding] ?? 0.5)) labels[finding] = 0;
  }
  return labels;
}

/**
 * A spreadsheet takes a field for a formula that begins with one of these, in ASCII or full width, and skips the blanks and
 * control characters before it; what begins with a tab or a line's end it may cut there.
 */
const FORMULA = /^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** RFC 4180: fields that hold a comma, a quote or a line's end stand in quotes. A spreadsheet shall not take one for a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const field = (value: string): string => {
    const plain = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
