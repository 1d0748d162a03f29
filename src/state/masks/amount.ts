/** Distances that mask tools ask for: millimetres where the file states its pixel spacing, else pixels. */

import type { Radiograph } from '../../imaging/radiograph';

type Measured = Pick<Radiograph, 'width' | 'height' | 'pixelSpacing'>;

export interface AmountScale {
  readonly unit: 'mm' | 'px';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
}

export function amountScale({ width, height, pixelSpacing }: Measured): AmountScale {
  if (pixelSpacing) return { unit: 'mm', min: 0.5, max: 30, step: 0.5, initial: 5 };
  const side = Math.max(width, height);
  return {
    unit: 'px',
    min: 1,
    max: Math.max(2, Math.round(side / 16)),
    step: 1,
    initial: Math.max(1, Math.round(side / 80)),
  };
}

/** In native pixels. Pixels that are not square count by the mean of their sides. */
export function amountPixels(amount: number, { pixelSpacing }: Measured): number {
  return pixelSpacing ? amount / Math.sqrt(pixelSpacing[0] * pixelSpacing[1]) : amount;
}
