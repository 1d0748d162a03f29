/** Which results of a run a reviewer looks at. Pure. */

import type { RunRecord } from '../../run/folder';
import type { Done } from '../../run/item';
import { doneOf, isAccepted } from '../../run/review';

export interface ReviewItem {
  readonly done: Done;
  readonly id: string;
  /** What the result is for; of a run without a plan what was asked. */
  readonly class: string;
  /** Of the film. */
  readonly source: string;
  readonly verdict: string;
  readonly decision: 'accept' | 'reject' | 'none';
  readonly reason: string;
  /** By the decision, else by the receipt. */
  readonly accepted: boolean;
}

/** '' is any. */
export interface ReviewFilter {
  readonly verdict: string;
  readonly class: string;
  readonly source: string;
  readonly decision: '' | ReviewItem['decision'];
}
export const NO_FILTER: ReviewFilter = { verdict: '', class: '', source: '', decision: '' };

export function reviewItems({ outcomes, decisions }: RunRecord): readonly ReviewItem[] {
  return doneOf(outcomes.values()).map((done) => {
    const { item, row } = done;
    const said = decisions.get(item.id);
    return {
      done,
      id: item.id,
      class: row['class'] ?? item.request,
      source: row['film_source'] ?? '',
      verdict: row['receipt'] ?? '',
      decision: said?.decision ?? 'none',
      reason: said?.reason ?? '',
      accepted: isAccepted(done, decisions),
    };
  });
}

export function filtered(items: readonly ReviewItem[], filter: ReviewFilter): readonly ReviewItem[] {
  const meets = (item: ReviewItem, facet: keyof ReviewFilter): boolean =>
    filter[facet] === '' || item[facet] === filter[facet];
  return items.filter((item) =>
    (['verdict', 'class', 'source', 'decision'] as const).every((facet) => meets(item, facet)),
  );
}

/** What there is to choose from, with how often. */
export function choicesOf(items: readonly ReviewItem[], facet: 'class' | 'source'): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const item of items) counted.set(item[facet], (counted.get(item[facet]) ?? 0) + 1);
  return new Map([...counted].sort(([one], [other]) => one.localeCompare(other)));
}

/** Where the reviewer stands after an item was decided on: the next, which the filter may move into its place. */
export function nextOf(items: readonly ReviewItem[], id: string): string | undefined {
  const at = items.findIndex((item) => item.id === id);
  return (items[at + 1] ?? items[at])?.id;
}
