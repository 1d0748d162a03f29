/** JPEG 2000 (ITU-T T.800) and its high-throughput part (T.814), by OpenJPEG. */

import { lazyCodec } from './codec';

export const openjpeg = lazyCodec(
  async () => ({
    factory: (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default,
    wasm: new URL('../../../node_modules/@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.wasm', import.meta.url),
  }),
  ({ J2KDecoder }) => new J2KDecoder(),
);

/** What a stream says of itself before anything is decoded. */
export interface StreamHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits a sample of the first component. */
  readonly precision: number;
  readonly lossy: boolean;
}

/** The box that holds the codestream in a JP2 file; DICOM wants the bare codestream. */
const JP2_CODESTREAM = 0x6a703263;
const JP2_SIGNATURE = 0x6a502020;
/** Tiles cost memory each, however small: no encoder cuts a radiograph into more. */
const MAX_TILES = 4096;

/** The codestream, taken out of a JP2 file where it lies in one. */
export function codestreamOf(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(4) !== JP2_SIGNATURE) return bytes;
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === JP2_CODESTREAM) return bytes.subarray(at + (length === 1 ? 16 : 8));
    // 1 stands for a length of 64 bits, 0 for the rest of the file.
    if (length < 8) break;
    at += length;
  }
  return bytes;
}

/**
 * The SIZ and COD segments of a codestream (T.800 A.5.1 and A.6.1).
 * @throws RangeError when it has no such header or one that no radiograph has
 */
export function readJpeg2000Header(stream: Uint8Array): StreamHeader {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (view.getUint32(0) !== 0xff4fff51) throw new RangeError('it does not begin like JPEG 2000');
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const [tileWidth, tileHeight] = [view.getUint32(24), view.getUint32(28)];
  const components = view.getUint16(40);
  const tiles = Math.ceil(right / Math.max(1, tileWidth)) * Math.ceil(bottom / Math.max(1, tileHeight));
  if (tiles > MAX_TILES) throw new RangeError(`it is cut into ${String(tiles)} tiles`);
  const depth = view.getUint8(42);
  const subsampled = view.getUint8(43) !== 1 || view.getUint8(44) !== 1;
  if (subsampled) throw new RangeError('it has fewer samples than pixels');
  return {
    width: right - left,
    height: bottom - top,
    components,
    precision: (depth & 0x7f) + 1,
    lossy: isIrreversible(view),
  };
}

/** By the wavelet of the first COD segment: 0 is the irreversible one. */
function isIrreversible(view: DataView): boolean {
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint16(at);
    if (marker === 0xff52) return view.getUint8(at + 13) === 0;
    if (marker === 0xff90 || marker < 0xff00) break;
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}
