import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/stage';

/** "2000 × 2500 · 12 bit · DICOM · MONOCHROME1 · PA". */
export function radiographFacts({
  width,
  height,
  bitsStored,
  format,
  photometricInterpretation,
  viewPosition,
  frame,
}: Radiograph): string {
  return [
    say.pixels({ width, height }),
    say.bits({ bits: bitsStored }),
    format === 'dicom' ? 'DICOM' : format.toUpperCase(),
    ...(photometricInterpretation === 'MONOCHROME1' ? ['MONOCHROME1'] : []),
    ...(viewPosition === undefined ? [] : [viewPosition]),
    ...(frame ? [say.frameOf(frame)] : []),
  ].join(' · ');
}
