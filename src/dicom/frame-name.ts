/** How one frame of a file is named where films are named by their paths: `film.dcm#2`. Holds no readers, so that all may know it. */

export interface NamedFrame {
  readonly file: string;
  /** From 1; undefined: no frame is named. */
  readonly frame: number | undefined;
}

/** A file may itself be called so: whoever has the files looks for one of the whole name first. */
export function namedFrame(film: string): NamedFrame {
  const [, file, number] = /^(.+)#(\d{1,9})$/s.exec(film) ?? [];
  return file === undefined ? { file: film, frame: undefined } : { file, frame: Number(number) };
}
