import { describe, expect, it } from 'vitest';
import { ANATOMY_CLASSES } from '../findings/regions';
import type { Anatomist, Anatomy } from '../networks/typed';
import { looksMirrored, mirrorImage, uprightEvidence } from './mirrored';
import { prepareSource } from './source';
import { fakeNetworks, fakeRadiograph } from './testing/fakes';

type Located = Pick<Anatomy, 'probabilities' | 'frontalLogit'>;

/** Two lungs with a heart between them. @param heart its first column of 64 @param sure how much of a cell its own class has */
function located(frontalLogit: number, heart: number, sure: number): Located {
  const probabilities = new Float32Array(64 * 64 * ANATOMY_CLASSES).fill((1 - sure) / (ANATOMY_CLASSES - 1));
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) {
      const isLungRow = y >= 10 && y < 50;
      const isHeart = y >= 30 && y < 48 && x >= heart && x < heart + 14;
      const own = isHeart ? 7 : isLungRow && x >= 8 && x < 28 ? 2 : isLungRow && x >= 36 && x < 56 ? 5 : 0;
      probabilities[(y * 64 + x) * ANATOMY_CLASSES + own] = sure;
    }
  }
  return { probabilities, frontalLogit };
}

const AS_IT_IS = located(13, 29, 0.95);
const TURNED = located(11, 26, 0.9);

describe('whether a film is mirrored', () => {
  it('is told by where the anatomist is surer, and finds the heart further to the patient’s left', () => {
    expect(uprightEvidence(AS_IT_IS, TURNED)).toBeGreaterThan(2.5);
    expect(uprightEvidence(located(13, 29, 1), located(13, 26, 1))).toBeCloseTo((17 * 3) / 48, 3);
    expect(uprightEvidence(located(13, 29, 0.9), located(12, 29, 0.9))).toBeCloseTo(1.9, 5);
    expect(uprightEvidence(located(13, 29, 0.95), located(13, 29, 0.9))).toBeGreaterThan(1);
  });

  it('changes sign with the sides, so that neither is taken for granted', () => {
    expect(uprightEvidence(TURNED, AS_IT_IS)).toBeCloseTo(-uprightEvidence(AS_IT_IS, TURNED), 10);
    expect(uprightEvidence(AS_IT_IS, AS_IT_IS)).toBe(0);
  });

  it('is not said of a film without lungs or heart in its map', () => {
    const nothing: Located = { probabilities: new Float32Array(64 * 64 * ANATOMY_CLASSES), frontalLogit: 3 };
    expect(uprightEvidence(nothing, nothing)).toBe(0);
  });

  it('shows the anatomist the film with its left and right exchanged', async () => {
    const image = Float32Array.from({ length: 256 * 256 }, (_, at) => (at % 256) + 1000 * Math.floor(at / 256));
    let shown: Float32Array | undefined;
    const anatomist: Anatomist = {
      locate: async (given) => {
        shown = given;
        return AS_IT_IS as Anatomy;
      },
    };
    expect(await looksMirrored(image, TURNED, anatomist)).toBe(true);
    expect([...(shown ?? []).slice(0, 2), shown?.[256]]).toEqual([255, 254, 1255]);
    expect(mirrorImage(mirrorImage(image))).toEqual(image);
    expect(await looksMirrored(image, AS_IT_IS, anatomist)).toBe(false);
  });

  it('is not asked of what is no upright chest', async () => {
    const networks = fakeNetworks({ frontalChest: 0.1 });
    const source = await prepareSource(fakeRadiograph(100, 100, 8), networks);
    expect(await source.mirrored()).toBe(false);
  });
});
