import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyMask, paintStroke } from './mask';
import { emptySpans, strokeInto, type BrushPoint } from './mask-stroke';
import type { Mask } from './radiograph';

const coordinate = fc.double({ min: -10, max: 50, noNaN: true });
const points = fc.array(
  fc.record({ x: coordinate, y: coordinate, width: fc.double({ min: 0.1, max: 1, noNaN: true }) }),
  { minLength: 1, maxLength: 5 },
);
const hardness = fc.double({ min: 0, max: 1, noNaN: true });

function stroked(
  at: readonly BrushPoint[],
  radius: number,
  hard: number,
  value: 0 | 255 = 255,
  on: Mask = emptyMask(40, 30),
): Mask {
  const mask = { ...on, data: on.data.slice() };
  strokeInto(mask, at, { radius, hardness: hard }, value);
  return mask;
}

function distanceToLine(x: number, y: number, line: readonly BrushPoint[]): number {
  const distances = line.map((to, i) => {
    const from = line[Math.max(0, i - 1)] ?? to;
    const length2 = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
    const t =
      length2 === 0
        ? 0
        : Math.min(1, Math.max(0, ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / length2));
    return Math.hypot(x - from.x - t * (to.x - from.x), y - from.y - t * (to.y - from.y));
  });
  return Math.min(...distances);
}

/** Pixels of two masks that differ, but for those whose centre lies on the rim up to rounding: either answer is right there. */
function differing(one: Mask, other: Mask, line: readonly BrushPoint[], radius: number): readonly number[] {
  return [...one.data.keys()].filter(
    (i) =>
      one.data[i] !== other.data[i] &&
      Math.abs(distanceToLine((i % 40) + 0.5, Math.floor(i / 40) + 0.5, line) - radius) > 1e-9,
  );
}

describe('a brush stroke', () => {
  it('is the same drawn again over itself: a slow hand paints no darker than a quick one', () => {
    fc.assert(
      fc.property(points, hardness, (at, hard) => {
        const once = stroked(at, 9, hard);
        expect(stroked(at, 9, hard, 255, once)).toEqual(once);
      }),
    );
  });

  it('of a hard brush is erased by the same stroke', () => {
    fc.assert(
      fc.property(points, (at) => {
        expect(stroked(at, 9, 1, 0, stroked(at, 9, 1)).data.every((value) => value === 0)).toBe(true);
      }),
    );
  });

  it('never paints beyond what a hard brush of its size paints', () => {
    fc.assert(
      fc.property(points, hardness, (at, hard) => {
        const outer = stroked(at, 9, 1);
        const soft = stroked(at, 9, hard);
        expect(soft.data.every((value, i) => value <= (outer.data[i] ?? 0))).toBe(true);
      }),
    );
  });

  it('falls from full at its core to nothing at its rim', () => {
    const dab = stroked([{ x: 20.5, y: 15.5 }], 12, 0.5);
    const ray = Array.from({ length: 14 }, (_, step) => dab.data[15 * 40 + 20 + step] ?? 0);
    expect(ray.slice(0, 7)).toEqual([255, 255, 255, 255, 255, 255, 255]);
    for (let step = 7; step < 12; step++) expect(ray[step]).toBeLessThan(ray[step - 1] ?? 0);
    expect(ray[9]).toBe(128);
    expect(ray[12]).toBe(0);
  });

  it('is as wide as the pen was pressed', () => {
    const line = stroked(
      [
        { x: 5.5, y: 15.5, width: 0.2 },
        { x: 35.5, y: 15.5, width: 1 },
      ],
      10,
      1,
    );
    const thickness = (x: number) =>
      Array.from({ length: 30 }, (_, y) => line.data[y * 40 + x] ?? 0).filter((value) => value > 0).length;
    expect([thickness(6), thickness(20), thickness(34)]).toEqual([5, 13, 19]);
  });

  it('of a hard brush takes every pixel whose centre is within the radius of its line, and no other', () => {
    fc.assert(
      fc.property(points, (at) => {
        const even = at.map(({ x, y }) => ({ x, y }));
        const blank = emptyMask(40, 30);
        const expected = {
          ...blank,
          data: blank.data.map((_, i) =>
            distanceToLine((i % 40) + 0.5, Math.floor(i / 40) + 0.5, even) <= 6.5 ? 255 : 0,
          ),
        };
        expect(differing(stroked(even, 6.5, 1), expected, even, 6.5)).toEqual([]);
      }),
    );
  });

  it('is decided by rounding where a pixel’s centre lies on the rim', () => {
    const line = [
      { x: 5.76672940811177, y: -6.002120268978607e-16 },
      { x: 0, y: 0 },
    ];
    const blank = emptyMask(40, 30);
    const unpainted = differing(stroked(line, 6.5, 1), blank, line, 6.5);
    expect(unpainted.length).toBeGreaterThan(0);
    expect(unpainted.every((i) => distanceToLine((i % 40) + 0.5, Math.floor(i / 40) + 0.5, line) < 6.5)).toBe(true);
    expect(differing(stroked(line, 6.5, 1), stroked(line, 6.51, 1), line, 6.5)).toEqual([]);
  });

  it('with a hard brush is what the mask’s own stroke paints', () => {
    fc.assert(
      fc.property(points, (at) => {
        const even = at.map(({ x, y }) => ({ x, y }));
        expect(stroked(even, 6.5, 1)).toEqual(paintStroke(emptyMask(40, 30), even, 6.5, 255));
      }),
    );
  });

  it('is the same in pieces as at once, for any pressure, hardness and value, also where the end of a piece is left to the next', () => {
    const cuts = fc.array(fc.constantFrom('on', 'cut', 'left'), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(points, hardness, cuts, fc.boolean(), fc.boolean(), (at, hard, cut, even, erases) => {
        const line = at.map(({ x, y, width }) => (even ? { x, y } : { x, y, width }));
        const [value, on] = erases
          ? ([0, { ...emptyMask(40, 30), data: new Uint8Array(1200).fill(255) }] as const)
          : ([255, emptyMask(40, 30)] as const);
        const whole = stroked(line, 9, hard, value, on);
        const pieces = { ...on, data: on.data.slice() };
        let due = line.slice(0, 1);
        let continues = false;
        line.forEach((point, i) => {
          if (i > 0) due.push(point);
          const ended = i === line.length - 1;
          if (cut[i] === 'on' && !ended) return;
          const unfinished = cut[i] === 'left' && !ended;
          strokeInto(pieces, due, { radius: 9, hardness: hard }, value, { continues, unfinished });
          continues ||= !unfinished || due.length > 1;
          due = due.slice(unfinished ? -2 : -1);
        });
        expect(pieces).toEqual(whole);
      }),
    );
  });

  it('is the strongest of its segments at every pixel', () => {
    fc.assert(
      fc.property(points, hardness, fc.boolean(), (at, hard, even) => {
        // On a grid, as the definition divides by lengths that may else be next to nothing.
        const line = at.map(({ x, y, width }) => ({
          x: Math.round(x * 16) / 16,
          y: Math.round(y * 16) / 16,
          width: even ? 1 : width,
        }));
        const painted = stroked(line, 9, hard).data;
        const wrong = [...painted.keys()].filter((i) => {
          const strengths = line.map((to, k) =>
            strengthAt((i % 40) + 0.5, Math.floor(i / 40) + 0.5, line[Math.max(0, k - 1)] ?? to, to, 9, hard),
          );
          return Math.abs((painted[i] ?? 0) - Math.max(...strengths)) > 1;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('says of each row where it may have painted', () => {
    fc.assert(
      fc.property(points, hardness, (at, hard) => {
        const spans = emptySpans(30);
        const mask = emptyMask(40, 30);
        strokeInto(mask, at, { radius: 9, hardness: hard }, 255, { spans });
        const missed = [...mask.data.keys()].filter((i) => {
          const [x, y] = [i % 40, Math.floor(i / 40)];
          return mask.data[i] !== 0 && (x < (spans.left[y] ?? 0) || x >= (spans.right[y] ?? 0));
        });
        expect(missed).toEqual([]);
      }),
    );
  });
});

/** What one segment paints at a point, by the definition of a brush. */
function strengthAt(x: number, y: number, from: BrushPoint, to: BrushPoint, radius: number, hard: number): number {
  const length2 = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  const t =
    length2 === 0
      ? 1
      : Math.min(1, Math.max(0, ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / length2));
  const distance = Math.hypot(x - from.x - t * (to.x - from.x), y - from.y - t * (to.y - from.y));
  const reach = radius * ((from.width ?? 1) + t * ((to.width ?? 1) - (from.width ?? 1)));
  if (distance <= hard * reach) return 255;
  if (distance >= reach) return 0;
  const s = (reach - distance) / (reach - hard * reach);
  return Math.round(255 * s * s * (3 - 2 * s));
}
