/** Scans of the DCT processes: Huffman-coded coefficients, sequential (T.81 annex F) and progressive (annex G). */

import { CorruptImageError } from '../errors';
import type { JpegComponent, JpegFrame } from './frame';
import type { BitReader, HuffmanTable } from './huffman';

/** Position in a row-by-row 8 x 8 block of the k-th coefficient in zigzag order. */
export const ZIGZAG = new Uint8Array([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/** Quantised coefficients of one component, 64 a block, blocks row by row, padded to whole MCUs. */
export interface CoefficientPlane {
  readonly component: JpegComponent;
  /** Blocks that carry samples. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Blocks stored in a row. */
  readonly stride: number;
  readonly data: Int16Array;
}

export function allocatePlanes(frame: JpegFrame): readonly CoefficientPlane[] {
  const hMax = Math.max(...frame.components.map(({ h }) => h));
  const vMax = Math.max(...frame.components.map(({ v }) => v));
  const mcusWide = Math.ceil(frame.width / (8 * hMax));
  const mcusHigh = Math.ceil(frame.height / (8 * vMax));
  return frame.components.map((component) => ({
    component,
    blocksWide: Math.ceil(Math.ceil((frame.width * component.h) / hMax) / 8),
    blocksHigh: Math.ceil(Math.ceil((frame.height * component.v) / vMax) / 8),
    stride: mcusWide * component.h,
    data: new Int16Array(mcusWide * component.h * mcusHigh * component.v * 64),
  }));
}

export interface ScanComponent {
  readonly plane: CoefficientPlane;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

export interface Scan {
  readonly components: readonly ScanComponent[];
  /** Zigzag range of coefficients. */
  readonly spectralStart: number;
  readonly spectralEnd: number;
  /** Successive approximation: bit position before (0: first pass) and now. */
  readonly high: number;
  readonly low: number;
  readonly restartInterval: number;
}

type BlockDecoder = (plane: CoefficientPlane, at: number) => void;

/** Reads one scan into its planes. @throws TruncatedImageError, CorruptImageError */
export function decodeScan(scan: Scan, progressive: boolean, bits: BitReader, name: string): void {
  const state = new ScanState(scan, bits, name);
  const decoders = scan.components.map((component) => state.decoderFor(component, progressive));
  const [only] = scan.components;
  if (!only) throw new CorruptImageError(name, 'JPEG', 'a scan has no channel');
  // A scan of one component goes block by block over the samples; of several, MCU by MCU (T.81 A.2).
  const alone = scan.components.length === 1;
  const unitsWide = alone ? only.plane.blocksWide : only.plane.stride / only.plane.component.h;
  const unitsHigh = alone
    ? only.plane.blocksHigh
    : only.plane.data.length / (64 * only.plane.stride * only.plane.component.v);
  for (let unit = 0; unit < unitsWide * unitsHigh; unit++) {
    if (scan.restartInterval > 0 && unit > 0 && unit % scan.restartInterval === 0) state.restart();
    const x = unit % unitsWide;
    const y = (unit - x) / unitsWide;
    scan.components.forEach(({ plane }, i) => {
      const decode = decoders[i] as BlockDecoder;
      const h = alone ? 1 : plane.component.h;
      const v = alone ? 1 : plane.component.v;
      for (let row = 0; row < v; row++) {
        for (let column = 0; column < h; column++) decode(plane, ((y * v + row) * plane.stride + x * h + column) * 64);
      }
    });
  }
}

/** What a scan carries from block to block: DC predictions and the run of blocks that end early. */
class ScanState {
  private readonly predictions = new Map<CoefficientPlane, number>();
  private endOfBandRun = 0;

  constructor(
    private readonly scan: Scan,
    private readonly bits: BitReader,
    private readonly name: string,
  ) {}

  restart(): void {
    this.bits.restart();
    this.predictions.clear();
    this.endOfBandRun = 0;
  }

  decoderFor({ dc, ac }: ScanComponent, progressive: boolean): BlockDecoder {
    const { spectralStart, high } = this.scan;
    const missing = () => new CorruptImageError(this.name, 'JPEG', 'a code table is missing');
    if (!progressive) {
      if (!dc || !ac) throw missing();
      return (plane, at) => {
        this.firstDc(dc, plane, at);
        this.firstAc(ac, plane.data, at, 1, 63);
      };
    }
    if (spectralStart === 0) {
      if (high > 0) return (plane, at) => this.refineDc(plane.data, at);
      if (!dc) throw missing();
      return (plane, at) => this.firstDc(dc, plane, at);
    }
    if (!ac) throw missing();
    const { spectralEnd } = this.scan;
    return high > 0
      ? (plane, at) => this.refineAc(ac, plane.data, at)
      : (plane, at) => this.firstAc(ac, plane.data, at, spectralStart, spectralEnd);
  }

  private firstDc(table: HuffmanTable, plane: CoefficientPlane, at: number): void {
    const category = table.decode(this.bits);
    if (category > 16) throw new CorruptImageError(this.name, 'JPEG', 'a coefficient is out of range');
    const value = (this.predictions.get(plane) ?? 0) + this.bits.receiveExtended(category);
    this.predictions.set(plane, value);
    plane.data[at] = value * 2 ** this.scan.low;
  }

  private refineDc(data: Int16Array, at: number): void {
    if (this.bits.receive(1) === 1) data[at] = (data[at] as number) | (1 << this.scan.low);
  }

  /** F.2.2.2 and G.1.2.2: runs of zeros, values, and (progressive only) runs of ended bands. */
  private firstAc(table: HuffmanTable, data: Int16Array, at: number, start: number, end: number): void {
    if (this.endOfBandRun > 0) {
      this.endOfBandRun--;
      return;
    }
    const scale = 2 ** this.scan.low;
    for (let k = start; k <= end; k++) {
      const symbol = table.decode(this.bits);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0) {
        if (run < 15) {
          this.endOfBandRun = 2 ** run - 1 + this.bits.receive(run);
          return;
        }
        k += 15;
        continue;
      }
      k += run;
      if (k > end) throw new CorruptImageError(this.name, 'JPEG', 'a block has too many coefficients');
      data[at + (ZIGZAG[k] as number)] = this.bits.receiveExtended(size) * scale;
    }
  }

  /** G.1.2.3: one more bit for what is known, new values of magnitude one between. */
  private refineAc(table: HuffmanTable, data: Int16Array, at: number): void {
    const { spectralStart, spectralEnd, low } = this.scan;
    const bit = 1 << low;
    let k = spectralStart;
    while (this.endOfBandRun === 0 && k <= spectralEnd) {
      const symbol = table.decode(this.bits);
      let run = symbol >> 4;
      let value = 0;
      if ((symbol & 15) !== 0) value = this.bits.receive(1) === 1 ? bit : -bit;
      else if (run < 15) {
        this.endOfBandRun = 2 ** run + this.bits.receive(run);
        break;
      }
      for (; k <= spectralEnd; k++) {
        const i = at + (ZIGZAG[k] as number);
        if (data[i] !== 0) this.refine(data, i, bit);
        else if (run-- === 0) {
          data[i] = value;
          k++;
          break;
        }
      }
    }
    if (this.endOfBandRun > 0) {
      for (; k <= spectralEnd; k++) {
        const i = at + (ZIGZAG[k] as number);
        if (data[i] !== 0) this.refine(data, i, bit);
      }
      this.endOfBandRun--;
    }
  }

  private refine(data: Int16Array, i: number, bit: number): void {
    const value = data[i] as number;
    if (this.bits.receive(1) === 1 && (value & bit) === 0) data[i] = value < 0 ? value - bit : value + bit;
  }
}
