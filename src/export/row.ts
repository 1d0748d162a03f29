/** What the table of an export says of a result: the columns that training reads (docs/sets.md), and beside them how it was made. */

import type { CounterfactualFacts } from '../counterfactual/edit';
import { partsOf } from '../counterfactual/parts';
import { reportTexts } from '../counterfactual/report';
import type { ReceiptLine, Verdict } from '../counterfactual/receipt/line';
import { FINDINGS, ZONES, type Finding } from '../findings/vocabulary';

/** A result, and what is known of it beside its pixels. */
export interface Described {
  readonly counterfactual: Pick<CounterfactualFacts, 'image' | 'recipe' | 'before' | 'after'>;
  /** The same for all that was made from one radiograph, whose patient is not known. */
  readonly origin: string;
  /** The request in words. */
  readonly label: string;
  /** What the user calls it. */
  readonly name: string | undefined;
  readonly receipt: { readonly verdict: Verdict; readonly lines: readonly Pick<ReceiptLine, 'id' | 'verdict'>[] };
  /** Probability from which the second reader calls each finding. */
  readonly thresholds: Readonly<Partial<Record<Finding, number>>>;
}

/** By column; a column that is not there is blank. */
export type Row = Readonly<Record<string, string>>;

/** Three-valued: 1 there, 0 not there, absent not known. */
export type Labels = Readonly<Partial<Record<Finding, 0 | 1>>>;

/** Who made the pictures: no source of radiographs. */
const SOURCE = 'counterpart';
/** Of a result whose patient belongs to no part of a split. */
export const GENERATED = 'generated';

/** The facts of a result in the order of the table's columns. */
export function rowOf(described: Described): Row {
  const { image, recipe, after } = described.counterfactual;
  const { paediatric } = image;
  const labels = labelsOf(described);
  const texts = reportTexts(described.counterfactual, described.thresholds);
  return {
    source: SOURCE,
    split: GENERATED,
    patient: described.origin,
    origin: described.origin,
    native_w: String(image.width),
    native_h: String(image.height),
    view: image.viewPosition ?? '',
    age: paediatric === undefined ? '' : paediatric ? 'paediatric' : 'adult',
    ...Object.fromEntries(FINDINGS.map((finding) => [finding, String(labels[finding] ?? '')])),
    request: described.label,
    name: described.name ?? '',
    findings_before: texts.before,
    findings_after: texts.after,
    seed: String(recipe.sampling.seed),
    receipt: described.receipt.verdict,
    changed_as_asked: described.receipt.lines.find(({ id }) => id === 'effect')?.verdict ?? '',
    ...Object.fromEntries(ZONES.map((zone, index) => [`opacity_${zone}`, (after.zoneSeverity[index] ?? 0).toFixed(2)])),
    ...Object.fromEntries(FINDINGS.map((finding) => [`read_${finding}`, after.findings[finding].toFixed(4)])),
  };
}

/**
 * 1 where a finding was asked for and the second reader agrees that it came, or where it was drawn and nothing speaks against it
 * (of most of the tail the reader cannot tell, and what is drawn is there); 0 where it was asked to go, went, and is not called
 * in the whole image either; of all else nothing is known.
 */
export function labelsOf({
  counterfactual,
  receipt,
  thresholds,
}: Omit<Described, 'origin' | 'label' | 'name'>): Labels {
  const labels: Partial<Record<Finding, 0 | 1>> = {};
  for (const [index, { finding, severity }] of partsOf(counterfactual.recipe.edit).entries()) {
    const line = receipt.lines.find(({ id }) => id === (index === 0 ? 'effect' : `effect-${finding}`));
    const isDrawn =
      counterfactual.recipe.drawn?.some((each) => each.finding === finding && each.remove !== true) === true;
    if (severity > 0 && isDrawn && line?.verdict === 'amber') labels[finding] = 1;
    if (line?.verdict !== 'green') continue;
    if (severity > 0) labels[finding] = 1;
    else if (counterfactual.after.findings[finding] < (thresholds[finding] ?? 0.5)) labels[finding] = 0;
  }
  return labels;
}

/** The labels that a row states. */
export function labelsIn(row: Row): Labels {
  return Object.fromEntries(
    FINDINGS.flatMap((finding) => {
      const value = row[finding];
      return value === '1' || value === '0' ? [[finding, Number(value)]] : [];
    }),
  );
}
