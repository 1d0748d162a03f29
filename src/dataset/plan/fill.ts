/** How far each rare class is brought up. */

export interface Limits {
  /** No class is brought above this. */
  readonly cap: number;
  /** Accepted results in all. */
  readonly wanted: number;
  /** Items in all. */
  readonly items: number;
  /** Share of items that will be accepted, a class. */
  readonly shares: readonly number[];
}

/** As water fills a vessel: the rarest class first, then all to one level, until a limit is met. @returns the target of each */
export function filled(real: readonly number[], { cap, wanted, items, shares }: Limits): readonly number[] {
  const atLevel = (level: number): readonly number[] => real.map((has) => Math.max(has, Math.min(level, cap)));
  const fits = (targets: readonly number[]): boolean => {
    const added = targets.map((target, index) => target - (real[index] ?? 0));
    const made = added.map((more, index) => Math.ceil(more / (shares[index] ?? 1)));
    return sum(added) <= wanted && sum(made) <= items;
  };
  // The highest level that fits, by halving.
  let [low, high] = [0, Math.max(0, ...real) + Math.min(wanted, cap) + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(atLevel(middle))) low = middle;
    else high = middle;
  }
  // What is left goes to the rarest, one each.
  const targets = [...atLevel(low)];
  for (const index of [...real.keys()].sort((one, other) => (targets[one] ?? 0) - (targets[other] ?? 0))) {
    const more = targets.map((target, at) => (at === index && target < cap ? target + 1 : target));
    if (fits(more)) targets[index] = more[index] ?? 0;
  }
  return targets;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
