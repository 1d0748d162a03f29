import { describe, expect, it } from 'vitest';
import { trial } from '../testing/measures';
import { onGrid, tonesOf } from './tones';
import { veil } from './veil';

const on = trial(96);
const tones = tonesOf(on.image, on.chest);
const everywhere = (value: number): Float32Array => new Float32Array(tones.film.data.length).fill(value);

describe('filled lung beside heart and diaphragm', () => {
  it('comes to the soft tissue beside it, and what is as dense already stays', () => {
    const tissue = onGrid(tones, tones.tissueNear);
    const change = veil(tones, { share: everywhere(1), loss: 0.4, border: everywhere(1) }).data;
    change.forEach((added, cell) => {
      const value = tones.film.data[cell] as number;
      expect(value + added).toBeCloseTo(Math.max(value, tissue[cell] as number), 4);
    });
  });

  it('loses more of the step at the border the more is filled', () => {
    const tissue = onGrid(tones, tones.tissueNear);
    const cell = tones.film.data.findIndex((value, at) => (tissue[at] as number) - value > 0.2);
    const added = [0.3, 0.6, 0.9].map(
      (share) => veil(tones, { share: everywhere(share), loss: 0.4, border: everywhere(1) }).data[cell] as number,
    );
    expect(added).toEqual([...added].sort((a, b) => a - b));
    expect(added[0]).toBeGreaterThan(0);
  });
});
