import { describe, expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { widthOfChange } from './width';

const SIZE = 256;
const [image, chest] = [smoothFilm(SIZE, SIZE), smoothChest(SIZE, SIZE)];

describe('how wide what was drawn is', () => {
  it('is the width of a ball of any density, gap of gas and all, at the height that is asked', () => {
    const mm = chest.millimetresPerRow * chest.aspect;
    for (const [width, density] of [
      [50, 0.05],
      [80, 0.2],
      [110, 0.4],
    ] as const) {
      const values = image.values.map((value, i) => {
        const [x, y] = [(i % SIZE) + 0.5 - 140, Math.floor(i / SIZE) + 0.5 - 150];
        const away = (Math.hypot(x, y) * mm) / (width / 2);
        const gas = Math.abs(x) < 3 ? 0 : 1;
        return value + gas * density * Math.sqrt(Math.max(0, 1 - away * away));
      });
      const read = widthOfChange({ ...image, values }, image, chest, 150 / SIZE, 20);
      expect(Math.abs(read / width - 1)).toBeLessThan(0.08);
    }
    expect(widthOfChange(image, image, chest, 0.5, 20)).toBe(0);
  });
});
