/** What a run has left in its folder, as results that can be exported. */

import * as z from 'zod/mini';
import type { Recipe } from '../counterfactual/edit';
import { recipeFromText } from '../counterfactual/recipe';
import type { Receipt } from '../counterfactual/receipt/receipt';
import { namedFrame } from '../dicom/frame-name';
import type { GeneratedItem, Plan } from '../dataset/plan/schema';
import { isEncodedWith } from '../imaging/png';
import { isPng } from '../imaging/png-chunks';
import { decodeGreyPng } from '../imaging/png-decode';
import { chunksOfGreyPng } from '../imaging/png-encode';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { ResultMissingError } from '../run/errors';
import type { RunFiles, RunRecord } from '../run/folder';
import type { Done } from '../run/item';
import { plannedById } from '../run/planned';
import { doneOf, isAccepted } from '../run/review';
import type { FilmSource } from '../run/runner';
import { IN_WORDS } from '../schemas/issues';
import type { Donor, ExportItem, Result, TableRows } from './item';
import { pngTexts, withoutNames } from './about';
import { GENERATED, type Row } from './row';
import type { Skipped } from './writer';

/** Whom a film shows, and the part of a split that the patient belongs to. */
export interface PatientKey {
  readonly patient: string;
  readonly split: string | undefined;
}

/** A plan knows whom its films show. */
export function plannedPatients(plan: Plan | undefined): ReadonlyMap<string, PatientKey> {
  return new Map(
    (plan?.generated ?? []).flatMap(({ film, patient, split }) =>
      patient === '' ? [] : [[film, { patient, split: split === '' ? undefined : split }] as const],
    ),
  );
}

export interface RunItemsOptions {
  /** Also what was rejected, or is doubted by its receipt and nobody decided on. */
  readonly all: boolean;
  /** By film, as the run names it; undefined: as the plan says. */
  readonly patients?: ReadonlyMap<string, PatientKey> | undefined;
  /** Where the radiographs are; undefined: nobody has said. */
  readonly films: FilmSource | undefined;
  readonly open: OpenPicture;
}

/** Reads a picture: in Node here, in the page in a worker. @throws CounterpartError that names the file */
export type OpenPicture = (bytes: Uint8Array, name: string) => Promise<Radiograph>;

/** What was planned or reviewed is a set in the making; the results of other runs are the user's choice one by one. */
export function itemsOfRun(
  files: RunFiles,
  { outcomes, plan, decisions }: RunRecord,
  { all, patients = plannedPatients(plan), films, open }: RunItemsOptions,
): readonly ExportItem[] {
  const made = doneOf(outcomes.values());
  const isChosen = !all && (plan !== undefined || decisions.size > 0);
  const done = isChosen ? made.filter((each) => isAccepted(each, decisions)) : made;
  const planned = plan === undefined ? undefined : plannedById(plan);
  const items = done.map((each) => ({
    ...exportedItem(files, each, patients, films, open),
    tables: tablesOf(plan, planned?.get(each.item.id)),
  }));
  return withPatientsOfFiles(items, done);
}

/** Frames of one file show one patient: where nobody says whom, the first of the file's origins stands for the patient of all. */
function withPatientsOfFiles(items: readonly ExportItem[], done: readonly Done[]): readonly ExportItem[] {
  const origins = new Map<string, Set<string>>();
  const known = new Map<string, string>();
  const tell = (film: string, { origin, patient }: Partial<Donor>): void => {
    const { file } = namedFrame(film);
    if (origin !== undefined) origins.set(file, (origins.get(file) ?? new Set()).add(origin));
    if (patient !== undefined) known.set(file, patient);
  };
  items.forEach((item, at) => {
    const { film = '', donor } = done[at]?.item ?? {};
    tell(film, item);
    if (donor && item.donor) tell(donor.film, item.donor);
  });
  const patientOf = (film = ''): string | undefined => {
    const { file } = namedFrame(film);
    const own = [...(origins.get(file) ?? [])].sort();
    return known.get(file) ?? (own.length > 1 ? own[0] : undefined);
  };
  return items.map((item, at) => ({
    ...item,
    patient: item.patient ?? patientOf(done[at]?.item.film),
    donor: item.donor && { ...item.donor, patient: item.donor.patient ?? patientOf(done[at]?.item.donor?.film) },
  }));
}

/** Of a frame also by its file's name. */
function keyOf(keys: ReadonlyMap<string, PatientKey>, film: string): PatientKey | undefined {
  return keys.get(film) ?? keys.get(namedFrame(film).file);
}

function tablesOf(plan: Plan | undefined, item: GeneratedItem | undefined): readonly TableRows[] {
  return (plan?.header.tables ?? []).flatMap((table, number) => {
    const rows = (item?.rows ?? []).flatMap(([of, cells]) => (of === number ? [cells] : []));
    return rows.length === 0 ? [] : [{ table, rows }];
  });
}

/** What was asked for and could not be made. */
export function notMadeOf({ outcomes }: Pick<RunRecord, 'outcomes'>): readonly Skipped[] {
  return [...outcomes.values()].flatMap((outcome) =>
    outcome.status === 'failed' ? [{ id: outcome.item.id, ...outcome.error }] : [],
  );
}

/** Croissant and the folders of nnU-Net take letters, digits, - and _. */
export function titleOf(text: string): string {
  const title = text.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return title === '' ? 'counterpart-set' : title;
}

function exportedItem(
  from: RunFiles,
  { item, files, row }: Done,
  keys: ReadonlyMap<string, PatientKey>,
  films: FilmSource | undefined,
  open: OpenPicture,
): ExportItem {
  const key = keyOf(keys, item.film);
  const { patient, split } = row;
  const origin = row['origin'] ?? patient ?? item.film;
  return {
    id: item.id,
    request: item.request,
    origin,
    // A run that knew the patients has told the rows.
    patient: key?.patient ?? (patient === origin ? undefined : patient),
    split: key?.split ?? (split === GENERATED ? undefined : split),
    donor: donorIn(item, row, keys),
    row: withoutFiles(row),
    load: () => loadResult(from, files, open),
    ...(films !== undefined && { loadSource: () => films.open(item.film) }),
  };
}

/** By the keys that were given, else as the run's plan told the row. */
function donorIn(
  { donor }: Done['item'],
  { donor_origin: origin, donor_patient: patient = '', donor_split: split = '' }: Row,
  keys: ReadonlyMap<string, PatientKey>,
): Donor | undefined {
  if (donor === undefined) return undefined;
  const key = keyOf(keys, donor.film);
  const known = (text: string): string | undefined => (text === '' ? undefined : text);
  return { origin, patient: key?.patient ?? known(patient), split: key?.split ?? known(split) };
}

/** The export has files of its own. */
function withoutFiles(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !/(?:^|_)file_name$|^path$|^mask$|^recipe$|^imagefolder$/.test(column)),
  );
}

/** What was written of one result. @throws ResultMissingError, RecipeInvalidError and what the decoders throw */
export async function loadResult(from: RunFiles, files: readonly string[], open: OpenPicture): Promise<Result> {
  const bytesOf = async (start: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> => {
    const name = files.find((file) => file.startsWith(`${start}/`));
    // The journal is a text that anybody may have written: nothing outside of the folder is read for it.
    if (name === undefined || !isInside(name)) throw new ResultMissingError(start);
    const bytes = await from.read(name);
    if (bytes === undefined) throw new ResultMissingError(name);
    return { name, bytes };
  };
  const picture = await bytesOf('images');
  const mask = await bytesOf('masks');
  const made = await bytesOf('recipes');
  const { asWritten, ...about } = recipeIn(new TextDecoder().decode(made.bytes), made.name);
  const isCoded =
    asWritten !== undefined && isPng(picture.bytes) && isEncodedWith(picture.bytes, picture.name, pngTexts(asWritten));
  return {
    ...about,
    // What its file says of study and instance is of the result itself, and of no film that it was made from.
    image: once(async () => ({ ...withoutNames(await open(picture.bytes, picture.name)), synthetic: true })),
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
    mask: once(async () => maskIn(mask.bytes, mask.name)),
    coded: {
      png: isCoded ? picture.bytes : undefined,
      mask: isMaskPng(mask.bytes, mask.name) ? mask.bytes : undefined,
    },
  };
}

/** Asked for again, the same. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function isInside(path: string): boolean {
  return !/^\/|^[a-z]:|\\|(?:^|\/)\.\.(?:\/|$)/i.test(path);
}

/** Whether it is as `encodeMaskPng` writes it. @throws TruncatedImageError, CorruptImageError */
function isMaskPng(bytes: Uint8Array, name: string): boolean {
  const file = chunksOfGreyPng(bytes, name);
  return file?.bits === 8 && file.extra.length === 0;
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

/** `asWritten` has its fields in the order of the file; undefined where reading changed any, as of an old release. */
function recipeIn(
  text: string,
  name: string,
): Pick<Result, 'recipe' | 'receipt'> & { readonly asWritten: Recipe | undefined } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ResultMissingError(name, { cause });
  }
  const parsed = fileSchema.safeParse(json, IN_WORDS);
  if (!parsed.success) throw new ResultMissingError(name, { cause: parsed.error });
  const recipe = recipeFromText(JSON.stringify(parsed.data.recipe), name);
  return {
    recipe,
    asWritten: inOrder(recipe) === inOrder(parsed.data.recipe) ? (parsed.data.recipe as Recipe) : undefined,
    // The ids of lines are those of the release that wrote them.
    receipt: parsed.data.receipt as Receipt | undefined,
  };
}

/** As JSON, with the fields of every object by name. */
function inOrder(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
