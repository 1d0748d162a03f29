/** What compression has lost, before a file was written and by its own encoding (PS3.3 C.7.6.1.1.5). */

import type { LossyCompression } from '../imaging/radiograph';
import type { DicomDataSet } from './data-set';
import type { PixelModule } from './pixel-module';
import { TAG } from './tags';
import type { TransferSyntax } from './transfer-syntax';

/** What the file says was lost, and what its own encoding has lost where it does not say that. */
export function readLossy(dataSet: DicomDataSet, encoded: LossyCompression | undefined): LossyCompression | undefined {
  if (dataSet.text(TAG.lossyImageCompression) !== '01') return encoded;
  const methods = dataSet.texts(TAG.lossyImageCompressionMethod).filter((term) => /^[A-Z0-9_ ]{1,16}$/.test(term));
  const ratios = dataSet.decimals(TAG.lossyImageCompressionRatio).filter((ratio) => ratio > 0 && ratio < 1e9);
  // Stated of an earlier loss alone: this one comes after it.
  if (encoded && methods.length > 0 && encoded.methods.some((method) => !methods.includes(method)))
    return { methods: [...methods, ...encoded.methods], ratios: [...ratios, ...encoded.ratios] };
  return {
    methods: methods.length > 0 ? methods : (encoded?.methods ?? []),
    ratios: ratios.length > 0 ? ratios : (encoded?.ratios ?? []),
  };
}

/** Of an encoding that has lost something: its method, and how much smaller the pixels have become. */
export function lossOf(
  { lossyMethod }: TransferSyntax,
  dataSet: DicomDataSet,
  { width, height, bitsAllocated }: PixelModule,
  frames: number,
): LossyCompression {
  const bytes = dataSet.element(TAG.pixelData)?.length ?? 0;
  const ratio = Number(((frames * width * height * bitsAllocated) / 8 / Math.max(1, bytes)).toFixed(2));
  return { methods: lossyMethod === undefined ? [] : [lossyMethod], ratios: ratio > 0 ? [ratio] : [] };
}
