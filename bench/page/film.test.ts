import { describe, expect, it } from 'vitest';
import { fakeRadiograph } from '../../src/counterfactual/testing/fakes';
import { toNetworkGrid } from '../../src/imaging/resample';
import { squared } from './film';

describe('a sample of another size', () => {
  it.each([256, 1000])('shows networks the same picture at %i²', (side) => {
    const film = fakeRadiograph(512, 512, 8);
    const made = squared(film, side);
    expect(made).toMatchObject({ width: side, height: side, bitsStored: 12, pixels: { length: side * side } });
    const [wanted, given] = [toNetworkGrid(film), toNetworkGrid(made)];
    const apart = given.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] ?? 0)), 0) / given.length;
    expect(apart).toBeLessThan(0.02);
  });
});
