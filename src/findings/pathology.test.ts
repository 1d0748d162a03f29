import { describe, expect, it } from 'vitest';
import {
  mixedPathology,
  packPathology,
  TOKENS_LENGTH,
  TOKENS_PATTERN,
  unpackPathology,
  type Pathology,
} from './pathology';

const wave = (phase: number): Float32Array =>
  Float32Array.from({ length: TOKENS_LENGTH }, (_, at) => (at % 3 === 0 ? 0 : 2 * Math.sin(at + phase)));

function packed(tokens: Float32Array): Pathology {
  const pathology = packPathology(tokens);
  if (pathology === undefined) throw new Error('nothing was packed');
  return pathology;
}

describe('a packed pathology', () => {
  it('is text that gives the tokens back within half a level, and nothing as nothing', () => {
    const tokens = wave(0);
    const pathology = packed(tokens);
    expect(pathology.tokens).toMatch(TOKENS_PATTERN);
    unpackPathology(pathology).forEach((value, at) => {
      const own = tokens[at] as number;
      expect(Math.abs(value - own)).toBeLessThanOrEqual(pathology.scale / 2 + 1e-6);
      if (own === 0) expect(value).toBe(0);
    });
  });

  it('is none where there is no difference', () => {
    expect(packPathology(new Float32Array(TOKENS_LENGTH))).toBeUndefined();
  });

  it('mixes two donors in proportion', () => {
    const [one, other] = [wave(0), wave(1)];
    const mixed = mixedPathology(packed(one), packed(other), 0.25);
    const tokens = mixed && unpackPathology(mixed);
    one.forEach((value, at) => {
      expect(tokens?.[at]).toBeCloseTo(0.75 * value + 0.25 * (other[at] as number), 1);
    });
  });
});
