/** Radiographs from WebP and BMP files, by the browser's own decoder: 8 bits, in a worker or the page. */

import { checkSize, CorruptImageError, OnlyInBrowserError } from './errors';
import { greyFromChannels } from './grey';
import { latin1 } from './png-chunks';
import { newRadiographId, type Radiograph } from './radiograph';
import { fullWindow } from './window';

/** Files that the browser decodes: what they are called, and the size that their header states. */
interface Kind {
  readonly format: 'webp' | 'bmp';
  readonly title: 'WebP' | 'BMP';
  readonly lossy: boolean;
  readonly width: number;
  readonly height: number;
}

/** Lengths of the headers that state the size in 32 bits. */
const BMP_HEADERS = new Set([40, 52, 56, 64, 108, 124]);

/** Undefined for all other files. */
export function browserKind(bytes: Uint8Array): Kind | undefined {
  if (bytes.length < 30) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0x42 && bytes[1] === 0x4d && BMP_HEADERS.has(view.getUint32(14, true))) {
    // Rows from the top have a negative height.
    const [width, height] = [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
    return { format: 'bmp', title: 'BMP', lossy: false, width, height };
  }
  if (latin1(bytes.subarray(0, 4)) !== 'RIFF' || latin1(bytes.subarray(8, 12)) !== 'WEBP') return undefined;
  const webp = (lossy: boolean, width: number, height: number): Kind => ({
    format: 'webp',
    title: 'WebP',
    lossy,
    width,
    height,
  });
  switch (latin1(bytes.subarray(12, 16))) {
    case 'VP8 ':
      return webp(true, view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const size = view.getUint32(21, true);
      return webp(false, (size & 0x3fff) + 1, ((size >> 14) & 0x3fff) + 1);
    }
    default:
      return webp(true, (view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1);
  }
}

/**
 * The size is checked before anything is decoded.
 * @throws OnlyInBrowserError, CorruptImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, kind: Kind, name: string): Promise<Radiograph> {
  const { format, title, lossy } = kind;
  checkSize(name, kind.width, kind.height);
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function')
    throw new OnlyInBrowserError(name, title);
  const { width, height, data } = await pixelsOf(bytes, `image/${format}`).catch((cause: unknown) => {
    throw new CorruptImageError(name, title, 'the browser cannot decode it', { cause });
  });
  const { samples, notes } = greyFromChannels(new Uint8Array(data.buffer), 4, name);
  const plain = {
    id: newRadiographId(),
    name,
    format,
    width,
    height,
    pixels: samples,
    bitsStored: 8,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    ...(lossy && { lossy: { methods: [], ratios: [Number((samples.length / bytes.length).toFixed(2))] } }),
    synthetic: false,
    notes,
  } as const;
  return { ...plain, window: fullWindow(plain) };
}

async function pixelsOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ImageData> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
    imageOrientation: 'from-image',
  });
  try {
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}
