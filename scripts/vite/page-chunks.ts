/** What is known of a module while chunks are made. */
export interface Modules {
  getModuleInfo(
    id: string,
  ): { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] } | null;
}

export interface ChunkGroup {
  readonly name: (id: string, modules: Modules) => string | null;
}

interface Entry {
  readonly name: string;
  readonly closure: Closure;
}

type Closure = (modules: Modules) => ReadonlySet<string>;

/** What some modules import, they themselves among it. @param later what is fetched later counts too */
export function closureIn(paths: readonly string[], later: boolean): Closure {
  let known: ReadonlySet<string> | undefined;
  return (modules) => {
    if (known !== undefined) return known;
    const found = new Set(paths);
    // A set goes on over what is added while it is gone through.
    for (const id of found) {
      const { importedIds = [], dynamicallyImportedIds = [] } = modules.getModuleInfo(id) ?? {};
      for (const imported of importedIds) found.add(imported);
      if (later) for (const imported of dynamicallyImportedIds) found.add(imported);
    }
    return (known = found);
  };
}

/**
 * Puts what a page runs at once into one chunk. Bundlers give each set of modules that some dialogs share a chunk of its own, though
 * all of them come with the page anyway: dozens of small files, each compressed without knowing the others. What other pages and the
 * workers run too lies in a chunk for each set of them, so that none runs what is another's.
 * @param page name and absolute path of its entry, @param others the same of the other pages
 * @param workers absolute paths; taken as one, and with all that they may fetch later, for that must not bring the page along
 * @returns groups in the order in which they must be asked: a group takes along what its modules import, so what more entries share comes first
 */
export function pageChunks(
  page: readonly [string, string],
  others: Readonly<Record<string, string>>,
  workers: readonly string[],
): ChunkGroup[] {
  const [name, path] = page;
  const own = closureIn([path], false);
  const sharing: Entry[] = [
    ...Object.entries(others).map(([other, entry]) => ({ name: other, closure: closureIn([entry], false) })),
    { name: 'workers', closure: closureIn(workers, true) },
  ];
  const sets = subsetsOf(sharing).sort((one, other) => other.length - one.length);
  return sets.map((set) => ({
    name(id, modules) {
      if (!own(modules).has(id)) return null;
      const isHere = sharing.every((entry) => entry.closure(modules).has(id) === set.includes(entry));
      return isHere ? [name, ...set.map((entry) => entry.name)].join('-') : null;
    },
  }));
}

function subsetsOf<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);
}
