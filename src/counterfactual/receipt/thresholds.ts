/**
 * Where green ends and amber ends, in one place. docs/receipt.md says where each comes from. What is calibrated with a release
 * (operating points, thresholds of findings, severity scale) is not here but in models/manifest.json: see `Rulers`.
 */

import type { Finding } from '../../findings/vocabulary';
import type { DistanceQuantile } from '../../networks/manifest';

export const THRESHOLDS = {
  effect: {
    /** A movement no larger is what findings that nobody asked about make on average (docs/evaluation.md, other findings). */
    noticeable: 0.03,
    /** Half a named grade and a bit: the asked grade is met when it is read as the same or nearly. */
    grade: 0.75,
  },
  others: {
    /** Mean change of the other findings; the aim of the method (docs/evaluation-harness.md, preservation). */
    mean: { green: 0.08, amber: 0.16 },
    /** Largest change of one of them. Chosen: twice the aim, and where a reading would be told differently. */
    largest: { green: 0.16, amber: 0.4 },
  },
  zones: {
    /** Severity by which a zone that was to stay may be read otherwise: as for a grade that is met. */
    moved: 0.75,
  },
  undo: {
    /** Error after edit and undo over the autoencoder's own: the aim, and a limit that was chosen (docs/receipt.md). */
    ratio: { green: 1.5, amber: 2.5 },
  },
  anatomy: {
    /** Dice; green is the anatomist's own agreement with masks drawn by people (docs/evaluation.md, Networks). */
    lungs: { green: 0.97, amber: 0.93 },
    heart: { green: 0.94, amber: 0.88 },
  },
  realism: {
    /** By more than this one part of a real film lies farther from real lungs than another in 3 of 100 (docs/evaluation.md, Realism). */
    farther: 0.89,
  },
  training: {
    /** Share of unseen radiographs that are this near to a training image: what evaluation calls memorised, too. */
    share: 0.01,
    /** Nearer than its source by this share of the source's distance: clearly, not by a pixel's jitter. */
    nearer: 0.05,
    /** Of the distance at that share: nearer come copies of training images, and one of 1,185 unseen radiographs (docs/receipt.md). */
    copy: 0.75,
  },
} as const;

/** What a release was calibrated with. */
export interface Rulers {
  /** Mean opacity probability of the second reader inside a mask from which it counts as opacity. */
  readonly localOperatingPoint: number;
  /** Severity = min(3, scale x mean opacity probability). */
  readonly severityScale: number;
  /** Calibrated probability from which the second reader calls a finding. */
  readonly thresholds: Readonly<Partial<Record<Finding, number>>>;
  /** Findings that it cannot tell: no line counts them. */
  readonly unreadable: ReadonlySet<Finding>;
  /** Findings on which the second reader was measured. */
  readonly measured: ReadonlySet<Finding>;
  /** How near unseen radiographs come to a training image, by share, ascending; none: the release does not tell. */
  readonly unseen: readonly DistanceQuantile[];
}
