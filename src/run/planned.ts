/** A plan of a data set as a run: its items, and what the table says of each result beside what the sink knows. */

import type { GeneratedItem, Plan } from '../dataset/plan/schema';
import { itemId, type RunItem } from './item';
import type { Sink } from './runner';

export function itemsOfPlan({ generated }: Plan): readonly RunItem[] {
  return generated.map(({ film, request, seed }) => ({ id: itemId(film, request, seed), film, request, seed }));
}

export function plannedById({ generated }: Plan): ReadonlyMap<string, GeneratedItem> {
  return new Map(generated.map((item) => [itemId(item.film, item.request, item.seed), item] as const));
}

/** The sink, whose rows also say which class a result is for, and the patient and the part of the split that it must stay in. */
export function plannedSink(sink: Sink, plan: Plan): Sink {
  const planned = plannedById(plan);
  return {
    async write(item, source, result) {
      const { files, row } = await sink.write(item, source, result);
      const of = planned.get(item.id);
      return { files, row: of === undefined ? row : withPlan(row, of) };
    },
  };
}

type Row = Readonly<Record<string, string>>;

function withPlan(
  row: Row,
  { class: name, how, patient, split, source, shows, finding }: GeneratedItem,
): Record<string, string> {
  // What was there and was to stay is there, by the table, unless the receipt doubts the result.
  const stays = how === 'keep' && row['receipt'] !== 'red' ? { [finding]: '1' } : {};
  return {
    ...row,
    ...(patient === '' ? {} : { patient }),
    ...(split === '' ? {} : { split }),
    ...stays,
    class: name,
    how,
    film_source: source,
    film_shows: shows.join('|'),
  };
}
