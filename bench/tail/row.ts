/** One drawn finding on one film, and what was measured of it. */

import type { Counterfactual } from '../../src/counterfactual/edit';
import { othersOf } from '../../src/counterfactual/receipt/othersLine';
import type { Chest } from '../../src/counterfactual/sketch/chest';
import { densityOf } from '../../src/counterfactual/sketch/density';
import { countChangedOutside } from '../../src/counterfactual/receipt/outsideChange';
import { atOnce } from '../../src/imaging/slices';

import { FINDINGS, type Finding } from '../../src/findings/vocabulary';
import type { Radiograph } from '../../src/imaging/radiograph';
import type { Case } from './cases';
import { measureOrTry } from './tried';

export interface Row {
  readonly film: string;
  readonly finding: string;
  readonly grade: string;
  readonly unit: string;
  readonly asked: number;
  /** What there was room for. */
  readonly drawn: number;
  /** The finding's own measure; null: nothing measures it. */
  readonly measured: number | null;
  /** Of a heart, its ratio by the anatomist as well. */
  readonly byAnatomist?: number;
  /** The second reader's probability of it, before and after. */
  readonly read: readonly [number, number];
  /** Mean opacity by the second reader inside the mask, before and after; null for what does not look like opacity. */
  readonly opacity: readonly [number, number] | null;
  /** Change of the findings that are to stay and that the second reader can tell: mean and largest. */
  readonly others: readonly [number, number];
  /** Stored values that differ, and those of them outside the mask. */
  readonly changed: number;
  readonly outside: number;
  readonly harmonised: boolean;
  readonly milliseconds: number;
}

/** A case that the product refuses, in its own words. */
export interface Refusal {
  readonly film: string;
  readonly finding: string;
  readonly grade: string;
  readonly refused: string;
}

/**
 * @param made what is measured
 * @param drawn the same request as it is drawn: it tells where to measure, and is `made` itself unless that was made without
 * @param readable the findings that the second reader tells
 * @param opacity of the effect line
 */
export function rowOf(
  film: string,
  { finding, grade, amount, unit }: Case,
  source: Radiograph,
  chest: Chest,
  made: Counterfactual,
  drawn: Counterfactual,
  readable: ReadonlySet<Finding>,
  opacity: readonly [number, number] | undefined,
): Row {
  const [record] = drawn.recipe.drawn ?? [];
  const [figures] = drawn.figures ?? [];
  if (record === undefined || figures === undefined) throw new Error(`${finding} was not drawn on ${film}.`);
  const own = measureOrTry(record, { before: densityOf(source), after: densityOf(made.image), chest }, figures);
  const ratio = made.measures?.cardiothoracicRatio?.after;
  const changes = othersOf([finding], [finding])
    .filter((other) => readable.has(other))
    .map((other) => Math.abs(made.after.findings[other] - made.before.findings[other]));
  return {
    film,
    finding,
    grade,
    unit,
    asked: amount,
    drawn: figures['amount'] ?? amount,
    measured: own ?? null,
    ...(finding === 'cardiomegaly' && ratio !== undefined && { byAnatomist: ratio }),
    read: [made.before.findings[finding], made.after.findings[finding]],
    opacity: opacity ?? null,
    others: [changes.reduce((sum, change) => sum + change, 0) / Math.max(1, changes.length), Math.max(0, ...changes)],
    changed: made.changedPixels,
    outside: atOnce(countChangedOutside(source, made.image, made.mask)),
    harmonised: made === drawn && record.harmonised !== undefined,
    milliseconds: Math.round(made.milliseconds),
  };
}

export const isFinding = (name: string): name is Finding => FINDINGS.some((finding) => finding === name);
