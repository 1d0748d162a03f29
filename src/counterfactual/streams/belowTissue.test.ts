import { describe, expect, it } from 'vitest';
import { GRID, lungMap, regionMap } from '../../findings/regions';
import { GRID_SIZE } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { fakeRegions } from '../testing/fakes';
import { belowTissue } from './belowTissue';

const regions = fakeRegions();
const [lungs, heart] = [lungMap(regions), regionMap(regions, 'mediastinum')];
const cellOf = (at: number): number => Math.floor(at / GRID_SIZE / 8) * GRID + Math.floor((at % GRID_SIZE) / 8);
/** Lungs at -0.8, the heart at 0.4, all else at 0. */
const film = Float32Array.from({ length: GRID_SIZE ** 2 }, (_, at) =>
  (lungs[cellOf(at)] ?? 0) > 0.5 ? -0.8 : (heart[cellOf(at)] ?? 0) > 0.5 ? 0.4 : 0,
) as ImageGrid;
const inLung = film.findIndex((_, at) => {
  const cell = cellOf(at);
  return [-GRID - 1, 0, GRID + 1].every((step) => (lungs[cell + step] ?? 0) > 0.5);
});

describe('what is drawn over lung', () => {
  const added = (much: number): number =>
    belowTissue(film, new Float32Array(film.length).fill(much), regions)[inLung] as number;

  it('keeps nearly all of a little, and grows with what is asked', () => {
    expect(added(0.1)).toBeGreaterThan(0.09);
    const each = [0.1, 0.5, 1, 2, 4].map(added);
    expect([...each].sort((one, other) => one - other)).toEqual(each);
  });

  it('never passes soft tissue by more than a tenth of what parts it from air', () => {
    expect(-0.8 + added(9)).toBeLessThan(0.4 + 0.1 * 1.2 + 0.1);
    // The heart itself is there already.
    const over = belowTissue(film, new Float32Array(film.length).fill(2), regions);
    const worst = film.reduce(
      (most, value, at) => Math.max(most, (heart[cellOf(at)] ?? 0) > 0.9 ? value + (over[at] ?? 0) : -1),
      -1,
    );
    expect(worst).toBeLessThan(0.9);
  });

  it('leaves what takes away, and a film without a heart', () => {
    const less = new Float32Array(film.length).fill(-0.3);
    expect(belowTissue(film, less, regions)).toEqual(less);
    const more = new Float32Array(film.length).fill(3);
    expect(belowTissue(film, more, new Float32Array(regions.length))).toBe(more);
  });
});
