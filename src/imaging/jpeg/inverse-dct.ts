/** From quantised coefficients to samples: inverse DCT after Loeffler, Ligtenberg and Moschytz (ICASSP 1989), in floats. */

import { ZIGZAG, type CoefficientPlane } from './coefficients';

/** Samples of one component, row by row, `stride` a row. */
export interface SamplePlane {
  readonly stride: number;
  readonly data: Uint8Array | Uint16Array;
}

/**
 * Dequantises and transforms every block that carries samples.
 * @param quantisation 64 divisors in zigzag order
 * @param precision bits a sample: 8 or 12
 */
export function samplesOf(plane: CoefficientPlane, quantisation: Uint16Array, precision: number): SamplePlane {
  const { blocksWide, blocksHigh } = plane;
  const stride = blocksWide * 8;
  const data = precision === 8 ? new Uint8Array(stride * blocksHigh * 8) : new Uint16Array(stride * blocksHigh * 8);
  const divisors = new Float64Array(64);
  for (let k = 0; k < 64; k++) divisors[ZIGZAG[k] as number] = (quantisation[k] as number) / 8;
  const middle = 2 ** (precision - 1);
  const greatest = 2 ** precision - 1;
  const block = new Float64Array(64);
  for (let row = 0; row < blocksHigh; row++) {
    for (let column = 0; column < blocksWide; column++) {
      const from = (row * plane.stride + column) * 64;
      for (let i = 0; i < 64; i++) block[i] = (plane.data[from + i] as number) * (divisors[i] as number);
      for (let y = 0; y < 8; y++) transform(block, y * 8, 1);
      for (let x = 0; x < 8; x++) transform(block, x, 8);
      for (let i = 0; i < 64; i++) {
        const value = Math.round((block[i] as number) + middle);
        data[(row * 8 + (i >> 3)) * stride + column * 8 + (i & 7)] =
          value < 0 ? 0 : value > greatest ? greatest : value;
      }
    }
  }
  return { stride, data };
}

/** One-dimensional 8-point inverse DCT in place, sqrt(8) times the orthonormal one. */
function transform(b: Float64Array, at: number, step: number): void {
  const s0 = b[at] as number;
  const s1 = b[at + step] as number;
  const s2 = b[at + 2 * step] as number;
  const s3 = b[at + 3 * step] as number;
  const s4 = b[at + 4 * step] as number;
  const s5 = b[at + 5 * step] as number;
  const s6 = b[at + 6 * step] as number;
  const s7 = b[at + 7 * step] as number;
  // Even half: a rotation by pi/8 (scaled) and two butterflies.
  const r = (s2 + s6) * 0.541196100146197;
  const e2 = r - s6 * 1.847759065022573;
  const e3 = r + s2 * 0.765366864730179;
  const p0 = s0 + s4 + e3;
  const p3 = s0 + s4 - e3;
  const p1 = s0 - s4 + e2;
  const p2 = s0 - s4 - e2;
  // Odd half.
  const z5 = (s7 + s3 + s5 + s1) * 1.175875602419359;
  const z1 = (s7 + s1) * -0.899976223136416;
  const z2 = (s5 + s3) * -2.562915447741506;
  const z3 = (s7 + s3) * -1.961570560806461 + z5;
  const z4 = (s5 + s1) * -0.390180644032257 + z5;
  const q0 = s7 * 0.298631336489549 + z1 + z3;
  const q1 = s5 * 2.053119869028158 + z2 + z4;
  const q2 = s3 * 3.072711026572246 + z2 + z3;
  const q3 = s1 * 1.501321110041448 + z1 + z4;
  b[at] = p0 + q3;
  b[at + step] = p1 + q2;
  b[at + 2 * step] = p2 + q1;
  b[at + 3 * step] = p3 + q0;
  b[at + 4 * step] = p3 - q0;
  b[at + 5 * step] = p2 - q1;
  b[at + 6 * step] = p1 - q2;
  b[at + 7 * step] = p0 - q3;
}
