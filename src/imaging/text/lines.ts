/** Parts like letters that stand in a line, and which of these lines are writing. */

import type { Box } from '../box';
import type { Part } from './components';

export interface Line {
  readonly box: Box;
  readonly parts: readonly Part[];
}

/** Of a part, in pixels: what is lower is grain, what is higher is a picture. */
const LEAST_HEIGHT = 6;
const MOST_HEIGHT = 60;
/** Between two letters or words, in heights of the higher one. */
const WIDEST_GAP = 1.2;
/** In greys. */
const MOST_PEAK_DIFFERENCE = 40;

/**
 * What makes writing of a line, found on films of SIIM and NIH and kept for those of five other sources (decision 165). Anatomy seldom
 * stands out as sharply; wires and instruments do, but not by strokes of one width and grey that end on one level.
 */
const WRITING = {
  leastLetters: 4,
  /** In greys; of few letters more. */
  leastContrast: 65,
  fewLetters: 6,
  leastContrastOfFew: 72,
  /** Standard deviation of the parts' heights, in the middle one, of few letters: capitals and small ones differ by less. */
  mostHeightSpread: 0.33,
  /** Mean share of the parts' boxes that strokes fill; webs of vessels and wires fill less. Writing of much contrast may, too. */
  leastFill: 0.38,
  sureContrast: 110,
  /** Mean distance from the level that most parts begin or end on, in heights. */
  mostUneven: 0.25,
  /** Standard deviation of strokes' widths, in their mean. */
  mostStrokeSpread: 0.5,
  /** Mean width of strokes, in heights. */
  widestStroke: 0.42,
  /** Standard deviation of the parts' brightest greys. */
  mostPeakSpread: 22,
} as const;

/** Letters in a part of that width, in heights of the line, and strokes that a row of one letter crosses. */
const LETTER_WIDTH = 0.75;
const LETTER_STROKES = 1.3;
/** Strokes that a row crosses, for each height of the line along it. */
const DENSEST_OF_OTHERS = 0.85;

/** A letter, or some that touch. */
function isLetterLike({ width, height, area }: Part): boolean {
  return (
    height >= LEAST_HEIGHT &&
    height <= MOST_HEIGHT &&
    width <= 8 * height &&
    area >= height &&
    area <= 0.95 * width * height + height
  );
}

/** The same of a picture whose rows are the columns of this one: a line that is written downwards lies along a row of it. */
export function exchanged(part: Part): Part {
  const { x, y, width, height, rowStrokes, columnStrokes } = part;
  return { ...part, x: y, y: x, width: height, height: width, rowStrokes: columnStrokes, columnStrokes: rowStrokes };
}

/** Parts side by side of about one height and grey, each in one line. Lines of a single part, too. */
export function linesOf(parts: readonly Part[]): readonly Line[] {
  const sorted = parts.filter(isLetterLike).sort((a, b) => a.x - b.x);
  const parent = sorted.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  for (const [index, part] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next] as Part;
      if (other.x > part.x + part.width + WIDEST_GAP * MOST_HEIGHT) break;
      if (areBeside(part, other)) parent[rootOf(next)] = rootOf(index);
    }
  }
  const lines = new Map<number, Part[]>();
  for (const [index, part] of sorted.entries()) {
    const root = rootOf(index);
    const line = lines.get(root);
    if (line) line.push(part);
    else lines.set(root, [part]);
  }
  return [...lines.values()].map((inLine) => ({ parts: inLine, box: around(inLine) }));
}

function areBeside(a: Part, b: Part): boolean {
  const [low, high] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return (
    high <= 2 * low &&
    gap <= WIDEST_GAP * high &&
    shared >= 0.6 * low &&
    Math.abs(a.peak - b.peak) <= MOST_PEAK_DIFFERENCE
  );
}

/** Side markers, arrows and initials have fewer letters. */
export function isWriting({ parts, box }: Line): boolean {
  const height = middle(parts.map((part) => part.height));
  const strokes = parts.map(strokeWidth);
  const contrast = mean(parts.map((part) => part.contrast));
  const letters = lettersIn(parts, height);
  const isFew = letters < WRITING.fewLetters;
  return (
    box.width > 2 * box.height &&
    letters >= WRITING.leastLetters &&
    contrast >= (isFew ? WRITING.leastContrastOfFew : WRITING.leastContrast) &&
    (!isFew || spread(parts.map((part) => part.height)) <= WRITING.mostHeightSpread * height) &&
    (contrast >= WRITING.sureContrast || mean(parts.map(fillOf)) >= WRITING.leastFill) &&
    unevenness(parts) <= WRITING.mostUneven * height &&
    spread(strokes) <= WRITING.mostStrokeSpread * mean(strokes) &&
    mean(strokes) <= WRITING.widestStroke * height &&
    spread(parts.map(({ peak }) => peak)) <= WRITING.mostPeakSpread
  );
}

/** Of a stroke much longer than wide: its area by half of its outline. */
function strokeWidth({ area, edges }: Part): number {
  return (2 * area) / edges;
}

function fillOf({ area, width, height }: Part): number {
  return area / (width * height);
}

function lettersIn(parts: readonly Part[], height: number): number {
  return parts.reduce((letters, { width, rowStrokes }) => {
    // Letters that touch still stand as close as letters do; branches of a vessel do not.
    const isOne = width <= 1.3 * height || rowStrokes * height < DENSEST_OF_OTHERS * width;
    return letters + (isOne ? 1 : Math.max(1, Math.min(width / (LETTER_WIDTH * height), rowStrokes / LETTER_STROKES)));
  }, 0);
}

/** By the upper or the lower ends, whichever are more even: capitals end on one level above, g and p hang below it. */
function unevenness(parts: readonly Box[]): number {
  const from = (levels: readonly number[]): number => {
    const level = middle(levels);
    return mean(levels.map((each) => Math.abs(each - level)));
  };
  return Math.min(from(parts.map(({ y }) => y)), from(parts.map(({ y, height }) => y + height)));
}

/** The smallest box that holds all. */
export function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const { x, y, width, height } of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
