/** What a run has left in its folder, as results that can be exported. */

import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import * as z from 'zod/mini';
import { recipeFromText } from '../counterfactual/recipe';
import type { Receipt } from '../counterfactual/receipt/receipt';
import { openRadiograph } from '../dicom/open';
import type { ExportItem, ResultPixels } from '../export/item';
import { GENERATED, type Row } from '../export/row';
import { decodeGreyPng } from '../imaging/png-decode';
import type { Mask } from '../imaging/radiograph';
import type { Done, Outcome } from '../run/item';
import { readHistory } from '../run/journal';
import type { FilmSource } from '../run/runner';
import { IN_WORDS } from '../schemas/issues';
import { FolderUnreadableError, ResultMissingError, RunFolderError } from './errors';

/** Of a whole run, or of a part of one. */
const JOURNAL = /^journal(?:-\d+-of-\d+)?\.jsonl$/;

/** Whom a film shows, and the part of a split that the patient belongs to. */
export interface PatientKey {
  readonly patient: string;
  readonly split: string | undefined;
}

/**
 * The last outcome of each item of a run, of all its parts. @throws FolderUnreadableError, RunFolderError where there is no
 * journal, JournalInvalidError
 */
export async function outcomesIn(folder: string): Promise<readonly Outcome[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FolderUnreadableError(folder, { cause });
  });
  const journals = names.filter((name) => JOURNAL.test(name)).sort();
  if (journals.length === 0) throw new RunFolderError(folder);
  const outcomes = new Map<string, Outcome>();
  for (const name of journals) {
    for (const [id, outcome] of readHistory(await readFile(join(folder, name), 'utf8')).outcomes) {
      // One part may have failed where another, started later, has done it.
      if (outcomes.get(id)?.status !== 'done') outcomes.set(id, outcome);
    }
  }
  return [...outcomes.values()];
}

/**
 * @param keys by film, as the run names it
 * @param films where the radiographs are; undefined: nobody has said
 */
export function exportedItem(
  folder: string,
  { item, files, row }: Done,
  keys: ReadonlyMap<string, PatientKey>,
  films: FilmSource | undefined,
): ExportItem {
  const key = keys.get(item.film);
  const { patient, split } = row;
  const origin = row['origin'] ?? patient ?? item.film;
  return {
    id: item.id,
    request: item.request,
    origin,
    // A run that knew the patients has told the rows.
    patient: key?.patient ?? (patient === origin ? undefined : patient),
    split: key?.split ?? (split === GENERATED ? undefined : split),
    row: withoutFiles(row),
    load: () => load(folder, files),
    ...(films !== undefined && { loadSource: () => films.open(item.film) }),
  };
}

/** The export has files of its own. */
function withoutFiles(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !/(?:^|_)file_name$|^path$|^mask$|^recipe$/.test(column)),
  );
}

async function load(folder: string, files: readonly string[]): Promise<ResultPixels> {
  const bytesOf = async (start: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> => {
    const name = files.find((file) => file.startsWith(`${start}/`));
    // The journal is a text that anybody may have written: nothing outside of the folder is read for it.
    if (name === undefined || isAbsolute(name) || normalize(name).startsWith('..')) throw new ResultMissingError(start);
    try {
      return { name, bytes: new Uint8Array(await readFile(join(folder, name))) };
    } catch (cause) {
      throw new ResultMissingError(name, { cause });
    }
  };
  const picture = await bytesOf('images');
  const mask = await bytesOf('masks');
  const made = await bytesOf('recipes');
  return {
    // Its name would be that of its file, which says nothing.
    image: { ...(await openRadiograph(picture.bytes, picture.name)), synthetic: true },
    mask: maskIn(mask.bytes, mask.name),
    ...recipeIn(new TextDecoder().decode(made.bytes), made.name),
  };
}

/** As it was written: softer than any that a user would paint is no error here. */
function maskIn(bytes: Uint8Array, name: string): Mask {
  const { width, height, samples } = decodeGreyPng(bytes, name);
  return {
    width,
    height,
    data: samples instanceof Uint8Array ? samples : Uint8Array.from(samples, (value) => value >> 8),
  };
}

const verdict = z.enum(['green', 'amber', 'red']);
const receiptSchema = z.object({
  verdict,
  lines: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      verdict: z.optional(verdict),
      reason: z.string(),
      key: z.optional(z.string()),
      figures: z.array(z.object({ label: z.string(), value: z.string() })),
    }),
  ),
});
const fileSchema = z.object({ recipe: z.unknown(), receipt: z.optional(receiptSchema) });

function recipeIn(text: string, name: string): Pick<ResultPixels, 'recipe' | 'receipt'> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ResultMissingError(name, { cause });
  }
  const parsed = fileSchema.safeParse(json, IN_WORDS);
  if (!parsed.success) throw new ResultMissingError(name, { cause: parsed.error });
  return {
    recipe: recipeFromText(JSON.stringify(parsed.data.recipe), name),
    // The ids of lines are those of the release that wrote them.
    receipt: parsed.data.receipt as Receipt | undefined,
  };
}
