import { closureIn, type ChunkGroup } from './page-chunks.ts';

/**
 * Puts what is fetched later for one purpose into one chunk: a dialog, what it computes and what it writes come as one file and are
 * compressed together, in place of a file for each set of modules that some of them share. What several purposes need lies with the
 * first of them.
 * @param purposes absolute paths of modules that are imported later, by purpose
 * @param others entries that run some of it at once, workers among them: that lies in a chunk of its own (`later`), so that none
 * runs what is another's
 * @returns groups in the order in which they must be asked, after those of what pages run at once
 */
export function laterChunks(
  purposes: Readonly<Record<string, readonly string[]>>,
  others: readonly string[],
): ChunkGroup[] {
  const [atOnce, ...each] = [others, ...Object.values(purposes)].map((paths) => closureIn(paths, false));
  return [
    {
      name: (id, modules) =>
        atOnce?.(modules).has(id) === true && each.some((closure) => closure(modules).has(id)) ? 'later' : null,
    },
    ...Object.keys(purposes).map((purpose, index): ChunkGroup => ({
      name: (id, modules) => (each[index]?.(modules).has(id) === true ? purpose : null),
    })),
  ];
}
