/** Tables among opened files make a data set of all of them. */

import type { OpenableFile } from '../services';
import type { Studio } from '../studio';

const TABLE = /\.(?:csv|tsv|jsonl|ndjson)$/i;
/** A list of films beside a table. */
const LIST = /\.txt$/i;
const FILM = /(?:\.(?:dcm|dicom|png|jpe?g|tiff?|webp|bmp)|(?:^|\/)[^.]+)$/i;

/** @returns the files that are to be opened one by one; none where they are a data set, which is then shown */
export function setOrFilms(studio: Studio, files: readonly OpenableFile[]): readonly OpenableFile[] {
  if (!files.some(({ name }) => TABLE.test(name))) return files.filter(isOpened);
  const tables = files.filter(({ name }) => TABLE.test(name) || LIST.test(name));
  studio.store.getState().showSet({ tables, films: files.filter((file) => !tables.includes(file) && isOpened(file)) });
  return [];
}

/** What lies in a folder beside the films is not meant; what was chosen by itself is. */
function isOpened({ name, path }: OpenableFile): boolean {
  return path === undefined || FILM.test(name);
}
