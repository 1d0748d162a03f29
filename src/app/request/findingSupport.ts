/** How many radiographs each finding was learnt from: what the networks have seen little of, they handle less well. */

import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { ModelRelease } from '../../state/release';

type Counts = ModelRelease['support'];
export type Support = 'head' | 'mid' | 'tail';

/** Head: thousands of radiographs; mid: more than a hundred; tail: fewer. Undefined where the release does not say. */
export function supportOf(finding: Finding, counts: Counts): Support | undefined {
  const images = counts?.[finding];
  if (images === undefined) return undefined;
  if (images >= 1000) return 'head';
  return images >= 100 ? 'mid' : 'tail';
}

/** Findings a request may name, best supported first; in the order of the vocabulary where nothing is known. */
export function editableFindings(counts: Counts): readonly Finding[] {
  const editable = FINDINGS.filter((finding) => finding !== 'no_finding');
  return editable.sort((a, b) => (counts?.[b] ?? 0) - (counts?.[a] ?? 0));
}

/** Shown before the others are asked for, where the release does not say which are the rarest. */
const SHOWN_AT_FIRST = 6;

/** The findings to offer before all are asked for: the rarest are folded away. */
export function firstFindings(counts: Counts): readonly Finding[] {
  const all = editableFindings(counts);
  return counts === undefined
    ? all.slice(0, SHOWN_AT_FIRST)
    : all.filter((finding) => (supportOf(finding, counts) ?? 'tail') !== 'tail');
}
