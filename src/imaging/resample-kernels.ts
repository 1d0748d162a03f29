/** Weights of separable resampling. Pixel centres lie at half-integers, as in PyTorch with align_corners=False. */

/** For each output sample, the span of source samples it draws on and their weights. */
export interface Kernel {
  readonly start: Int32Array;
  readonly taps: number;
  /** `taps` weights an output sample, summing to 1; indices past the edge are clamped by the reader. */
  readonly weights: Float32Array;
}

export function areaKernel(from: number, to: number): Kernel {
  const scale = from / to;
  const taps = Math.ceil(scale) + 1;
  const start = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let o = 0; o < to; o++) {
    const low = o * scale;
    const high = (o + 1) * scale;
    const first = Math.min(Math.floor(low), from - 1);
    start[o] = first;
    for (let t = 0; t < taps; t++) {
      const covered = Math.min(high, first + t + 1) - Math.max(low, first + t);
      weights[o * taps + t] = first + t < from && covered > 0 ? covered / scale : 0;
    }
  }
  return { start, taps, weights };
}

/** Catmull-Rom (Keys 1981, a = -1/2): interpolating, exact on straight lines. */
export function cubicKernel(from: number, to: number): Kernel {
  const scale = from / to;
  const start = new Int32Array(to);
  const weights = new Float32Array(to * 4);
  for (let o = 0; o < to; o++) {
    const centre = (o + 0.5) * scale - 0.5;
    const base = Math.floor(centre);
    const t = centre - base;
    start[o] = base - 1;
    weights[o * 4] = t * (-0.5 + t * (1 - 0.5 * t));
    weights[o * 4 + 1] = 1 + t * t * (-2.5 + 1.5 * t);
    weights[o * 4 + 2] = t * (0.5 + t * (2 - 1.5 * t));
    weights[o * 4 + 3] = t * t * (-0.5 + 0.5 * t);
  }
  return { start, taps: 4, weights };
}

/** Linear interpolation between neighbours. */
export function linearKernel(from: number, to: number): Kernel {
  const scale = from / to;
  const start = new Int32Array(to);
  const weights = new Float32Array(to * 2);
  for (let o = 0; o < to; o++) {
    const centre = (o + 0.5) * scale - 0.5;
    const base = Math.floor(centre);
    start[o] = base;
    weights[o * 2] = 1 - (centre - base);
    weights[o * 2 + 1] = centre - base;
  }
  return { start, taps: 2, weights };
}

/** Of some output samples that follow each other. */
export function partOf({ start, taps, weights }: Kernel, from: number, count: number): Kernel {
  return {
    start: start.subarray(from, from + count),
    taps,
    weights: weights.subarray(from * taps, (from + count) * taps),
  };
}

/** Of each cell of a row: its first pixel; from which up to which they lie in it as a whole; and up to which they lie in it at all. */
export interface Cells {
  readonly firsts: Int32Array;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  readonly beyonds: Int32Array;
  readonly taps: number;
  readonly weights: Float32Array;
}

/** @param common the weight of pixels that lie in a cell as a whole */
export function cellsOf({ start, taps, weights }: Kernel, common: number, width: number): Cells {
  const [begins, ends, beyonds] = [start.slice(), start.slice(), start.slice()];
  for (let o = 0; o < start.length; o++) {
    const first = start[o] as number;
    const own = o * taps - first;
    let beyond = Math.min(first + taps, width);
    while (beyond > first && weights[own + beyond - 1] === 0) beyond--;
    let begin = first;
    while (begin < beyond && weights[own + begin] !== common) begin++;
    let end = begin;
    while (end < beyond && weights[own + end] === common) end++;
    begins[o] = begin;
    ends[o] = end;
    beyonds[o] = beyond;
  }
  return { firsts: start, begins, ends, beyonds, taps, weights };
}
