/** Films of a run out of the files of a folder, each opened when its turn comes. */

import { namedFrame } from '../../dicom/frame-name';
import { FilmMissingError, FilmsLostError } from '../../run/errors';
import type { FilmSource } from '../../run/runner';
import { pathsOf } from '../commands/planSet';
import type { OpenableFile, StudioServices } from '../services';

export function filmsFrom(files: readonly OpenableFile[], { open }: Pick<StudioServices, 'open'>): FilmSource {
  const paths = pathsOf(files.map(({ name, path = name }) => path));
  const byPath = new Map(files.map((file, index) => [paths[index] ?? file.name, file] as const));
  return {
    async open(film) {
      const whole = byPath.get(film);
      const { file: path, frame } = namedFrame(film);
      const file = whole ?? byPath.get(path);
      if (file === undefined) throw new FilmMissingError(film);
      return open(await bytesOf(file, film), film, whole === undefined ? frame : undefined);
    },
  };
}

/** @throws FilmMissingError where it is gone, FilmsLostError where none of them may be read any more */
async function bytesOf(file: OpenableFile, film: string): Promise<Uint8Array> {
  try {
    return await file.bytes();
  } catch (cause) {
    if (cause instanceof DOMException && (cause.name === 'NotAllowedError' || cause.name === 'SecurityError'))
      throw new FilmsLostError(film, { cause });
    throw new FilmMissingError(film, { cause });
  }
}
