import { describe, expect, it } from 'vitest';
import { gaussianNoise } from '../../src/counterfactual/random';
import { ARTEFACTS, STRENGTHS } from './artefacts';

const SIDE = 256;
const image = gaussianNoise(3, 0, 0, SIDE * SIDE).map((value) => 0.1 * value);
const foreign = gaussianNoise(4, 0, 0, SIDE * SIDE).map((value) => 0.2 * value);
const mask = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
  i % SIDE > 60 && i % SIDE < 110 && i / SIDE > 80 && i / SIDE < 150 ? 1 : 0,
);

describe.each(Object.entries(ARTEFACTS))('%s', (_, make) => {
  const changes = STRENGTHS.map((_strength, strength) => {
    const made = make({ image, mask, strength, seed: 11, foreign });
    return made.map((value, i) => Math.abs(value - (image[i] ?? 0)));
  });

  it('changes nothing outside the mask', () => {
    for (const change of changes) expect(change.some((value, i) => mask[i] === 0 && value > 0)).toBe(false);
  });

  it('changes more the stronger it is', () => {
    const [middling = 0, strong = 0] = changes.map((change) => change.reduce((sum, value) => sum + value, 0));
    expect(middling).toBeGreaterThan(0);
    expect(strong).toBeGreaterThan(middling);
  });
});
