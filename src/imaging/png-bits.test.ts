import { expect, it } from 'vitest';

import { decodePng, encodePng } from './png';
import type { Radiograph } from './radiograph';

const radiograph = (bitsStored: number): Radiograph => ({
  id: 'a',
  name: 'a',
  format: 'png',
  width: 64,
  height: 64,
  pixels: Uint16Array.from({ length: 4096 }, (_, i) => i),
  bitsStored,
  signed: false,
  photometricInterpretation: 'MONOCHROME1',
  rescaleSlope: 1,
  rescaleIntercept: 0,
  window: { windowCenter: 2048, windowWidth: 4096 },
  synthetic: false,
  notes: [],
});

it('leaves out a description whose bits cannot hold the samples', () => {
  const fitting = decodePng(encodePng(radiograph(12), {}), 'a');
  expect([fitting.bitsStored, fitting.notes]).toEqual([12, []]);
  const beyond = decodePng(encodePng(radiograph(11), {}), 'a');
  expect([beyond.bitsStored, beyond.notes.length]).toEqual([16, 1]);
});
