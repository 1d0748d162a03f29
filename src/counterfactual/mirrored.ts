/**
 * Is the film mirrored? The anatomist learnt films that were never mirrored: shown one, it still finds the heart at the image's
 * right, only less surely. So it is shown the film and the film's mirror image, and the one that it takes for a chest more readily is
 * the right way round. A heart on the right (dextrocardia) looks the same, and only a side marker tells the two apart.
 */

import { ANATOMY_CLASSES } from '../findings/regions';
import { GRID_SIZE } from '../imaging/resample';
import type { Anatomist, Anatomy, ImageGrid } from '../networks/typed';

type Located = Pick<Anatomy, 'probabilities' | 'frontalLogit'>;

/** Side of the anatomist's map. */
const SIDE = 64;
const HEART = ANATOMY_CLASSES - 1;
/** Weights of the three differences: logistic regression on 1,837 adult training films and their mirror images (decision 200). */
const FRONTAL = 1.9;
const DOUBT = 57;
const HEART_LEFT = 17;
/** One in a hundred of those training films is beyond it. */
const MIRRORED_BELOW = -2.5;

/** Whether the film is more likely the mirror image of a chest than a chest, by far. One more run of the anatomist. @throws EngineError */
export async function looksMirrored(
  image: ImageGrid,
  anatomy: Located,
  anatomist: Anatomist,
  signal?: AbortSignal,
): Promise<boolean> {
  return uprightEvidence(anatomy, await anatomist.locate(mirrorImage(image), signal)) < MIRRORED_BELOW;
}

/** [256 x 256], its left and right exchanged. */
export function mirrorImage(image: ImageGrid): ImageGrid {
  const out = new Float32Array(image.length);
  for (let row = 0; row < image.length; row += GRID_SIZE)
    out.set(image.subarray(row, row + GRID_SIZE).toReversed(), row);
  return out;
}

/**
 * How much more the film is a chest than its mirror image is, in logit units: of the anatomist's belief, of how unsure its map is
 * (mean entropy of a cell), and of how far left of the middle of the thorax it puts the heart. The other way round it changes sign.
 */
export function uprightEvidence(film: Located, mirrored: Located): number {
  const [own, other] = [traitsOf(film), traitsOf(mirrored)];
  return (
    FRONTAL * (own.frontal - other.frontal) +
    DOUBT * (other.entropy - own.entropy) +
    HEART_LEFT * (own.heart - other.heart)
  );
}

interface Traits {
  readonly frontal: number;
  /** Nats a cell. */
  readonly entropy: number;
  /** Of the heart's centre from the middle between the walls of the thorax to the patient's left, in widths of the thorax; 0: not found. */
  readonly heart: number;
}

function traitsOf({ probabilities, frontalLogit }: Located): Traits {
  let entropy = 0;
  for (const share of probabilities) entropy -= share > 0 ? share * Math.log(share) : 0;
  const shareOf = (cell: number, from: number, to: number): number => {
    let sum = 0;
    for (let channel = from; channel < to; channel++) sum += probabilities[cell * ANATOMY_CLASSES + channel] ?? 0;
    return sum;
  };
  let [rows, middles, width, heart, moment] = [0, 0, 0, 0, 0];
  for (let y = 0; y < SIDE; y++) {
    let [first, last] = [-1, -1];
    for (let x = 0; x < SIDE; x++) {
      const cell = y * SIDE + x;
      if (first < 0 && shareOf(cell, 1, 4) > 0.5) first = x;
      if (shareOf(cell, 4, 7) > 0.5) last = x + 1;
      const here = probabilities[cell * ANATOMY_CLASSES + HEART] ?? 0;
      heart += here;
      moment += here * (x + 0.5);
    }
    if (first < 0 || last < 0) continue;
    rows++;
    middles += (first + last) / 2;
    width = Math.max(width, last - first);
  }
  return {
    frontal: frontalLogit,
    entropy: entropy / SIDE ** 2,
    heart: rows === 0 || heart === 0 || width <= 0 ? 0 : (moment / heart - middles / rows) / width,
  };
}
