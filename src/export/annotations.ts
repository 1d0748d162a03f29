/** What a mask says to tools that learn where a finding is: regions, boxes and COCO's run lengths. Pure. */

import type { Recipe } from '../counterfactual/edit';
import { partsOf } from '../counterfactual/parts';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import { INSIDE, regionsOf, rowRuns } from '../imaging/mask-runs';
import type { Mask } from '../imaging/radiograph';
import { labelsIn, type Row } from './row';

/** In pixels; the top left corner, and the size. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Findings that the mask shows: those that were asked for and came. What went is not there any more, and what nobody asked for
 * lies where nobody knows. Several that came together share the mask.
 */
export function findingsShown(row: Row): readonly Finding[] {
  const labels = labelsIn(row);
  return FINDINGS.filter((finding) => labels[finding] === 1);
}

/** Something was asked to come, and whether it did is not known: a picture that can be called neither empty nor full. */
export function isUnclear(row: Row, edit: Recipe['edit']): boolean {
  const labels = labelsIn(row);
  return partsOf(edit).some(({ finding, severity }) => severity > 0 && labels[finding] === undefined);
}

/** Smaller regions are rims of the mask's fall-off. */
const LEAST_PIXELS = 16;

/** A box around each region of at least half strength, corners touching or not, in reading order. */
export function boxesOf(mask: Mask): readonly PixelBox[] {
  const runs = rowRuns(mask);
  const { regionOf, areas } = regionsOf(runs, true);
  const bounds = areas.map(() => ({ left: mask.width, right: 0, top: mask.height, bottom: 0 }));
  for (let y = 0; y < mask.height; y++) {
    for (let run = runs.rows[y] as number; run < (runs.rows[y + 1] as number); run++) {
      const box = bounds[regionOf[run] as number];
      if (box === undefined) continue;
      box.left = Math.min(box.left, runs.starts[run] as number);
      box.right = Math.max(box.right, runs.ends[run] as number);
      box.top = Math.min(box.top, y);
      box.bottom = y + 1;
    }
  }
  return bounds.flatMap(({ left, right, top, bottom }, region) =>
    (areas[region] ?? 0) < LEAST_PIXELS ? [] : [{ x: left, y: top, width: right - left, height: bottom - top }],
  );
}

export interface RunLengths {
  /** [height, width] */
  readonly size: readonly [number, number];
  /** Of pixels outside, inside, outside ..., column by column. */
  readonly counts: readonly number[];
  readonly area: number;
}

/** The mask at half strength as COCO counts it: down the columns, first what is outside. */
export function runLengths({ width, height, data }: Mask): RunLengths {
  const counts: number[] = [];
  let [inside, run, area] = [false, 0, 0];
  for (let x = 0; x < width; x++) {
    for (let y = 0, at = x; y < height; y++, at += width) {
      const is = (data[at] as number) >= INSIDE;
      if (is !== inside) {
        counts.push(run);
        [inside, run] = [is, 0];
      }
      run++;
      if (is) area++;
    }
  }
  counts.push(run);
  return { size: [height, width], counts, area };
}

/**
 * Run lengths as the string that pycocotools reads: from the fourth on each as its difference from the one two before, in groups
 * of five bits with a sign, least first, 48 added to each.
 */
export function packedCounts(counts: readonly number[]): string {
  let text = '';
  counts.forEach((count, index) => {
    let rest = index > 2 ? count - (counts[index - 2] ?? 0) : count;
    for (;;) {
      const bits = rest & 0x1f;
      rest >>= 5;
      const more = bits & 0x10 ? rest !== -1 : rest !== 0;
      text += String.fromCharCode((more ? bits | 0x20 : bits) + 48);
      if (!more) break;
    }
  });
  return text;
}
