/** Which file is which film: by as many parts of the path as both have, without regard to endings. */

import { namedFrame } from '../dicom/frame-name';
import { Problems, type Film, type TableProblem } from './filmTable';

export interface Matched {
  /** The file of each film by its number; films without one are absent. */
  readonly pathOf: ReadonlyMap<number, string>;
  /** The same, but of a frame without its number: what may be called `x#2` and be a file of its own is told from a frame here. */
  readonly fileOf: ReadonlyMap<number, string>;
  readonly problems: readonly TableProblem[];
}

const ENDING = /\.(?:png|jpe?g|tiff?|webp|bmp|dcm|dicom)$/i;
/** Folders above a file that are compared. */
const DEPTH = 6;
const TWICE = Symbol('more than one file');

/**
 * A film that is a frame of a file (`film.dcm#2`) has the file's path with that number, unless a file is called so.
 * @param paths relative to the folder of the films, with forward slashes
 */
export function matchFiles(films: readonly Film[], paths: readonly string[]): Matched {
  const problems = new Problems();
  const byEnd = new Map<string, string | typeof TWICE>();
  for (const path of paths)
    for (const end of endsOf(path)) {
      const before = byEnd.get(end);
      byEnd.set(end, before === undefined || before === path ? path : TWICE);
    }
  const foundOf = (name: string): string | typeof TWICE | undefined =>
    endsOf(name).flatMap((end) => byEnd.get(end) ?? [])[0];
  const [pathOf, fileOf] = [new Map<number, string>(), new Map<number, string>()];
  const used = new Set<string>();
  films.forEach(({ file }, at) => {
    const named = namedFrame(file);
    const literal = foundOf(file);
    const found = literal ?? (named.frame === undefined ? undefined : foundOf(named.file));
    if (found === undefined) problems.add('film-without-file', file);
    else if (typeof found === 'symbol') problems.add('file-twice', file);
    else {
      pathOf.set(at, literal === undefined ? `${found}#${String(named.frame)}` : found);
      fileOf.set(at, found);
      used.add(found);
    }
  });
  for (const path of paths) if (!used.has(path)) problems.add('file-without-row', path);
  return { pathOf, fileOf, problems: problems.list() };
}

/** "a/b/c.png" as "a/b/c", "b/c", "c". */
function endsOf(path: string): readonly string[] {
  const parts = path
    .replace(ENDING, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(-DEPTH);
  return parts.map((_, from) => parts.slice(from).join('/'));
}
