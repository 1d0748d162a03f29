/** JPEG-LS (ITU-T T.87), by CharLS. */

import { joinedBytes } from '../../imaging/bytes';
import { lazyCodec } from './codec';
import type { StreamHeader } from './jpeg2000';

export const charls = lazyCodec(
  async () => ({
    factory: (await import('@cornerstonejs/codec-charls/decodewasmjs')).default,
    wasm: new URL('../../../node_modules/@cornerstonejs/codec-charls/dist/charlswasm_decode.wasm', import.meta.url),
  }),
  ({ JpegLSDecoder }) => new JpegLSDecoder(),
);

/**
 * The stream with an end marker (T.87 C.1.1) where it has none: CharLS looks for one for half a minute behind what was cut
 * off. After the marker it knows that the data has ended.
 */
export function withEndMarker(stream: Uint8Array): Uint8Array {
  let end = stream.length;
  while (end > 0 && stream[end - 1] === 0) end--;
  if (stream[end - 2] === 0xff && stream[end - 1] === 0xd9) return stream.subarray(0, end);
  return joinedBytes([stream, Uint8Array.of(0xff, 0xd9)]);
}

const FRAME = 0xfff7;
const SCAN = 0xffda;

/**
 * Frame and scan header of a stream (T.87 C.2.2 and C.2.3).
 * @throws RangeError when it has none
 */
export function readJpegLsHeader(stream: Uint8Array): StreamHeader {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (view.getUint16(0) !== 0xffd8) throw new RangeError('it does not begin like JPEG-LS');
  let frame: Omit<StreamHeader, 'lossy'> | undefined;
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint16(at);
    if (marker === FRAME) {
      frame = {
        precision: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
    }
    if (marker === SCAN) {
      if (!frame) break;
      return { ...frame, lossy: view.getUint8(at + 5 + 2 * view.getUint8(at + 4)) > 0 };
    }
    if (marker < 0xff01) break;
    at += 2 + view.getUint16(at + 2);
  }
  throw new RangeError('it is no JPEG-LS');
}
