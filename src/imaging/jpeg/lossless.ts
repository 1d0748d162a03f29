/** Lossless JPEG (ITU-T T.81 annex H): each sample predicted from its neighbours, the error Huffman-coded. */

import { CorruptImageError } from '../errors';
import type { JpegFrame } from './frame';
import type { BitReader, HuffmanTable } from './huffman';

export interface LosslessScan {
  readonly table: HuffmanTable;
  /** 1 to 7 (T.81 table H.1). */
  readonly predictor: number;
  /** Low bits left out by the encoder. */
  readonly pointTransform: number;
  readonly restartInterval: number;
}

/**
 * Samples of a one-component lossless scan, row by row. Arithmetic is modulo 2^16 (H.1.2.1).
 * @throws TruncatedImageError, CorruptImageError
 */
export function decodeLossless(frame: JpegFrame, scan: LosslessScan, bits: BitReader, name: string): Uint16Array {
  const { width, height, precision } = frame;
  const { table, predictor, pointTransform, restartInterval } = scan;
  if (predictor < 1 || predictor > 7 || pointTransform >= precision) {
    throw new CorruptImageError(name, 'JPEG', 'its predictor is not possible');
  }
  const out = new Uint16Array(width * height);
  const initial = 2 ** (precision - pointTransform - 1);
  // The first row of the image and of each restart interval is predicted from the left alone.
  let firstRow = 0;
  for (let i = 0; i < out.length; i++) {
    const x = i % width;
    const y = (i - x) / width;
    let start = i === 0;
    if (restartInterval > 0 && i > 0 && i % restartInterval === 0) {
      bits.restart();
      firstRow = y;
      start = true;
    }
    const left = out[i - 1] as number;
    const above = out[i - width] as number;
    const prediction = start
      ? initial
      : y === firstRow
        ? left
        : x === 0
          ? above
          : predict(predictor, left, above, out[i - width - 1] as number);
    const category = table.decode(bits);
    if (category > 16) throw new CorruptImageError(name, 'JPEG', 'a sample is out of range');
    out[i] = prediction + (category === 16 ? 32768 : bits.receiveExtended(category));
  }
  if (pointTransform > 0) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) << pointTransform;
  return out;
}

function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}
