import { describe, expect, it } from 'vitest';
import type { DRAWN_FINDINGS } from '../../../findings/drawn';
import type { Place } from '../../../findings/vocabulary';
import type { DensityImage } from '../density';
import { sketcherOf } from '../registry';
import { smoothChest, smoothFilm } from '../testing/chests';
import { overImage } from '../testing/readings';
import { measureAsked } from './asked';

const SIZE = 256;
const [image, chest] = [smoothFilm(SIZE, SIZE), smoothChest(SIZE, SIZE)];

type Name = (typeof DRAWN_FINDINGS)[number];

function measured(
  finding: Name,
  amount: number,
  places: readonly Place[],
  seed = 4,
  options: Readonly<Record<string, string>> = {},
): number | undefined {
  const record = { finding, places, amount, options };
  const sketch = sketcherOf(finding)?.draw({ image, chest }, { ...record, severity: 2, seed });
  if (sketch === undefined) throw new Error(`${finding} has no sketcher.`);
  const change = overImage(sketch, SIZE, SIZE);
  const after: DensityImage = { ...image, values: image.values.map((value, i) => value + (change[i] as number)) };
  return measureAsked(record, { before: image, after, chest }, sketch.figures);
}

describe('the own quantity of what was drawn', () => {
  it('is the level of fluid and the diameter of a lesion, within a fifth', () => {
    expect(Math.abs((measured('effusion', 0.4, ['left_lower']) ?? NaN) / 0.4 - 1)).toBeLessThan(0.2);
    expect(Math.abs((measured('nodule', 24, ['right_mid']) ?? NaN) / 24 - 1)).toBeLessThan(0.2);
  });

  it('is the share of the air that is replaced in the asked zones: more of it where more was asked', () => {
    const [less = NaN, more = NaN] = [0.2, 0.5].map((amount) => measured('lung_opacity', amount, ['right_lower']));
    expect(less).toBeGreaterThan(0.1);
    expect(more).toBeGreaterThan(1.6 * less);
    expect(more).toBeLessThan(1);
  });

  it('is the ratio of a heart that grew, whether a sketch or a plain disc makes it so', () => {
    const asked = chest.cardiothoracicRatio + 0.1;
    expect(Math.abs((measured('cardiomegaly', asked, ['mediastinum']) ?? NaN) - asked)).toBeLessThan(0.03);
    // A disc as dense as the heart, a tenth of the thorax wider than it on the left: nothing that a sketch does.
    const { heart, thoracicWidth } = chest;
    const right = heart.right + 0.1 * thoracicWidth;
    const [x, y, radius] = [(right + heart.left) / 2, heart.centre.y, (right - heart.left) / 2];
    const values = image.values.map((value, i) => {
      const [u, v] = [(((i % SIZE) + 0.5) / SIZE) * 256, ((Math.floor(i / SIZE) + 0.5) / SIZE) * 256];
      return Math.hypot(u - x, (v - y) / chest.aspect) < radius ? Math.max(value, 0.7) : value;
    });
    const films = { before: image, after: { ...image, values }, chest };
    const record = { finding: 'cardiomegaly', places: ['mediastinum'], amount: 1, options: {} } as const;
    const wide = asked + (heart.left - Math.min(heart.left, x - radius)) / thoracicWidth;
    expect(Math.abs((measureAsked(record, films, {}) ?? NaN) - wide)).toBeLessThan(0.015);
    expect(measureAsked(record, { ...films, after: image }, {})).toBeCloseTo(chest.cardiothoracicRatio, 2);
    expect(measureAsked({ ...record, amount: 0.3 }, films, {})).toBeUndefined();
  });

  it('is how thick a rind became, and no plaque', () => {
    expect(Math.abs((measured('pleural_thickening', 10, ['right_mid', 'right_lower']) ?? NaN) / 10 - 1)).toBeLessThan(
      0.2,
    );
    const films = { before: image, after: image, chest };
    const plaque = {
      finding: 'pleural_thickening',
      places: ['right_mid'],
      amount: 8,
      options: { kind: 'plaque' },
    } as const;
    expect(measureAsked(plaque, films, {})).toBeUndefined();
  });

  it.each(['right_mid', 'left_mid'] as const)(
    'is how thick a rind of the %s zone alone became, whatever the seed',
    (zone) => {
      for (const seed of [1, 2, 3, 4]) {
        const read = measured('pleural_thickening', 16, [zone], seed) ?? NaN;
        expect(Math.abs(read / 16 - 1), `${zone}, seed ${String(seed)}: ${String(read)}`).toBeLessThan(0.25);
      }
    },
  );

  it('is none of a rind that is thickest in the angle to the diaphragm', () => {
    expect(measured('pleural_thickening', 16, ['right_lower'])).toBeUndefined();
    expect(measured('pleural_thickening', 16, ['right_mid', 'right_lower'])).toBeGreaterThan(12);
  });

  it('is how thick a cap is at the apex where a cap was drawn, and a rind along the wall where one was', () => {
    const cap = measured('pleural_thickening', 12, ['left_upper'], 4, { kind: 'apical' }) ?? NaN;
    expect(cap).toBeGreaterThan(6);
    const rind = measured('pleural_thickening', 12, ['left_upper'], 4, { kind: 'diffuse' }) ?? NaN;
    expect(Math.abs(rind / 12 - 1)).toBeLessThan(0.3);
    expect(measured('pleural_thickening', 8, ['left_upper', 'right_lower'], 4, { kind: 'by zone' })).toBeUndefined();
  });

  it('is none where nothing measures it well: no plate, and no part of a zone', () => {
    expect(measured('atelectasis', 2, ['right_lower'])).toBeUndefined();
    const films = { before: image, after: image, chest };
    const patch = { finding: 'lung_opacity', places: ['right_lower'], amount: 0.3, options: {} } as const;
    expect(measureAsked(patch, films, {})).toBe(0);
    expect(measureAsked({ ...patch, at: { x: 0.3, y: 0.5 } }, films, {})).toBeUndefined();
    expect(measureAsked({ ...patch, remove: true }, films, {})).toBeUndefined();
  });
});
