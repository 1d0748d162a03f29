import type { Radiograph } from '../../imaging/radiograph';

/** "2000 × 2500 · 12 bit · DICOM · MONOCHROME1 · PA". */
export function radiographFacts({ width, height, bitsStored, format, photometricInterpretation, viewPosition }: Radiograph): string {
  return [
    `${String(width)} × ${String(height)}`,
    `${String(bitsStored)} bit`,
    format === 'dicom' ? 'DICOM' : format.toUpperCase(),
    ...(photometricInterpretation === 'MONOCHROME1' ? ['MONOCHROME1'] : []),
    ...(viewPosition === undefined ? [] : [viewPosition]),
      ].join(' · ');
}
