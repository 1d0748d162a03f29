/** What is worked out once for an object and kept while that is in use: a drag draws on one film and one chest again and again. */

/** @param make a pure function of the object and the name under which its result is kept */
export function keptBy<Owner extends object, Key extends string, Made>(
  make: (owner: Owner, key: Key) => Made,
): (owner: Owner, key: Key) => Made {
  const kept = new WeakMap<Owner, Map<Key, Made>>();
  return (owner, key) => {
    const own = kept.get(owner) ?? new Map<Key, Made>();
    kept.set(owner, own);
    if (!own.has(key)) own.set(key, make(owner, key));
    return own.get(key) as Made;
  };
}

/** The same, but only the last result of each object: for names without end, such as a seed's. What cannot be made is tried anew. */
export function lastKeptBy<Made>(): (owner: object, key: string, make: () => Made) => Made {
  const kept = new WeakMap<object, { readonly key: string; readonly made: Made }>();
  return (owner, key, make) => {
    const before = kept.get(owner);
    if (before?.key === key) return before.made;
    const made = make();
    kept.set(owner, { key, made });
    return made;
  };
}

/** The same for a pair of objects, such as a film and its chest. */
export function keptByPair<First extends object, Second extends object, Made>(
  make: (first: First, second: Second) => Made,
): (first: First, second: Second) => Made {
  const kept = new WeakMap<First, WeakMap<Second, { readonly made: Made }>>();
  return (first, second) => {
    const own = kept.get(first) ?? new WeakMap<Second, { readonly made: Made }>();
    kept.set(first, own);
    const found = own.get(second) ?? { made: make(first, second) };
    own.set(second, found);
    return found.made;
  };
}
