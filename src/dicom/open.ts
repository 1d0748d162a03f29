/** Opens a file as a radiograph by what it contains, whatever its name says. */

import { CounterpartError } from '../errors';
import { CorruptImageError, EmptyFileError, NotAnImageError, type ImageFormatName } from '../imaging/errors';
import { isPng, latin1 } from '../imaging/png-chunks';
import type { Radiograph } from '../imaging/radiograph';
import { FrameOutOfRangeError } from './errors';

/**
 * Reads DICOM, PNG, JPEG or TIFF, and in a browser WebP and BMP; decoders are loaded when first needed.
 * @param name the file's name, for messages and as the radiograph's name
 * @param frame of a DICOM file of several, from 1; the first unless said
 * @throws FrameOutOfRangeError, and always CounterpartError always of a named kind: see imaging/errors.ts and dicom/errors.ts
 */
export async function openRadiograph(bytes: Uint8Array, name: string, frame = 1): Promise<Radiograph> {
  if (bytes.length === 0) throw new EmptyFileError(name);
  const picture = await openOnlyPicture(bytes, name);
  if (picture) {
    if (frame !== 1) throw new FrameOutOfRangeError(name, frame, 1);
    return picture;
  }
  const { readDicom } = await import('./read-dicom');
  const radiograph = await named(name, 'DICOM', () => readDicom(bytes, name, frame));
  if (!radiograph) throw new NotAnImageError(name);
  return radiograph;
}

/** Of a format that is no DICOM; undefined where it is none of them. */
async function openOnlyPicture(bytes: Uint8Array, name: string): Promise<Radiograph | undefined> {
  if (isPng(bytes)) {
    const { decodePng } = await import('../imaging/png');
    return named(name, 'PNG', () => decodePng(bytes, name));
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { decodeJpeg } = await import('../imaging/jpeg');
    return named(name, 'JPEG', () => decodeJpeg(bytes, name));
  }
  if (/^(?:II[*+]|MM\0[*+])/.test(latin1(bytes.subarray(0, 4)))) {
    const { decodeTiff } = await import('../imaging/tiff');
    return named(name, 'TIFF', () => decodeTiff(bytes, name));
  }
  if (/^(?:BM|RI)/.test(latin1(bytes.subarray(0, 2)))) {
    const { browserKind, decodeByBrowser } = await import('../imaging/by-browser');
    const kind = browserKind(bytes);
    if (kind) return named(name, kind.title, () => decodeByBrowser(bytes.slice(), kind, name));
  }
  return undefined;
}

/** A failure nobody foresaw still names the file and what to do. */
async function named<T>(name: string, format: ImageFormatName, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CounterpartError) throw error;
    throw new CorruptImageError(name, format, 'its content is not as the format demands', { cause: error });
  }
}
