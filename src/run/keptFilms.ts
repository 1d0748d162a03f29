import type { FilmSource } from './runner';

/** The films that were asked for last stay open, as many as `most`. One that could not be read is read anew the next time. */
export function keptFilms(films: FilmSource, most: number): FilmSource['open'] {
  const open = new Map<string, Awaited<ReturnType<FilmSource['open']>>>();
  return async (film) => {
    const radiograph = open.get(film) ?? (await films.open(film));
    open.delete(film);
    open.set(film, radiograph);
    for (const oldest of [...open.keys()].slice(0, -most)) open.delete(oldest);
    return radiograph;
  };
}
