import { describe, expect, it } from 'vitest';
import type { DensityImage } from '../density';
import { effusion } from '../pleura/effusion';
import { pneumothorax } from '../pleura/pneumothorax';
import { pleuralThickening } from '../pleura/thickening';
import type { Sketch } from '../sketch';
import { smoothChest, smoothFilm } from '../testing/chests';
import { overImage } from '../testing/readings';
import { measureEffusion } from './effusion';
import { findPleuralLine, LEAST_SCORE } from './pleuralLine';
import { measurePneumothorax } from './pneumothorax';
import { measureThickening } from './thickening';

const SIZE = 320;
const image = smoothFilm(SIZE, SIZE);
const chest = smoothChest(SIZE, SIZE);

function after(sketch: Sketch, film: DensityImage = image): DensityImage {
  const change = overImage(sketch, film.width, film.height);
  return { ...film, values: film.values.map((value, i) => value + (change[i] as number)) };
}

const asked = { severity: 2, seed: 3, options: {} } as const;

describe('the level of an effusion', () => {
  it('is next to nothing in a clear chest, on either side', () => {
    const { right, left } = measureEffusion(image, chest);
    expect(right.levelShare).toBeLessThan(0.08);
    expect(left.levelShare).toBeLessThan(0.08);
  });

  it('follows what was drawn, on the side where it was drawn', () => {
    for (const amount of [0.2, 0.4, 0.6]) {
      const film = after(
        effusion.draw({ image, chest }, { ...asked, finding: 'effusion', places: ['left_lower'], amount }),
      );
      const { right, left } = measureEffusion(film, chest);
      expect(Math.abs(left.levelShare - amount)).toBeLessThan(0.08);
      expect(right.levelShare).toBeLessThan(0.08);
      expect(left.angleFill).toBeGreaterThan(0.8);
    }
  });
});

describe('the air of a pneumothorax', () => {
  it('has fewer vessels, and the other side is as it was', () => {
    const measured = [0, 25, 50].map((amount) => {
      const film =
        amount === 0
          ? image
          : after(
              pneumothorax.draw(
                { image, chest },
                { ...asked, finding: 'pneumothorax', places: ['right_upper'], amount },
              ),
            );
      return measurePneumothorax(film, chest);
    });
    // Edges of ribs stay, and the ruler takes some of them for vessels where those cross them everywhere, as on this film.
    expect(measured[2]?.right.rimEnergy).toBeLessThan(0.85 * (measured[0]?.right.rimEnergy as number));
    expect(measured[2]?.left.depthMm).toBe(measured[0]?.left.depthMm);
  });
});

describe('the pleural line', () => {
  it('is found at the apex as deep as it was drawn, on its side alone, and nowhere on a film as it was', () => {
    const bare = smoothFilm(SIZE, SIZE, true);
    for (const amount of [20, 40]) {
      const sketch = pneumothorax.draw(
        { image: bare, chest },
        { ...asked, finding: 'pneumothorax', places: ['right_upper'], amount },
      );
      const { right, left } = findPleuralLine(after(sketch, bare), chest, bare);
      expect(right.score).toBeGreaterThan(LEAST_SCORE);
      expect(Math.abs(right.apexMm - amount)).toBeLessThan(0.2 * amount);
      expect(left.score).toBeLessThan(LEAST_SCORE);
    }
    expect(findPleuralLine(image, chest, image).right.score).toBeLessThan(LEAST_SCORE);
  });
});

describe('how thick the wall became', () => {
  /** The film as if its right wall lay so many mm further in: nothing that a sketch does. */
  const wallMoved = (mm: number): DensityImage => ({
    ...image,
    values: image.values.map((value, i) => {
      const row = Math.floor(((Math.floor(i / SIZE) + 0.5) / SIZE) * 256);
      const wall = ((chest.right.lateral[row] ?? NaN) / 256) * SIZE;
      const by = (mm / (chest.millimetresPerRow * 256)) * SIZE;
      const x = i % SIZE;
      return x > wall - 5 && x < wall + 60 ? (image.values[Math.max(i - x, i - Math.round(by))] as number) : value;
    }),
  });

  it('is how much further in its edge lies', () => {
    for (const mm of [4, 8, 16]) {
      const { right, left } = measureThickening(wallMoved(mm), chest, image);
      expect(Math.abs(right.medianMm - mm)).toBeLessThan(0.2 * mm + 0.5);
      expect(Math.abs(left.widestMm)).toBeLessThan(0.3);
    }
  });

  it('grows with what was drawn, on its side alone', () => {
    for (const amount of [4, 8, 16]) {
      const film = after(
        pleuralThickening.draw(
          { image, chest },
          { ...asked, finding: 'pleural_thickening', places: ['right_mid', 'right_lower'], amount },
        ),
      );
      const { right, left } = measureThickening(film, chest, image);
      expect(Math.abs(right.widestMm - amount)).toBeLessThan(0.2 * amount);
      expect(left.widestMm).toBeLessThan(0.3);
    }
  });

  it('is read at the apex apart', () => {
    const film = after(
      pleuralThickening.draw(
        { image, chest },
        { ...asked, finding: 'pleural_thickening', places: ['left_upper'], amount: 14 },
      ),
    );
    expect(measureThickening(film, chest, image).left.apexMm).toBeGreaterThan(8);
    expect(measureThickening(film, chest).left.apexMm).toBeGreaterThan(measureThickening(image, chest).left.apexMm + 4);
  });
});
