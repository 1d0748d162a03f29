/** What is read in a radiograph before anything is edited in it. */

import type { Zone } from '../findings/vocabulary';
import type { Reading } from './edit';

/** What opening a document yields beside the pixels. */
export interface Analysis {
  readonly reading: Reading;
  /** Lung-zone probability on the 32x32 latent grid, ZONES order then mediastinum, each 1024 values. */
  readonly zones: Readonly<Record<Zone | 'mediastinum', Float32Array>>;
  /** How much each cell of the 32x32 latent grid speaks for each finding (FINDINGS order, innermost), in logit units. */
  readonly activation?: Float32Array;
  /** The anatomist's own map, [64 x 64 x 8]: what sketches are drawn by. Absent: read by a release before 0.9.0. */
  readonly probabilities?: Float32Array;
  /** 0 to 1: how much the anatomist believes this is a frontal chest radiograph. */
  readonly frontalChest: number;
  /** It looks like the mirror image of a chest, or the heart lies on the right. Absent: it does not, or was read before 0.18.0. */
  readonly mirrored?: true;
}
