/** One compressed frame to pixel cells, by a decoder that is fetched when it is first needed. */

import { CorruptDicomError } from '../errors';
import type { Cells } from '../pixel-data';
import type { PixelModule } from '../pixel-module';
import { charls, readJpegLsHeader, withEndMarker } from './jpeg-ls';
import { codestreamOf, openjpeg, readJpeg2000Header } from './jpeg2000';

const CODECS = {
  'jpeg-ls': { title: 'JPEG-LS', codec: charls, streamOf: withEndMarker, header: readJpegLsHeader },
  jpeg2000: { title: 'JPEG 2000', codec: openjpeg, streamOf: codestreamOf, header: readJpeg2000Header },
} as const;

/**
 * Decodes nothing whose own header is not that of the image: what a decoder allocates follows from it.
 * @throws CorruptDicomError
 */
export async function codecCells(
  encoding: keyof typeof CODECS,
  fragments: Uint8Array,
  { width, height, bitsAllocated }: PixelModule,
  name: string,
): Promise<{ readonly cells: Cells; readonly lossy: boolean }> {
  const { title, codec, streamOf, header } = CODECS[encoding];
  const corrupt = (reason: string, cause?: unknown): CorruptDicomError =>
    new CorruptDicomError(name, reason, cause === undefined ? undefined : { cause });
  const stream = streamOf(fragments);
  const stated = attempt(
    () => header(stream),
    (error) => corrupt(`its ${title} data cannot be read`, error),
  );
  if (stated.width !== width || stated.height !== height)
    throw corrupt(`it states ${width} × ${height} pixels, its ${title} ${stated.width} × ${stated.height}`);
  if (stated.components !== 1) throw corrupt(`its ${title} is in colour although it says it is not`);
  if (stated.precision > bitsAllocated) throw corrupt(`its ${title} has more bits than it says`);
  const { frame, samples } = await codec.decode(stream).catch((error: unknown) => {
    throw corrupt(`its ${title} data cannot be read`, error);
  });
  const bytesPerSample = frame.bitsPerSample > 8 ? 2 : 1;
  if (frame.width !== width || frame.height !== height || samples.length !== width * height * bytesPerSample)
    throw corrupt(`its ${title} data ends before the image does`);
  const cells = bytesPerSample === 1 ? samples : new Uint16Array(samples.buffer);
  return { cells, lossy: stated.lossy };
}

function attempt<T>(read: () => T, otherwise: (error: unknown) => Error): T {
  try {
    return read();
  } catch (error) {
    throw otherwise(error);
  }
}
