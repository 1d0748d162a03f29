import { describe, expect, it } from 'vitest';
import { drawnKind } from '../../findings/drawn';
import { FINDINGS } from '../../findings/vocabulary';
import { sketcherOf } from './registry';

describe('the table of drawn findings', () => {
  it.each(FINDINGS)('agrees with the sketcher of %s', (finding) => {
    const [sketcher, kind] = [sketcherOf(finding), drawnKind(finding)];
    expect(kind?.amount).toEqual(sketcher?.amount);
    expect(kind?.options.map(({ name, choices }) => ({ name, choices: choices.map(({ choice }) => choice) }))).toEqual(
      sketcher?.options,
    );
    expect(kind?.foundToGo === true).toBe(sketcher?.removes?.painted === 'either');
  });

  it('gives no two choices of a finding the same words', () => {
    for (const finding of FINDINGS) {
      const words = drawnKind(finding)?.options.flatMap(({ choices }) => choices.flatMap((each) => each.words)) ?? [];
      expect(new Set(words).size).toBe(words.length);
    }
  });
});
