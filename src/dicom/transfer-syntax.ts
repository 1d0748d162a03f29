/** Transfer syntaxes of DICOM PS3.5 section 10 and annex A: how a data set and its pixels are encoded. */

export const IMPLICIT_LITTLE = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
export const EXPLICIT_BIG = '1.2.840.10008.1.2.2';

/** Bit encoding of the pixel data of the syntaxes that can be read. */
export type PixelEncoding = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg2000';

export interface TransferSyntax {
  readonly title: string;
  /** Absent: known by name, but its pixels cannot be read. */
  readonly encoding?: PixelEncoding;
  /** The defined term of LossyImageCompressionMethod (PS3.3 C.7.6.1.1.5.1) of a syntax whose pixels may have lost something. */
  readonly lossyMethod?: string;
}

const TRANSFER_SYNTAXES: Readonly<Record<string, TransferSyntax>> = {
  [IMPLICIT_LITTLE]: { title: 'Implicit VR Little Endian', encoding: 'native' },
  [EXPLICIT_LITTLE]: { title: 'Explicit VR Little Endian', encoding: 'native' },
  [DEFLATED]: { title: 'Deflated Explicit VR Little Endian', encoding: 'native' },
  [EXPLICIT_BIG]: { title: 'Explicit VR Big Endian', encoding: 'native' },
  '1.2.840.10008.1.2.5': { title: 'RLE Lossless', encoding: 'rle' },
  '1.2.840.10008.1.2.4.50': { title: 'JPEG Baseline (Process 1)', encoding: 'jpeg', lossyMethod: 'ISO_10918_1' },
  '1.2.840.10008.1.2.4.51': { title: 'JPEG Extended (Process 2 & 4)', encoding: 'jpeg', lossyMethod: 'ISO_10918_1' },
  '1.2.840.10008.1.2.4.55': { title: 'JPEG Full Progression', encoding: 'jpeg', lossyMethod: 'ISO_10918_1' },
  '1.2.840.10008.1.2.4.57': { title: 'JPEG Lossless (Process 14)', encoding: 'jpeg' },
  '1.2.840.10008.1.2.4.70': { title: 'JPEG Lossless, First-Order Prediction', encoding: 'jpeg' },
  '1.2.840.10008.1.2.4.80': { title: 'JPEG-LS Lossless', encoding: 'jpeg-ls' },
  '1.2.840.10008.1.2.4.81': { title: 'JPEG-LS Near-Lossless', encoding: 'jpeg-ls', lossyMethod: 'ISO_14495_1' },
  '1.2.840.10008.1.2.4.90': { title: 'JPEG 2000 Lossless', encoding: 'jpeg2000' },
  '1.2.840.10008.1.2.4.91': { title: 'JPEG 2000', encoding: 'jpeg2000', lossyMethod: 'ISO_15444_1' },
  '1.2.840.10008.1.2.4.92': { title: 'JPEG 2000 Part 2 Multi-component Lossless' },
  '1.2.840.10008.1.2.4.93': { title: 'JPEG 2000 Part 2 Multi-component' },
  '1.2.840.10008.1.2.4.94': { title: 'JPIP Referenced' },
  '1.2.840.10008.1.2.4.95': { title: 'JPIP Referenced Deflate' },
  '1.2.840.10008.1.2.4.100': { title: 'MPEG2 Main Profile' },
  '1.2.840.10008.1.2.4.102': { title: 'MPEG-4 AVC/H.264 High Profile' },
  '1.2.840.10008.1.2.4.107': { title: 'HEVC/H.265 Main Profile' },
  '1.2.840.10008.1.2.4.110': { title: 'JPEG XL Lossless' },
  '1.2.840.10008.1.2.4.111': { title: 'JPEG XL JPEG Recompression' },
  '1.2.840.10008.1.2.4.112': { title: 'JPEG XL' },
  '1.2.840.10008.1.2.4.201': { title: 'High-Throughput JPEG 2000 Lossless', encoding: 'jpeg2000' },
  '1.2.840.10008.1.2.4.202': { title: 'High-Throughput JPEG 2000 with RPCL Options Lossless', encoding: 'jpeg2000' },
  '1.2.840.10008.1.2.4.203': { title: 'High-Throughput JPEG 2000', encoding: 'jpeg2000', lossyMethod: 'ISO_15444_15' },
};

export function transferSyntax(uid: string): TransferSyntax | undefined {
  return TRANSFER_SYNTAXES[uid];
}
