import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blurred, blurredValues, fieldAt, fieldIn, keptRowsIn, makeField, rowsIn, smoothstep } from './field';

describe('a field', () => {
  it('reads in a box what it reads at each point', () => {
    const field = makeField(16, (x, y) => Math.sin(x) + 0.3 * y);
    const box = { x: 30, y: 11, width: 40, height: 20 };
    const values = fieldIn(field, box, 90, 50);
    fc.assert(
      fc.property(fc.nat(39), fc.nat(19), (i, j) => {
        expect(values[j * 40 + i]).toBeCloseTo(fieldAt(field, (30 + i + 0.5) / 90, (11 + j + 0.5) / 50), 4);
      }),
    );
  });

  it('is read to the same bits whatever was read of it before', () => {
    const field = makeField(16, (x, y) => Math.sin(x) + 0.3 * y);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(19), fc.nat(19), fc.nat(9)), { maxLength: 8 }),
        (asked) => {
          for (const [x, y, one, other, row] of asked) {
            const box = { x, y, width: 20, height: 10 };
            const [from, to] = [Math.min(one, other), Math.max(one, other)];
            const kept = keptRowsIn(field, box, 51, 41)(row, from, to).slice(from, to);
            expect(kept).toEqual(rowsIn(field, box, 51, 41)(row, from, to).slice(from, to));
          }
        },
      ),
    );
  });

  it('is the same plane at every resolution', () => {
    const plane = makeField(32, (x, y) => 2 * x - y);
    expect(fieldAt(plane, 0.4, 0.6)).toBeCloseTo(2 * (0.4 * 32 - 0.5) - (0.6 * 32 - 0.5), 4);
  });

  it('blurs to a spread of sigma along each axis and keeps the sum', () => {
    const size = 101;
    const point = new Float32Array(size * size);
    point[50 * size + 50] = 1;
    const out = blurredValues(point, size, size, 6, 3);
    let [sum, x2, y2] = [0, 0, 0];
    out.forEach((value, i) => {
      sum += value;
      x2 += value * ((i % size) - 50) ** 2;
      y2 += value * (Math.floor(i / size) - 50) ** 2;
    });
    expect(sum).toBeCloseTo(1, 4);
    expect(Math.sqrt(x2)).toBeCloseTo(6, 0);
    expect(Math.sqrt(y2)).toBeCloseTo(3, 0);
  });

  it('leaves what is even as it is, edges included', () => {
    const even = makeField(20, () => 0.7);
    for (const value of blurred(even, 4).data) expect(value).toBeCloseTo(0.7, 5);
  });

  it('steps smoothly, either way round', () => {
    expect(smoothstep(0, 1, -1)).toBe(0);
    expect(smoothstep(0, 1, 2)).toBe(1);
    expect(smoothstep(1, 0, 0.25)).toBeCloseTo(1 - smoothstep(0, 1, 0.25), 6);
  });
});
