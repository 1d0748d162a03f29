import type { Radiograph } from '../imaging/radiograph';

/** The films that were asked for last stay open, as many as `most`. One that could not be read is read anew the next time. */
export function keptFilms(
  films: { open(film: string): Promise<Radiograph> },
  most: number,
): (film: string) => Promise<Radiograph> {
  const open = new Map<string, Radiograph>();
  return async (film) => {
    const radiograph = open.get(film) ?? (await films.open(film));
    open.delete(film);
    open.set(film, radiograph);
    for (const oldest of [...open.keys()].slice(0, -most)) open.delete(oldest);
    return radiograph;
  };
}
