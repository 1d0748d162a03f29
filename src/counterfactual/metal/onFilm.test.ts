import { describe, expect, it } from 'vitest';
import { sketcherOf } from '../sketch/registry';
import { drawnUnderMetal } from '../sketch/drawFinding';
import { smoothChest, smoothFilm } from '../sketch/testing/chests';
import { metalOn } from './onFilm';

const SIDE = 512;
const chest = smoothChest(SIDE, SIDE);
const clear = smoothFilm(SIDE, SIDE);
/** Of a lead down through the right base, and of a can in the right lung. */
const lead = (x: number, y: number): boolean => Math.abs(x - 130) < 2 && y > 200 && y < 400;
const can = (x: number, y: number): boolean => Math.abs(x - 165) < 18 && Math.abs(y - 320) < 18;
const withMetal = {
  ...clear,
  values: clear.values.map((value, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    return can(x, y) ? Math.max(value, 0.95) : lead(x, y) ? value + 0.3 : value;
  }),
};
const request = { finding: 'effusion', places: ['right_lower'], severity: 3, seed: 1, options: {} } as const;
const fluid = sketcherOf('effusion');

/** Mean over the places of a film that are meant. */
function mean(values: Float32Array, meant: (x: number, y: number) => boolean): number {
  const own = values.filter((_, at) => meant(at % SIDE, Math.floor(at / SIDE)));
  return own.reduce((sum, value) => sum + value, 0) / own.length;
}

function drawn(image: typeof clear): Float32Array {
  const { box, change } = drawnUnderMetal({ image, chest }, request, (context) => {
    if (fluid === undefined) throw new Error('effusion is drawn');
    return fluid.draw(context, request);
  });
  const values = image.values.slice();
  for (let row = 0, at = 0; row < box.height; row++)
    for (let column = 0; column < box.width; column++, at++)
      values[(box.y + row) * SIDE + box.x + column] =
        (values[(box.y + row) * SIDE + box.x + column] as number) + (change[at] as number);
  return values;
}

describe('metal on a film', () => {
  it('is taken off, so that the film without it is as if there were none', () => {
    const metal = metalOn(withMetal, chest);
    expect(metal).toBeDefined();
    const inFluid = (x: number, y: number): boolean => lead(x, y) && y > 230 && y < 380;
    expect(mean(metal?.bare.values ?? new Float32Array(), inFluid)).toBeCloseTo(mean(clear.values, inFluid), 1);
    const beside = (x: number, y: number): boolean => Math.abs(x - 100) < 4 && y > 230 && y < 380;
    expect(mean(metal?.bare.values ?? new Float32Array(), beside)).toBeCloseTo(mean(clear.values, beside), 6);
  });

  it('is not found where there is none, and nothing is drawn otherwise there', () => {
    expect(metalOn(clear, chest)).toBeUndefined();
  });

  it('is no line beside the trachea, which the lung’s own border makes', () => {
    const line = (x: number, y: number): boolean => {
      const row = Math.floor(y / 2);
      const edge = 2 * (chest.right.medial[row] as number);
      return row > chest.right.top + 4 && row < chest.right.hilum.y - 4 && Math.abs(x - edge + 4) < 2;
    };
    const values = clear.values.map((value, at) => value + (line(at % SIDE, Math.floor(at / SIDE)) ? 0.3 : 0));
    expect(metalOn({ ...clear, values }, chest)).toBeUndefined();
    // The same line away from it is a wire.
    const moved = clear.values.map((value, at) => value + (line((at % SIDE) + 40, Math.floor(at / SIDE)) ? 0.3 : 0));
    expect(metalOn({ ...clear, values: moved }, chest)).toBeDefined();
  });

  it('shows through drawn fluid, and is nowhere less dense than it was', () => {
    const [through, without] = [drawn(withMetal), drawn(clear)];
    const inFluid = (x: number, y: number): boolean => lead(x, y) && y > 330 && y < 380;
    const beside = (x: number, y: number): boolean => Math.abs(x - 118) < 3 && y > 330 && y < 380;
    expect(mean(through, inFluid) - mean(through, beside)).toBeGreaterThan(
      mean(without, inFluid) - mean(without, beside) + 0.15,
    );
    const middle = (x: number, y: number): boolean => Math.abs(x - 165) < 12 && Math.abs(y - 320) < 12;
    expect(mean(through, middle)).toBeGreaterThanOrEqual(mean(withMetal.values, middle) - 0.01);
    const around = (x: number, y: number): boolean => Math.abs(x - 165) < 24 && Math.abs(y - 350) < 6;
    expect(mean(through, middle)).toBeGreaterThan(mean(through, around) + 0.1);
  });
});
