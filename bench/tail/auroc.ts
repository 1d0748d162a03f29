/** Area under the ROC curve with an interval. Pure. */

import { uniforms } from '../../src/counterfactual/sketch/noise';

export interface Scored {
  readonly value: number;
  readonly positive: boolean;
  /** Films of one patient are drawn together. */
  readonly patient: string;
}

export interface Auroc {
  readonly auroc: number;
  /** The middle 95 % of resamples of patients. */
  readonly interval: readonly [number, number];
  readonly positives: number;
  readonly negatives: number;
}

const RESAMPLES = 500;

/** Undefined without both kinds. */
export function aurocOf(scored: readonly Scored[]): Auroc | undefined {
  const auroc = area(scored);
  if (Number.isNaN(auroc)) return undefined;
  const ofPatient = new Map<string, Scored[]>();
  for (const each of scored) ofPatient.set(each.patient, [...(ofPatient.get(each.patient) ?? []), each]);
  const patients = [...ofPatient.values()];
  const resampled = Array.from({ length: RESAMPLES }, (_, seed) =>
    area(
      Array.from(uniforms(seed + 1, 1, patients.length)).flatMap(
        (at) => patients[Math.floor(at * patients.length)] ?? [],
      ),
    ),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const quantile = (share: number): number => resampled[Math.floor(share * (resampled.length - 1))] ?? NaN;
  const positives = scored.filter(({ positive }) => positive).length;
  return {
    auroc,
    interval: [quantile(0.025), quantile(0.975)],
    positives,
    negatives: scored.length - positives,
  };
}

/** Share of pairs in which the positive one has the greater value; ties count half. NaN without both kinds. */
function area(scored: readonly Scored[]): number {
  const sorted = [...scored].sort((a, b) => a.value - b.value);
  let [below, pairs, positives] = [0, 0, 0];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.value === sorted[from]?.value) to++;
    const tied = sorted.slice(from, to);
    const up = tied.filter(({ positive }) => positive).length;
    pairs += up * (below + (tied.length - up) / 2);
    positives += up;
    below += tied.length - up;
    from = to;
  }
  return pairs / (positives * below);
}
