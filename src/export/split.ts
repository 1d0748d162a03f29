/** A counterfactual belongs where its patient belongs: parts of a split settled by patient and radiograph, and leaks found. Pure. */

import { SplitNameError, type Leak } from './errors';
import type { ExportItem } from './item';

export interface Settled {
  /** Of each item; undefined: its patient belongs to none. */
  readonly splitOf: ReadonlyMap<string, string | undefined>;
  readonly leaks: readonly Leak[];
}

type Placed = Pick<ExportItem, 'id' | 'origin' | 'patient' | 'split' | 'donor'>;

const FOLDER = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;

function donorKeys({ donor }: Placed): readonly string[] {
  return [
    ...(donor?.origin === undefined ? [] : [`film ${donor.origin}`]),
    ...(donor?.patient === undefined ? [] : [`patient ${donor.patient}`]),
  ];
}

/**
 * One radiograph under two keys of patients ties them together, so that a film that was entered twice leaks no more than one
 * that was not; so does a result, which shows its own patient and its donor's findings. @throws SplitNameError
 */
export function settleSplits(items: readonly Placed[]): Settled {
  const groups = new Map<string, string>();
  const rootOf = (key: string): string => {
    const parent = groups.get(key);
    if (parent === undefined || parent === key) return key;
    const root = rootOf(parent);
    groups.set(key, root);
    return root;
  };
  const keysOf = ({ origin, patient }: Placed): readonly [string, string] => [
    `film ${origin}`,
    patient === undefined ? `film ${origin}` : `patient ${patient}`,
  ];
  for (const item of items) {
    const [film, patient] = keysOf(item);
    groups.set(rootOf(film), rootOf(patient));
    for (const key of donorKeys(item)) groups.set(rootOf(key), rootOf(film));
  }
  const splits = new Map<string, Set<string>>();
  const members = new Map<string, Placed[]>();
  for (const item of items) {
    const root = rootOf(keysOf(item)[0]);
    const own = members.get(root);
    if (own === undefined) members.set(root, [item]);
    else own.push(item);
    for (const split of [item.split, item.donor?.split]) {
      if (split === undefined) continue;
      if (!FOLDER.test(split)) throw new SplitNameError(split);
      splits.set(root, (splits.get(root) ?? new Set()).add(split));
    }
  }
  const leaks = [...splits].flatMap(([root, names]): readonly Leak[] => {
    if (names.size < 2) return [];
    const own = members.get(root) ?? [];
    const patient = own.find((item) => item.patient !== undefined)?.patient ?? own[0]?.origin ?? '';
    return [{ patient, splits: [...names].sort(), items: own.map(({ id }) => id) }];
  });
  return {
    splitOf: new Map(items.map((item) => [item.id, [...(splits.get(rootOf(keysOf(item)[0])) ?? [])].sort()[0]])),
    leaks,
  };
}
