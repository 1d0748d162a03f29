/** The frame header of a JPEG (ITU-T T.81, B.2.2) and the storage that follows from it. */

import { CorruptImageError, TruncatedImageError, UnsupportedImageError } from '../errors';

export type JpegProcess = 'sequential' | 'progressive' | 'lossless';

export interface JpegComponent {
  readonly id: number;
  /** Sampling factors, 1 to 4. */
  readonly h: number;
  readonly v: number;
  readonly quantisation: number;
}

export interface JpegFrame {
  readonly process: JpegProcess;
  /** Bits a sample: 8 or 12 (DCT), 2 to 16 (lossless). */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
}

const PROCESSES: Readonly<Record<number, JpegProcess>> = {
  0xc0: 'sequential',
  0xc1: 'sequential',
  0xc2: 'progressive',
  0xc3: 'lossless',
};

/** Start-of-frame markers: 0xC0 to 0xCF but DHT, JPG and DAC. */
export function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** @param data the segment after its length @throws CorruptImageError, UnsupportedImageError */
export function parseFrame(marker: number, data: Uint8Array, name: string): JpegFrame {
  const process = PROCESSES[marker];
  if (!process)
    throw new UnsupportedImageError(name, marker >= 0xc9 ? 'JPEG with arithmetic coding' : 'hierarchical JPEG');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = data[5] ?? 0;
  if (data.length < 6 + 3 * count) throw new CorruptImageError(name, 'JPEG', 'its header is too short');
  const frame: JpegFrame = {
    process,
    precision: view.getUint8(0),
    height: view.getUint16(1),
    width: view.getUint16(3),
    components: Array.from({ length: count }, (_, i) => {
      const [id = 0, sampling = 0, quantisation = 0] = data.subarray(6 + 3 * i);
      return { id, h: sampling >> 4, v: sampling & 15, quantisation };
    }),
  };
  const { precision } = frame;
  if (process === 'lossless' ? precision < 2 || precision > 16 : precision !== 8 && precision !== 12) {
    throw new CorruptImageError(name, 'JPEG', `${precision} bits a sample are not possible`);
  }
  if (count !== 1 && count !== 3) throw new UnsupportedImageError(name, `JPEG with ${count} colour channels`);
  if (frame.components.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) {
    throw new CorruptImageError(name, 'JPEG', 'its sampling factors are not possible');
  }
  return frame;
}

/**
 * The frame header of a JPEG, found without decoding anything.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError
 */
export function findFrame(bytes: Uint8Array, name: string): JpegFrame {
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined || at + 4 > bytes.length) throw new TruncatedImageError(name, 'JPEG');
    if (bytes[at] !== 0xff) throw new CorruptImageError(name, 'JPEG', 'its blocks do not follow each other');
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    if (at + 2 + length > bytes.length) throw new TruncatedImageError(name, 'JPEG');
    if (isFrameMarker(marker)) return parseFrame(marker, bytes.subarray(at + 4, at + 2 + length), name);
    if (length < 2 || marker === 0xda || marker === 0xd9)
      throw new CorruptImageError(name, 'JPEG', 'its header is missing');
    at += 2 + length;
  }
}
