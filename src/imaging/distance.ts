/** Exact Euclidean distance transform (Felzenszwalb & Huttenlocher 2012): linear time, columns then rows. */

const FAR = 1e12;

/**
 * Squared distance in pixels, centre to centre, from each pixel of a w x h grid to the nearest one for which `isInside`
 * holds; 0 inside, at least 1e12 everywhere when there is none.
 */
export function distanceToSet(w: number, h: number, isInside: (x: number, y: number) => boolean): Float64Array {
  const squared = new Float64Array(w * h);
  columnDistances(squared, w, h, isInside);
  const row = new Float64Array(w);
  const parabolas = new Int32Array(w);
  const borders = new Float64Array(w + 1);
  for (let y = 0; y < h; y++) {
    const out = squared.subarray(y * w, (y + 1) * w);
    row.set(out);
    lowerEnvelope(row, out, parabolas, borders);
  }
  return squared;
}

/** Squared distance to the nearest inside pixel of the same column, by one pass down and one up. */
function columnDistances(
  squared: Float64Array,
  w: number,
  h: number,
  isInside: (x: number, y: number) => boolean,
): void {
  const steps = new Float64Array(w).fill(1e6);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      steps[x] = isInside(x, y) ? 0 : (steps[x] as number) + 1;
      squared[y * w + x] = steps[x] as number;
    }
  }
  steps.fill(1e6);
  for (let y = h - 1; y >= 0; y--) {
    for (let x = 0; x < w; x++) {
      const i = y * w + x;
      const d = Math.min(squared[i] as number, (steps[x] as number) + 1);
      steps[x] = d;
      squared[i] = Math.min(FAR, d * d);
    }
  }
}

/** out[x] = min over u of (x - u)^2 + f[u]. `parabolas` and `borders` are scratch space. */
function lowerEnvelope(f: Float64Array, out: Float64Array, parabolas: Int32Array, borders: Float64Array): void {
  let k = 0;
  parabolas[0] = 0;
  borders[0] = -Infinity;
  borders[1] = Infinity;
  for (let q = 1; q < f.length; q++) {
    let s = crossing(f, parabolas[k] as number, q);
    while (s <= (borders[k] as number)) s = crossing(f, parabolas[--k] as number, q);
    parabolas[++k] = q;
    borders[k] = s;
    borders[k + 1] = Infinity;
  }
  k = 0;
  for (let x = 0; x < out.length; x++) {
    while ((borders[k + 1] as number) < x) k++;
    const u = parabolas[k] as number;
    out[x] = (x - u) ** 2 + (f[u] as number);
  }
}

function crossing(f: Float64Array, p: number, q: number): number {
  return ((f[q] as number) + q * q - (f[p] as number) - p * p) / (2 * (q - p));
}
