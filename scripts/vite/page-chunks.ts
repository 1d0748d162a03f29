/** What is known of a module while chunks are made: `importedIds` are its static imports. */
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

export interface ChunkGroup {
  readonly name: (id: string, modules: Modules) => string | null;
}

/**
 * Puts what a page runs at once into one chunk. Bundlers give each set of modules that some dialogs share a chunk of its own, though
 * all of them come with the page anyway: dozens of small files, each compressed without knowing the others. What other pages run too
 * lies in a chunk for each set of pages, so that no page runs what is another's.
 * @param page name and absolute path of its entry, @param others the same of the other pages
 * @returns groups in the order in which they must be asked: a group takes along what its modules import, so what more pages share comes first
 */
export function pageChunks(page: readonly [string, string], others: Readonly<Record<string, string>>): ChunkGroup[] {
  const reached = new Map<string, ReadonlySet<string>>();
  const closureOf = (entry: string, modules: Modules): ReadonlySet<string> => {
    const known = reached.get(entry);
    if (known !== undefined) return known;
    const found = new Set([entry]);
    // A set goes on over what is added while it is gone through.
    for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
    reached.set(entry, found);
    return found;
  };
  const sets = subsetsOf(Object.entries(others)).sort((one, other) => other.length - one.length);
  return sets.map((sharing) => ({
    name(id, modules) {
      if (!closureOf(page[1], modules).has(id)) return null;
      const isHere = Object.entries(others).every(
        ([name, entry]) => closureOf(entry, modules).has(id) === sharing.some(([own]) => own === name),
      );
      return isHere ? [page[0], ...sharing.map(([name]) => name)].join('-') : null;
    },
  }));
}

function subsetsOf<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);
}
