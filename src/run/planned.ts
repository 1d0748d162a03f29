/** A plan of a data set as a run: its items, and what the table says of each result beside what the sink knows. */

import type { GeneratedItem, Plan, PlannedDonor } from '../dataset/plan/schema';
import { itemId, type RunItem } from './item';
import type { Sink } from './runner';

export function itemsOfPlan({ generated }: Plan): readonly RunItem[] {
  return generated.map((item) => {
    const { film, request, seed, finding } = item;
    const donor = donorOf(item);
    return {
      id: plannedId(item),
      film,
      request,
      seed,
      ...(donor === undefined ? {} : { donor: { film: donor.film, finding } }),
    };
  });
}

/** Whose findings come, where they are another patient's. */
export function donorOf(item: GeneratedItem): PlannedDonor | undefined {
  switch (item.how) {
    case 'swap':
      return item.donor;
    case 'sketch':
    case 'keep':
      return undefined;
  }
}

export function plannedId(item: GeneratedItem): string {
  return itemId(item.film, item.request, item.seed, donorOf(item)?.film);
}

export function plannedById({ generated }: Plan): ReadonlyMap<string, GeneratedItem> {
  return new Map(generated.map((item) => [plannedId(item), item] as const));
}

/** The sink, whose rows also say which class a result is for, and the patient and the part of the split that it must stay in. */
export function plannedSink(sink: Sink, plan: Plan): Sink {
  const planned = plannedById(plan);
  return {
    async write(item, source, result, donor) {
      const { files, row } = await sink.write(item, source, result, donor);
      const of = planned.get(item.id);
      return { files, row: of === undefined ? row : withPlan(row, of) };
    },
  };
}

type Row = Readonly<Record<string, string>>;

function withPlan(row: Row, item: GeneratedItem): Record<string, string> {
  const { class: name, how, patient, split, source, shows, finding, variationOf = '' } = item;
  const donor = donorOf(item);
  // What was there and was to stay is there, by the table, unless the receipt doubts the result.
  const stays = how === 'keep' && row['receipt'] !== 'red' ? { [finding]: '1' } : {};
  return {
    ...row,
    ...(patient === '' ? {} : { patient }),
    ...(split === '' ? {} : { split }),
    ...stays,
    class: name,
    how,
    ...(variationOf === '' ? {} : { variation_of: variationOf }),
    ...(donor === undefined
      ? {}
      : { donor_patient: donor.patient, donor_split: donor.split, donor_source: donor.source }),
    film_source: source,
    film_shows: shows.join('|'),
  };
}
