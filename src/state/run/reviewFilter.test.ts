import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../run/item';
import { choicesOf, filtered, nextOf, NO_FILTER, reviewItems } from './reviewFilter';

const done = (id: string, row: Readonly<Record<string, string>>): Outcome => ({
  status: 'done',
  item: { id, film: `${id}.png`, request: 'mild hernia', seed: 1 },
  files: [],
  row,
  milliseconds: 1,
});
const ITEMS = reviewItems({
  outcomes: new Map(
    [
      done('a', { class: 'Hernia', receipt: 'green', film_source: 'A' }),
      done('b', { class: 'Hernia', receipt: 'red', film_source: 'B' }),
      done('c', { class: 'Mass', receipt: 'amber', film_source: 'A' }),
    ].map((outcome) => [outcome.item.id, outcome] as const),
  ),
  plan: undefined,
  decisions: new Map([['c', { id: 'c', decision: 'reject', reason: 'too strong' }]]),
});
const ids = (items: typeof ITEMS) => items.map(({ id }) => id).join('');

describe('results under review', () => {
  it('are found by receipt, class, source and decision', () => {
    expect(ids(filtered(ITEMS, NO_FILTER))).toBe('abc');
    expect(ids(filtered(ITEMS, { ...NO_FILTER, verdict: 'red' }))).toBe('b');
    expect(ids(filtered(ITEMS, { ...NO_FILTER, class: 'Hernia', source: 'A' }))).toBe('a');
    expect(ids(filtered(ITEMS, { ...NO_FILTER, decision: 'none' }))).toBe('ab');
    expect([...choicesOf(ITEMS, 'class')]).toEqual([
      ['Hernia', 2],
      ['Mass', 1],
    ]);
  });

  it('count as accepted by the decision, else by the receipt', () => {
    expect(ITEMS.map(({ accepted }) => accepted)).toEqual([true, false, false]);
  });

  it('are gone through to the last, which stays', () => {
    expect(['a', 'b', 'c'].map((id) => nextOf(ITEMS, id))).toEqual(['b', 'c', 'c']);
  });
});
