/**
 * Noise that is a function of (seed, step, draw, index): Philox4x32-10 (Salmon et al., SC 2011) counts, and the inverse
 * normal distribution by Wichura's AS 241 (1988) shapes it. Only + - * / and sqrt are used, which IEEE 754 rounds
 * alike everywhere, so a seed gives the same bits on every machine; Math.log and Math.cos would not promise that.
 */

import { kernels } from '../imaging/kernels/current';

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

export type Words = readonly [number, number, number, number];

/** Four random 32-bit words of a 128-bit counter under a 64-bit key. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  const out = new Uint32Array(counter);
  philoxIn(out, key[0], key[1]);
  return [out[0] as number, out[1] as number, out[2] as number, out[3] as number];
}

/** The same in place: thousands of counters make one noise. */
function philoxIn(words: Uint32Array, key0: number, key1: number): void {
  let [c0, c1] = [words[0] as number, words[1] as number];
  let [c2, c3] = [words[2] as number, words[3] as number];
  let [k0, k1] = [key0 | 0, key1 | 0];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(M0, c0);
    const high1 = multiplyHigh(M1, c2);
    const low0 = Math.imul(M0, c0);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/** Upper 32 bits of the product of two words without a sign, by halves: no partial sum leaves 32 bits. @returns with a sign */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow] = [a >>> 16, a & 0xffff];
  const [bHigh, bLow] = [b >>> 16, b & 0xffff];
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Standard normal float32 values.
 * @param seed non-negative safe integer; its low and next 32 bits are Philox's key
 * @param step, @param draw, @param stream select independent streams
 * @param own null: without kernels, which give the same bits
 */
export function gaussianNoise(
  seed: number,
  step: number,
  draw: number,
  length: number,
  stream = 0,
  own = kernels(),
): Float32Array {
  const [key0, key1] = [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0];
  if (own !== null) return own.noise([key0, key1], step, draw, stream, length);
  const out = new Float32Array(length);
  const words = new Uint32Array(4);
  for (let block = 0; block * 4 < length; block++) {
    words[0] = block;
    words[1] = step;
    words[2] = draw;
    words[3] = stream;
    philoxIn(words, key0, key1);
    for (let lane = 0; lane < 4 && block * 4 + lane < length; lane++) {
      out[block * 4 + lane] = inverseNormal(((words[lane] as number) + 0.5) / 0x100000000);
    }
  }
  return out;
}

// AS 241, PPND16: numerators and denominators by Horner's rule, written out: a loop over coefficients costs twice as much.

function centreAbove(r: number): number {
  const high = ((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987;
  return (((high * r + 13731.69376550946) * r + 1971.5909503065513) * r + 133.14166789178438) * r + 3.3871328727963665;
}

function centreBelow(r: number): number {
  const high = ((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597;
  return (((high * r + 5394.196021424751) * r + 687.1870074920579) * r + 42.31333070160091) * r + 1;
}

function tailAbove(r: number): number {
  const high = ((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684;
  return (((high * r + 3.6478483247632045) * r + 5.769497221460691) * r + 4.630337846156546) * r + 1.4234371107496835;
}

function tailBelow(r: number): number {
  const high =
    ((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008;
  return (((high * r + 0.6897673349851) * r + 1.6763848301838038) * r + 2.053191626637759) * r + 1;
}

/** Quantile of the standard normal for p in [2^-33, 1 - 2^-33], where AS 241's far tail is never reached. */
export function inverseNormal(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * centreAbove(r)) / centreBelow(r);
  }
  const r = Math.sqrt(-naturalLog(q < 0 ? p : 1 - p)) - 1.6;
  const value = tailAbove(r) / tailBelow(r);
  return q < 0 ? -value : value;
}

/** 1 / 25, 1 / 23 … 1. */
const ODD = Float64Array.from({ length: 13 }, (_, k) => 1 / (25 - 2 * k));
const LN2 = 0.6931471805599453;

/** ln x for x in (0, 1): x = m / 2^k with m in [0.75, 1.5), then 2 artanh((m - 1) / (m + 1)). */
function naturalLog(x: number): number {
  let mantissa = x;
  let halvings = 0;
  while (mantissa < 0.75) {
    mantissa *= 2;
    halvings += 1;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  // Of these no quotient is told to less than its last bit, so that they can be told beforehand.
  for (let k = 0; k < ODD.length; k++) sum = sum * square + (ODD[k] as number);
  return 2 * ratio * sum - halvings * LN2;
}
