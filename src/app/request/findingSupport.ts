/** How many radiographs each finding was learnt from: what the networks have seen little of, they handle less well. */

import { FINDINGS, type Finding } from '../../findings/vocabulary';

/** Radiographs of the training split that carry the finding (docs/data.md). */
const TRAINING_IMAGES: Readonly<Record<Finding, number>> = {
  lung_opacity: 6729,
  pneumonia: 3703,
  no_finding: 2320,
  infiltration: 243,
  effusion: 155,
  atelectasis: 152,
  nodule: 141,
  edema: 82,
  mass: 47,
  consolidation: 46,
  cardiomegaly: 42,
  pleural_thickening: 40,
  pneumothorax: 40,
  emphysema: 34,
  fibrosis: 19,
  hernia: 8,
};

export type Support = 'head' | 'mid' | 'tail';

export function trainingImages(finding: Finding): number {
  return TRAINING_IMAGES[finding];
}

/** Head: thousands of radiographs; mid: more than a hundred; tail: fewer. */
export function supportOf(finding: Finding): Support {
  const images = TRAINING_IMAGES[finding];
  if (images >= 1000) return 'head';
  return images >= 100 ? 'mid' : 'tail';
}

/** Findings a request may name, best supported first. */
export const EDITABLE_FINDINGS: readonly Finding[] = FINDINGS.filter((finding) => finding !== 'no_finding').sort(
  (a, b) => TRAINING_IMAGES[b] - TRAINING_IMAGES[a],
);
