import { describe, expect, it } from 'vitest';
import type { DensityImage } from '../density';
import { nodule } from '../nodule';
import { smoothChest, smoothFilm } from '../testing/chests';
import { blobAt } from './blob';

const SIDE = 400;
const [image, chest] = [smoothFilm(SIDE, SIDE), smoothChest(SIDE, SIDE)];
const AT = { x: 0.28, y: 0.42 };

function withNodule(amount: number, density: string): DensityImage {
  const { box, change } = nodule.draw(
    { image, chest },
    { finding: 'nodule', places: [], severity: 1, amount, seed: 2, options: { density }, at: AT },
  );
  const values = image.values.slice();
  change.forEach((value, i) => {
    const pixel = (box.y + Math.floor(i / box.width)) * SIDE + box.x + (i % box.width);
    values[pixel] = (values[pixel] as number) + value;
  });
  return { ...image, values };
}

describe('the measure of a blob', () => {
  it('finds the diameter of a drawn nodule within a fifth', () => {
    for (const amount of [16, 26]) {
      const { diameterMm, contrast } = blobAt(withNodule(amount, 'solid'), chest, AT, amount, image);
      expect(contrast).toBeGreaterThan(0.02);
      expect(Math.abs(diameterMm / amount - 1)).toBeLessThan(0.2);
    }
  });

  it('ranks calcified above solid above part-solid, and sees nothing where nothing was drawn', () => {
    const contrasts = ['calcified', 'solid', 'part-solid'].map(
      (density) => blobAt(withNodule(24, density), chest, AT, 24, image).contrast,
    );
    expect([...contrasts].sort((a, b) => b - a)).toEqual(contrasts);
    expect(blobAt(image, chest, AT, 24, image)).toEqual({ contrast: 0, diameterMm: NaN });
  });
});
