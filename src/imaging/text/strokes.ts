/** Thin strokes that stand out from what lies around them: the white and the black top-hat of mathematical morphology. */

/** Of 40-pixel letters in bold type no stroke is wider. */
export const WIDEST_STROKE = 13;

/**
 * How far each pixel stands out above the opening by a square (grey minus opening; Serra 1982): strokes up to `WIDEST_STROKE`
 * wide stay with their contrast, whatever is wider becomes 0.
 * @param greys row by row, 0 to 255; bright strokes are found, dark ones in the negative
 */
export function topHat(greys: Uint8Array, width: number, height: number): Uint8Array {
  const opened = spread(spread(greys, width, height, 'least'), width, height, 'most');
  for (let i = 0; i < opened.length; i++) opened[i] = (greys[i] as number) - (opened[i] as number);
  return opened;
}

type Rank = 'least' | 'most';

function spread(greys: Uint8Array, width: number, height: number, rank: Rank): Uint8Array {
  const rows = new Uint8Array(greys.length);
  for (let y = 0; y < height; y++) alongRow(greys, rows, y * width, width, rank);
  return downColumns(rows, width, height, rank);
}

const HALF = (WIDEST_STROKE - 1) / 2;

/** The least or most of windows of `length` that doubling reaches, and the shifts that make it: 1, 2, 4 and the rest. */
const SHIFTS = shiftsFor(WIDEST_STROKE);

function shiftsFor(length: number): readonly number[] {
  const shifts: number[] = [];
  for (let reached = 1; reached < length;) {
    const shift = Math.min(reached, length - reached);
    shifts.push(shift);
    reached += shift;
  }
  return shifts;
}

function alongRow(from: Uint8Array, to: Uint8Array, start: number, width: number, rank: Rank): void {
  // The row with its ends repeated, so that nothing beyond it counts.
  const line = new Uint8Array(width + 2 * HALF);
  line.fill(from[start] as number, 0, HALF);
  line.set(from.subarray(start, start + width), HALF);
  line.fill(from[start + width - 1] as number, HALF + width);
  let length = line.length;
  for (const shift of SHIFTS) {
    length -= shift;
    ranked(line, line, 0, shift, length, rank);
  }
  to.set(line.subarray(0, width), start);
}

function downColumns(from: Uint8Array, width: number, height: number, rank: Rank): Uint8Array {
  const tall = new Uint8Array((height + 2 * HALF) * width);
  const row = (y: number): Uint8Array => from.subarray(y * width, (y + 1) * width);
  for (let y = 0; y < HALF; y++) {
    tall.set(row(0), y * width);
    tall.set(row(height - 1), (HALF + height + y) * width);
  }
  tall.set(from, HALF * width);
  let length = tall.length;
  for (const shift of SHIFTS) {
    length -= shift * width;
    ranked(tall, tall, 0, shift * width, length, rank);
  }
  return tall.slice(0, from.length);
}

/** to[i] = least or most of from[i] and from[i + shift], in place: what is read lies ahead of what is written. */
function ranked(from: Uint8Array, to: Uint8Array, start: number, shift: number, length: number, rank: Rank): void {
  if (rank === 'least')
    for (let i = start; i < length; i++) {
      const [one, other] = [from[i] as number, from[i + shift] as number];
      to[i] = one < other ? one : other;
    }
  else
    for (let i = start; i < length; i++) {
      const [one, other] = [from[i] as number, from[i + shift] as number];
      to[i] = one > other ? one : other;
    }
}
