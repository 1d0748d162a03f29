import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindRows,
  filmsByPath,
  pairs,
  scores,
  singles,
  subjectOf,
  truthOf,
  wilson,
  type Answered,
  type Belief,
  type BlindCase,
} from './reading';

const PATHS = ['real', 'sketched', 'sampled'].flatMap((group) =>
  ['effusion', 'nodule'].flatMap((finding) => [1, 2, 3].map((n) => `${group}/${finding}/${String(n)}.png`)),
);
const FILMS = filmsByPath([...PATHS, 'loose.png']);
const answered = (cases: readonly BlindCase[], belief: (item: BlindCase) => Belief): readonly Answered[] =>
  cases.map((item) => ({ item, answer: { belief: belief(item), tell: '', milliseconds: 1500 } }));

describe('films of a blind reading', () => {
  it('are real in the folder of that name and made in every other', () => {
    expect(FILMS).toHaveLength(18);
    expect(FILMS.filter(({ truth }) => truth === 'real').map(({ group }) => group)).toEqual(Array(6).fill('real'));
    expect(filmsByPath(['Real/a.png', 'made/b.png'])).toMatchObject([
      { truth: 'real', finding: '' },
      { truth: 'made', finding: '' },
    ]);
  });

  it('come each once, in an order of the seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const order = singles(FILMS, seed).map((item) => subjectOf(item).path);
        expect([...order].sort()).toEqual([...PATHS].sort());
        expect(singles(FILMS, seed).map((item) => subjectOf(item).path)).toEqual(order);
      }),
    );
    expect(singles(FILMS, 1)).not.toEqual(singles(FILMS, 2));
  });

  it('make pairs of one real and one made film of the same finding, on either side', () => {
    const sides = Array.from({ length: 30 }, (_, seed) => pairs(FILMS, seed)).flat();
    for (const item of sides) {
      if (item.kind !== 'pair') throw new Error('no pair');
      expect(new Set([item.left.truth, item.right.truth]).size).toBe(2);
      expect(item.left.finding).toBe(item.right.finding);
    }
    expect(pairs(FILMS, 1)).toHaveLength(6);
    const right = sides.filter((item) => truthOf(item) === 'made').length / sides.length;
    expect(right).toBeGreaterThan(0.35);
    expect(right).toBeLessThan(0.65);
  });
});

describe('what a reader could tell', () => {
  it('is everything for one who knows, and half for one who always says the same', () => {
    const cases = singles(FILMS, 4);
    expect(scores(answered(cases, (item) => (truthOf(item) === 'made' ? 3 : 0)))[0]).toMatchObject({
      accuracy: 1,
      auc: 1,
      right: 18,
    });
    expect(scores(answered(cases, () => 3))[0]).toMatchObject({ auc: 0.5, right: 12 });
  });

  it('counts how sure they were', () => {
    const unsure = scores(answered(singles(FILMS, 4), (item) => (truthOf(item) === 'made' ? 3 : 2)))[0];
    expect(unsure).toMatchObject({ accuracy: 12 / 18, auc: 1 });
  });

  it('is told of each finding, too', () => {
    expect(scores(answered(pairs(FILMS, 2), () => 2)).map(({ finding, answered: count }) => [finding, count])).toEqual([
      ['', 6],
      ['effusion', 3],
      ['nodule', 3],
    ]);
  });

  it('has an interval that holds the share and narrows with more answers', () => {
    expect(wilson(39, 60).map((value) => Number(value.toFixed(3)))).toEqual([0.524, 0.758]);
    const [low, high] = wilson(390, 600);
    expect(high - low).toBeLessThan(0.08);
    expect(scores([])[0]).toMatchObject({ answered: 0, accuracy: 0, interval: [0, 1], auc: undefined });
  });

  it('leaves as a table with a row a case', () => {
    const [head, first] = blindRows(answered(singles(FILMS, 4), () => 1));
    const row = Object.fromEntries((head ?? []).map((column, index) => [column, first?.[index]]));
    expect(row).toMatchObject({ number: '1', kind: 'single', answer: 'real', sure: 'unsure', seconds: '1.5' });
    expect(row['right']).toBe(row['truth'] === 'real' ? '1' : '0');
  });
});
