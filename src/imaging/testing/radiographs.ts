/** Radiographs for tests: formula pixels, no file. */

import fc from 'fast-check';

import type { Mask, Radiograph } from '../radiograph';

/** A 12-bit MONOCHROME2 radiograph with a gradient; fields can be overridden. */
export function testRadiograph(fields: Partial<Radiograph> = {}): Radiograph {
  const { width = 64, height = 80 } = fields;
  return {
    id: 'test',
    name: 'test.dcm',
    format: 'dicom',
    width,
    height,
    pixels: Uint16Array.from({ length: width * height }, (_, i) => (i * 7919) % 4096),
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2048, windowWidth: 4096 },
    synthetic: false,
    notes: [],
    ...fields,
  };
}

export function filledMask(width: number, height: number, value: number): Mask {
  return { width, height, data: new Uint8Array(width * height).fill(value) };
}

/** Any small radiograph: both signs, both polarities, any window and rescale. */
export const anyRadiograph: fc.Arbitrary<Radiograph> = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
    bitsStored: fc.integer({ min: 8, max: 16 }),
    signed: fc.boolean(),
    photometricInterpretation: fc.constantFrom('MONOCHROME1' as const, 'MONOCHROME2' as const),
    rescaleSlope: fc.constantFrom(1, 0.5, 2.25, -1),
    rescaleIntercept: fc.integer({ min: -2000, max: 2000 }),
    window: fc.record({
      windowCenter: fc.integer({ min: -3000, max: 60000 }),
      windowWidth: fc.integer({ min: 1, max: 65536 }),
    }),
    seed: fc.nat(),
  })
  .map(({ seed, ...fields }) => {
    const count = fields.width * fields.height;
    const levels = 2 ** fields.bitsStored;
    const values = Array.from({ length: count }, (_, i) => ((i + 1) * (seed + 12345)) % levels);
    const half = levels / 2;
    if (fields.signed) return testRadiograph({ ...fields, pixels: Int16Array.from(values, (value) => value - half) });
    return testRadiograph({
      ...fields,
      pixels: fields.bitsStored === 8 ? Uint8Array.from(values) : Uint16Array.from(values),
    });
  });
