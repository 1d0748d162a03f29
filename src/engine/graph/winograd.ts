/**
 * Winograd's minimal filtering for 3x3 windows (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016):
 * a tile of m x m results is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, (m + 2)² products in place of 9 m². The matrices are those of the points
 * 0, ±1, ∞ for m = 2, and 0, ±√½, ±√2, ∞ for m = 4: with these the sums of Bᵀ stay small, and so does the error.
 */

export type TileSide = 2 | 4;

const ROOT = Math.SQRT2;

/** G g: m + 2 numbers from three, stored `step` apart. Millions of times at load, so nothing is allocated. */
export function transformWeights(
  side: TileSide,
  g0: number,
  g1: number,
  g2: number,
  to: Float64Array | Float32Array,
  start: number,
  step: number,
): void {
  to[start] = g0;
  to[start + (side + 1) * step] = g2;
  const even = side === 2 ? (g0 + g2) / 2 : (-2 / 3) * (g0 + g2 / 2);
  const odd = side === 2 ? g1 / 2 : (-ROOT / 3) * g1;
  to[start + step] = even + odd;
  to[start + 2 * step] = even - odd;
  if (side === 2) return;
  const farEven = (g0 + 2 * g2) / 6;
  const farOdd = (ROOT / 6) * g1;
  to[start + 3 * step] = farEven + farOdd;
  to[start + 4 * step] = farEven - farOdd;
}

/** What the transforms need of numbers, so that the same text serves vectors of the module and plain numbers of a test. */
export interface Arithmetic<Num> {
  readonly add: (a: Num, b: Num) => Num;
  readonly subtract: (a: Num, b: Num) => Num;
  readonly scale: (a: Num, by: number) => Num;
  /** Given a name, for it is used more than once. */
  readonly hold: (a: Num) => Num;
}

/** Bᵀ d. @param d m + 2 numbers */
export function transformInput<Num>(
  side: TileSide,
  d: readonly Num[],
  { add, subtract, scale, hold }: Arithmetic<Num>,
): Num[] {
  if (side === 2) {
    const [d0, d1, d2, d3] = d as [Num, Num, Num, Num];
    return [subtract(d0, d2), add(d1, d2), subtract(d2, d1), subtract(d3, d1)];
  }
  const [d0, d1, d2, d3, d4, d5] = d as [Num, Num, Num, Num, Num, Num];
  const nearEven = hold(subtract(d4, scale(d2, 2)));
  const nearOdd = hold(scale(subtract(d3, scale(d1, 2)), ROOT / 2));
  const farEven = hold(subtract(d4, scale(d2, 0.5)));
  const farOdd = hold(scale(subtract(d3, scale(d1, 0.5)), ROOT));
  return [
    add(subtract(d0, scale(d2, 2.5)), d4),
    add(nearEven, nearOdd),
    subtract(nearEven, nearOdd),
    add(farEven, farOdd),
    subtract(farEven, farOdd),
    add(subtract(d1, scale(d3, 2.5)), d5),
  ];
}

/** Aᵀ m. @param m side + 2 numbers @returns side numbers */
export function transformOutput<Num>(
  side: TileSide,
  m: readonly Num[],
  { add, subtract, scale, hold }: Arithmetic<Num>,
): Num[] {
  if (side === 2) {
    const [m0, m1, m2, m3] = m as [Num, Num, Num, Num];
    return [add(add(m0, m1), m2), add(subtract(m1, m2), m3)];
  }
  const [m0, m1, m2, m3, m4, m5] = m as [Num, Num, Num, Num, Num, Num];
  const [nearSum, nearGap] = [hold(add(m1, m2)), hold(subtract(m1, m2))];
  const [farSum, farGap] = [hold(add(m3, m4)), hold(subtract(m3, m4))];
  return [
    add(add(m0, nearSum), farSum),
    add(scale(nearGap, ROOT / 2), scale(farGap, ROOT)),
    add(scale(nearSum, 0.5), scale(farSum, 2)),
    add(add(scale(nearGap, ROOT / 4), scale(farGap, 2 * ROOT)), m5),
  ];
}
