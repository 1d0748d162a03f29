import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../imaging/base64';
import { GRID_CELLS } from './regions';
import { isWhole, packTaken, takenCells, TAKEN_CHANNELS, unpackTaken, type Taken } from './taken';

const LAY = { places: ['left_mid'], severity: 2 } as const;
const everywhere = new Float32Array(GRID_CELLS).fill(1);
const some = fc.array(
  fc.record({
    at: fc.nat(GRID_CELLS * TAKEN_CHANNELS - 1),
    value: fc.float({ min: -3, max: 3, noNaN: true }),
  }),
  { minLength: 1, maxLength: 300 },
);

function residualOf(entries: readonly { at: number; value: number }[]): Float32Array {
  const residual = new Float32Array(GRID_CELLS * TAKEN_CHANNELS);
  for (const { at, value } of entries) residual[at] = value;
  return residual;
}

describe('what an erasure took', () => {
  it('comes back to half a step of its rounding', () => {
    fc.assert(
      fc.property(some, (entries) => {
        const residual = residualOf(entries);
        const taken = packTaken(residual, everywhere, LAY);
        if (taken === undefined) {
          expect(residual.every((value) => value === 0)).toBe(true);
          return;
        }
        const back = unpackTaken(taken);
        const worst = residual.reduce((most, value, at) => Math.max(most, Math.abs(value - (back[at] as number))), 0);
        expect(worst).toBeLessThanOrEqual(0.501 * taken.scale + 1e-6);
        const cells = takenCells(taken);
        expect(back.every((value, at) => value === 0 || cells[Math.floor(at / TAKEN_CHANNELS)] === 1)).toBe(true);
      }),
    );
  });

  it('is of the cells that the edit could change, and nothing where nothing changed', () => {
    const residual = residualOf([
      { at: 5 * TAKEN_CHANNELS, value: 1 },
      { at: 900 * TAKEN_CHANNELS + 3, value: -2 },
    ]);
    const within = everywhere.map((_, cell) => (cell === 5 ? 0.01 : 0));
    const taken = packTaken(residual, within, LAY) as Taken;
    expect([...takenCells(taken)].flatMap((value, cell) => (value > 0 ? [cell] : []))).toEqual([5]);
    expect(taken).toMatchObject(LAY);
    expect(packTaken(residual, within.fill(0), LAY)).toBeUndefined();
  });

  it('is not made up where cells and values do not go together', () => {
    const taken = packTaken(residualOf([{ at: 8, value: 1 }]), everywhere, LAY) as Taken;
    const twice = { ...taken, values: toBase64(new Uint8Array(2 * TAKEN_CHANNELS)) };
    expect([isWhole(taken), isWhole(twice)]).toEqual([true, false]);
    expect([isWhole({ ...taken, cells: '*' }), isWhole({ ...taken, values: '*' })]).toEqual([false, false]);
    expect(() => unpackTaken(twice)).toThrow(RangeError);
  });
});
