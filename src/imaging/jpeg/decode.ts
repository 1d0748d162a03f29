/** JPEG (ITU-T T.81) to samples: baseline, extended (8 and 12 bits), progressive and lossless Huffman processes. */

import { CorruptImageError, MAX_PIXELS, TruncatedImageError, UnsupportedImageError } from '../errors';
import { allocatePlanes, decodeScan, type CoefficientPlane, type ScanComponent } from './coefficients';
import { findFrame, isFrameMarker, type JpegFrame } from './frame';
import { BitReader, HuffmanTable } from './huffman';
import { samplesOf } from './inverse-dct';
import { decodeLossless } from './lossless';

export interface JpegImage {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly precision: number;
  /** 1 (grey) or 3 (RGB, interleaved). */
  readonly channels: number;
  readonly data: Uint8Array | Uint16Array;
}

/** More scans than any encoder writes: only a file made to waste time has them. */
const MAX_SCANS = 500;
/** Scans times pixels that may be decoded: encoders write a dozen scans, for the largest image here sixteen are allowed. */
const MAX_SCANNED_PIXELS = 16 * MAX_PIXELS;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * Decodes a JPEG. `accept` sees the frame header before anything is allocated and may throw.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, and whatever `accept` throws
 */
export function decodeJpeg(bytes: Uint8Array, name: string, accept: (frame: JpegFrame) => void): JpegImage {
  if (bytes.length < 4) throw new TruncatedImageError(name, 'JPEG');
  if (!isJpeg(bytes)) throw new CorruptImageError(name, 'JPEG', 'it does not begin like one');
  const frame = findFrame(bytes, name);
  accept(frame);
  // Before anything is decoded: each scan may visit every pixel, however few bytes it has.
  if (
    frame.process === 'progressive' &&
    countScans(bytes) > Math.max(12, MAX_SCANNED_PIXELS / (frame.width * frame.height))
  )
    throw new CorruptImageError(name, 'JPEG', 'it has more scans than an image of its size can need');
  return new JpegDecoder(bytes, name, frame).decode();
}

class JpegDecoder {
  private readonly quantisation = new Map<number, Uint16Array>();
  private readonly dc = new Map<number, HuffmanTable>();
  private readonly ac = new Map<number, HuffmanTable>();
  private readonly planes: readonly CoefficientPlane[];
  private readonly seen = new Set<CoefficientPlane>();
  private restartInterval = 0;
  private adobeTransform: number | undefined;
  private lossless: Uint16Array | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly name: string,
    private readonly frame: JpegFrame,
  ) {
    this.planes = frame.process === 'lossless' ? [] : allocatePlanes(frame);
  }

  decode(): JpegImage {
    let at = 2;
    let scans = 0;
    for (;;) {
      const marker = this.bytes[at + 1];
      if (this.bytes[at] === undefined || marker === undefined) {
        if (this.isWhole()) return this.image();
        throw new TruncatedImageError(this.name, 'JPEG');
      }
      if (this.bytes[at] !== 0xff) throw this.corrupt('its blocks do not follow each other');
      if (marker === 0xff) {
        at++;
        continue;
      }
      if (marker === 0xd9) return this.image();
      const segment = this.segment(at);
      at += 4 + segment.length;
      if (marker === 0xda) {
        if (++scans > MAX_SCANS) throw this.corrupt('it has too many scans');
        at = nextMarker(this.bytes, this.scan(segment, at));
        if (this.lossless) return this.image();
      } else this.table(marker, segment);
    }
  }

  private segment(at: number): Uint8Array {
    const length = ((this.bytes[at + 2] ?? 0) << 8) | (this.bytes[at + 3] ?? 0);
    if (at + 4 > this.bytes.length || at + 2 + length > this.bytes.length)
      throw new TruncatedImageError(this.name, 'JPEG');
    if (length < 2) throw this.corrupt('a block has no length');
    return this.bytes.subarray(at + 4, at + 2 + length);
  }

  private table(marker: number, data: Uint8Array): void {
    if (marker === 0xdb) this.quantisationTables(data);
    else if (marker === 0xc4) this.huffmanTables(data);
    else if (marker === 0xdd) this.restartInterval = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
    else if (marker === 0xee && String.fromCharCode(...data.subarray(0, 5)) === 'Adobe') this.adobeTransform = data[11];
    else if (marker === 0xcc) throw new UnsupportedImageError(this.name, 'JPEG with arithmetic coding');
    else if (isFrameMarker(marker) && this.seen.size > 0)
      throw new UnsupportedImageError(this.name, 'hierarchical JPEG');
  }

  private quantisationTables(data: Uint8Array): void {
    for (let at = 0; at < data.length;) {
      const wide = (data[at] as number) >> 4 ? 2 : 1;
      const id = (data[at] as number) & 15;
      if (at + 1 + 64 * wide > data.length) throw this.corrupt('a quantisation table is too short');
      const table = new Uint16Array(64);
      for (let k = 0; k < 64; k++) {
        const i = at + 1 + k * wide;
        table[k] = wide === 2 ? ((data[i] as number) << 8) | (data[i + 1] as number) : (data[i] as number);
      }
      this.quantisation.set(id, table);
      at += 1 + 64 * wide;
    }
  }

  private huffmanTables(data: Uint8Array): void {
    for (let at = 0; at < data.length;) {
      const counts = data.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (counts.length < 16 || at + 17 + total > data.length) throw this.corrupt('a code table is too short');
      const table = new HuffmanTable(counts, data.subarray(at + 17, at + 17 + total), this.name);
      ((data[at] as number) >> 4 ? this.ac : this.dc).set((data[at] as number) & 15, table);
      at += 17 + total;
    }
  }

  /** Decodes the scan whose data begins at `at`; returns where its data ends. */
  private scan(header: Uint8Array, at: number): number {
    const count = header[0] ?? 0;
    if (count < 1 || count > 4 || header.length < 4 + 2 * count) throw this.corrupt('a scan header is too short');
    const [start = 0, end = 0, approximation = 0] = header.subarray(1 + 2 * count);
    const selected = Array.from({ length: count }, (_, i) => ({
      index: this.frame.components.findIndex(({ id }) => id === header[1 + 2 * i]),
      dc: this.dc.get((header[2 + 2 * i] as number) >> 4),
      ac: this.ac.get((header[2 + 2 * i] as number) & 15),
    }));
    const bits = new BitReader(this.bytes, at, this.name);
    if (this.frame.process === 'lossless') {
      const table = selected[0]?.dc;
      if (count !== 1 || this.frame.components.length !== 1)
        throw new UnsupportedImageError(this.name, 'lossless JPEG in colour');
      if (!table) throw this.corrupt('a code table is missing');
      const { restartInterval } = this;
      this.lossless = decodeLossless(
        this.frame,
        { table, predictor: start, pointTransform: approximation & 15, restartInterval },
        bits,
        this.name,
      );
      return bits.position;
    }
    const components = selected.map(({ index, dc, ac }): ScanComponent => {
      const plane = this.planes[index];
      if (!plane) throw this.corrupt('a scan names an unknown channel');
      this.seen.add(plane);
      return { plane, dc, ac };
    });
    const progressive = this.frame.process === 'progressive';
    if (progressive && (start > end || end > 63 || (start > 0 && count > 1)))
      throw this.corrupt('a scan covers no coefficients');
    const high = progressive ? approximation >> 4 : 0;
    const low = progressive ? approximation & 15 : 0;
    if (low > 13) throw this.corrupt('a scan has an impossible precision');
    const scan = {
      components,
      spectralStart: start,
      spectralEnd: end,
      high,
      low,
      restartInterval: this.restartInterval,
    };
    decodeScan(scan, progressive, bits, this.name);
    return bits.position;
  }

  /** A sequential image whose scans are all there is whole even when its end marker is missing. */
  private isWhole(): boolean {
    return this.frame.process === 'sequential' && this.seen.size === this.planes.length;
  }

  private image(): JpegImage {
    const { width, height, precision } = this.frame;
    if (this.lossless) {
      const data = precision <= 8 ? Uint8Array.from(this.lossless) : this.lossless;
      return { width, height, precision, channels: 1, data };
    }
    if (this.seen.size < this.planes.length) throw this.corrupt('a channel is missing');
    const channels = this.planes.length;
    const data =
      precision === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
    this.planes.forEach((plane, channel) => {
      this.writeChannel(plane, channel, channels, data);
    });
    if (channels === 3 && !this.isRgb()) toRgb(data, 2 ** precision);
    return { width, height, precision, channels, data };
  }

  private writeChannel(
    plane: CoefficientPlane,
    channel: number,
    channels: number,
    out: Uint8Array | Uint16Array,
  ): void {
    const table = this.quantisation.get(plane.component.quantisation);
    if (!table) throw this.corrupt('a quantisation table is missing');
    const { stride, data } = samplesOf(plane, table, this.frame.precision);
    const { width, height, components } = this.frame;
    const xScale = plane.component.h / Math.max(...components.map(({ h }) => h));
    const yScale = plane.component.v / Math.max(...components.map(({ v }) => v));
    for (let y = 0; y < height; y++) {
      const from = Math.floor(y * yScale) * stride;
      for (let x = 0; x < width; x++)
        out[(y * width + x) * channels + channel] = data[from + Math.floor(x * xScale)] as number;
    }
  }

  /** Three channels are YCbCr unless Adobe's marker or the channel names say RGB. */
  private isRgb(): boolean {
    if (this.adobeTransform !== undefined) return this.adobeTransform === 0;
    return String.fromCharCode(...this.frame.components.map(({ id }) => id)) === 'RGB';
  }

  private corrupt(reason: string): CorruptImageError {
    return new CorruptImageError(this.name, 'JPEG', reason);
  }
}

function countScans(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xda) count++;
  return count;
}

/** The next marker at or after `at` that is no restart, or the end of the bytes. */
function nextMarker(bytes: Uint8Array, at: number): number {
  for (let i = at; i + 1 < bytes.length; i++) {
    const next = bytes[i + 1] as number;
    if (bytes[i] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return i;
  }
  return bytes.length;
}

/** YCbCr of JFIF (ITU-R BT.601, full range) to RGB in place. */
function toRgb(data: Uint8Array | Uint16Array, levels: number): void {
  const middle = levels / 2;
  const clip = (value: number): number => Math.min(levels - 1, Math.max(0, Math.round(value)));
  for (let i = 0; i + 2 < data.length; i += 3) {
    const y = data[i] as number;
    const cb = (data[i + 1] as number) - middle;
    const cr = (data[i + 2] as number) - middle;
    data[i] = clip(y + 1.402 * cr);
    data[i + 1] = clip(y - 0.344136 * cb - 0.714136 * cr);
    data[i + 2] = clip(y + 1.772 * cb);
  }
}
