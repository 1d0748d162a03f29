import { describe, expect, it } from 'vitest';
import { densityAt, densityOf } from '../sketch/density';
import { densitiesIn } from './workingGrid';
import { fakeRadiograph } from '../testing/fakes';

describe('the working grid of a box', () => {
  it.each([
    [700, 500, 64, 48],
    [96, 80, 96, 80],
  ])('of %i x %i pixels on %i x %i cells is that of the whole film', (width, height, columns, rows) => {
    const radiograph = fakeRadiograph(width, height, 12);
    const whole = densityAt(densityOf(radiograph), columns, rows).values;
    const box = { x: 5, y: 7, width: 40, height: 30 };
    densitiesIn(radiograph, { width: columns, height: rows }, box).forEach((value, at) => {
      const cell = (box.y + Math.floor(at / box.width)) * columns + box.x + (at % box.width);
      expect(value).toBeCloseTo(whole[cell] as number, 4);
    });
  });
});
