/** Results that were dropped back: a result's request, seed, mask and settings return to the film that it was made from. */

import type { Recipe } from '../../counterfactual/edit';
import { madeOtherwise } from '../../counterfactual/madeOtherwise';
import { partsOf } from '../../counterfactual/parts';
import { maskHash, storedHash } from '../../counterfactual/recipe';
import { recipeInFile } from '../../export/recipeInFile';
import { isRemoval } from '../../findings/change';
import type { Taken } from '../../findings/taken';
import { unpackMask } from '../../imaging/mask-pack';
import type { Mask } from '../../imaging/radiograph';
import * as errors from '../../messages/en/errors';
import * as words from '../../messages/en/restored';
import { candidateSets } from '../../record/candidates';
import { maskSet, withActive, withAdded } from '../../record/masks/namedMasks';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { toProblem, type Problem } from '../../record/problem';
import { givingBack, restoredRequest } from '../../record/restoredRequest';
import {
  basedOn,
  showing,
  withMasks,
  withRequest,
  type StudioDocument,
  type Version,
} from '../../record/studioDocument';
import { samplingFor } from '../release';
import { currentVersion } from '../slices/documents';
import { about } from '../slices/notices';
import type { Studio } from '../studio';

export interface MadeFile {
  readonly name: string;
  readonly recipe: Recipe;
}

/** Digits of a hash by which somebody can look for the film. */
const HASH_DIGITS = 16;

/** What made a file that may be a result; undefined: it says nothing, or nothing that can be read, which is then told. */
export function madeFile({ store }: Studio, bytes: Uint8Array, name: string): MadeFile | undefined {
  try {
    const recipe = recipeInFile(bytes, name);
    return recipe && { name, recipe };
  } catch (error) {
    const problem = toProblem(error, errors.openingFile({ name }));
    store.getState().notify({ tone: 'warning', title: problem.message, problems: [problem] });
    return undefined;
  }
}

/**
 * One result a film, the first: what another asked would only take its place.
 * @returns results to be opened as pictures: those whose film is not open, and the rest: further ones of a film, and what failed
 */
export async function restoreEach(
  studio: Studio,
  results: readonly MadeFile[],
): Promise<{ readonly missing: readonly MadeFile[]; readonly further: readonly MadeFile[] }> {
  const restored = new Set<string>();
  const [missing, further] = [new Array<MadeFile>(), new Array<MadeFile>()];
  const failed: MadeFile[] = [];
  for (const made of results) {
    try {
      const home = await homeOf(studio.store.getState().documents, made);
      if (home === undefined) missing.push(made);
      else if (restored.has(home.id)) further.push(made);
      else {
        await restoreOn(studio, home, made);
        restored.add(home.id);
      }
    } catch (error) {
      tellFailed(studio, made, error);
      failed.push(made);
    }
  }
  if (further.length > 0) tellFurther(studio, further);
  return { missing, further: [...further, ...failed] };
}

/** What nobody foresaw of one result must not cost the others. */
function tellFailed({ store }: Studio, { name }: MadeFile, error: unknown): void {
  const problem = toProblem(error, errors.openingFile({ name }));
  store.getState().notify({ tone: 'error', title: words.notRestored({ name }), problems: [problem] });
}

function tellFurther({ store }: Studio, further: readonly MadeFile[]): void {
  const message = words.furtherOpened({ count: further.length });
  const details = further.map(({ name }) => name);
  const problem = { code: 'further-results', message, advice: words.furtherOpenedAdvice(), details };
  store.getState().notify({ tone: 'warning', title: message, problems: [problem] });
}

/** Films that are waited for, by the hash; each with how to stop. */
const awaited = new WeakMap<Studio['store'], Map<string, () => void>>();

/**
 * Says which films are missing. As soon as one is opened, request and mask of its first result come back on it; until the page
 * closes, or another result of it is dropped.
 */
export function awaitFilms(studio: Studio, missing: readonly MadeFile[]): void {
  const first = new Map<string, MadeFile>();
  for (const made of missing) if (!first.has(made.recipe.source.sha256)) first.set(made.recipe.source.sha256, made);
  for (const made of first.values()) awaitFilm(studio, made);
  const further = missing.filter((made) => first.get(made.recipe.source.sha256) !== made);
  if (further.length > 0) tellFurther(studio, further);
}

function awaitFilm(studio: Studio, made: MadeFile): void {
  const { store } = studio;
  const { name: file, sha256 } = made.recipe.source;
  const hash = sha256.slice(0, HASH_DIGITS);
  const source = file === undefined ? words.byHash({ hash }) : words.byName({ file, hash });
  const subject = `film ${sha256}`;
  const message = words.filmMissing({ name: made.name, source });
  const kept = made.recipe.taken !== undefined;
  const advice = (kept ? words.filmMissingTaken : words.filmMissingAdvice)({ name: made.name });
  const problem = { code: 'film-not-open', message, advice, details: [sha256] };
  const waits = awaited.get(store) ?? new Map<string, () => void>();
  awaited.set(store, waits);
  waits.get(sha256)?.();
  store.getState().dismissAbout(subject);
  store
    .getState()
    .notify({ tone: 'warning', title: message, problems: [problem], about: [subject, aboutPicture(made)] });
  let waiting = true;
  const unsubscribe = store.subscribe(({ documents }, before) => {
    for (const document of documents.filter(({ id }) => !before.documents.some((each) => each.id === id)))
      void homeOf([document], made)
        .then(async (home) => {
          if (home === undefined || !waiting) return;
          stop();
          store.getState().dismissAbout(subject);
          await restoreOn(studio, home, made);
        })
        .catch((error: unknown) => {
          tellFailed(studio, made, error);
        });
  });
  const stop = (): void => {
    waiting = false;
    unsubscribe();
    waits.delete(sha256);
  };
  waits.set(sha256, stop);
}

/** The film, or the result of it that was changed further, in the document with that id. */
interface Home extends Base {
  readonly id: string;
}

/** Undefined where none of the documents holds what it was made from. */
async function homeOf(documents: readonly StudioDocument[], { recipe }: MadeFile): Promise<Home | undefined> {
  for (const document of documents) {
    const base = await baseOf(document, recipe.source.sha256);
    if (base !== undefined) return { id: document.id, ...base };
  }
  return undefined;
}

interface Base {
  /** Undefined: the film itself. */
  readonly versionId: string | undefined;
}

/** The film, or the result of it that was changed further. */
async function baseOf(document: StudioDocument, sha256: string): Promise<Base | undefined> {
  if ((await storedHash(document.radiograph)) === sha256) return { versionId: undefined };
  for (const version of document.versions) {
    const image = await loadImage(version).catch(() => undefined);
    if (image !== undefined && (await storedHash(image)) === sha256) return { versionId: version.id };
  }
  return undefined;
}

/** A result that was opened as a picture asks for what its erasure took, where it keeps that: nothing but Generate is left to press. */
export function askBack(studio: Studio, picture: StudioDocument, made: MadeFile): void {
  const { name, recipe } = made;
  const { taken } = recipe;
  if (taken === undefined) return;
  dismissOnceBack(studio, picture.id, made, taken);
  const step = { label: 'Give back what was erased', control: `give back ${name}`, at: studio.services.now() };
  studio.store
    .getState()
    .updateDocument(picture.id, 'undoable', (open) => withRequest(open, givingBack(open.request, taken), step));
}

/** Of a picture that can give back by itself: what is missing is no news once it has. */
function aboutPicture({ name, recipe }: MadeFile): string {
  return `picture ${name} of ${recipe.source.sha256}`;
}

function dismissOnceBack({ store }: Studio, id: string, made: MadeFile, taken: Taken): void {
  const isBack = ({ counterfactual }: Version): boolean =>
    partsOf(counterfactual.recipe.edit).some((part) => !isRemoval(part) && part.sketch?.taken?.values === taken.values);
  const unsubscribe = store.subscribe(({ documents, dismissAbout }) => {
    const document = documents.find((each) => each.id === id);
    const results = [...(document?.versions ?? []), ...candidateSets(document).flatMap(({ items }) => items)];
    if (document !== undefined && !results.some(isBack)) return;
    unsubscribe();
    dismissAbout(aboutPicture(made));
  });
}

async function restoreOn(
  { store, services }: Studio,
  { id, versionId }: Home,
  { name, recipe }: MadeFile,
): Promise<void> {
  const { documents, release, showDocument, updateDocument, notify } = store.getState();
  const document = documents.find((each) => each.id === id);
  if (document === undefined) return;
  const painted = await paintedIn(recipe, document);
  const problems: Problem[] = [];
  const tell = (code: string, message: string, advice: string): void => {
    problems.push({ code, message, advice, details: [] });
  };
  if (painted === undefined && recipe.edit.maskSha256 !== undefined)
    tell('mask-not-in-file', words.maskNotInFile(), words.maskNotInFileAdvice());
  for (const { code, message, advice } of madeOtherwise(recipe)) tell(code, message, advice);
  if (recipe.search !== undefined) tell('noise-searched', words.searchedNoise(), words.searchedNoiseAdvice());

  showDocument(id);
  updateDocument(id, 'transient', (open) =>
    versionId === undefined ? showing(open, undefined) : basedOn(open, versionId),
  );
  updateDocument(id, 'undoable', (open) => withPainted(open, painted));
  updateDocument(id, 'undoable', (open) =>
    withRequest(
      open,
      restoredRequest(open.request, recipe, (kind) => samplingFor(release, kind)),
      {
        label: 'Restore request',
        control: `restore ${name}`,
        at: services.now(),
      },
    ),
  );
  if (currentVersion(store.getState()) === undefined) store.getState().setComparison('source');
  const say = painted === undefined ? words.restoredWithoutMask : words.restored;
  const title = say({ name, film: document.radiograph.name });
  notify({ tone: problems.length === 0 ? 'success' : 'warning', title, problems, about: [about.document(id)] });
}

/** The mask that the recipe names: among those of the film, or in the file. Its size is looked at before it is unpacked. */
async function paintedIn({ edit, painted }: Recipe, { radiograph, masks }: StudioDocument): Promise<Mask | undefined> {
  if (edit.maskSha256 === undefined) return undefined;
  const { width, height } = radiograph;
  for (const { mask } of masks)
    if (mask?.width === width && mask.height === height && (await maskHash(mask)) === edit.maskSha256) return mask;
  const unpacked = painted?.width === width && painted.height === height ? await unpackMask(painted) : undefined;
  return unpacked !== undefined && (await maskHash(unpacked)) === edit.maskSha256 ? unpacked : undefined;
}

/** In use from now on, added where the film has it not yet; none: no mask is in use, and those that there are stay in the list. */
function withPainted(document: StudioDocument, painted: Mask | undefined): StudioDocument {
  const known = document.masks.find(({ mask }) => mask === painted);
  if (painted === undefined) return withMasks(document, maskSet(document.masks, undefined), 'Restore mask');
  const set = known === undefined ? withAdded(document, painted) : withActive(document, known.id);
  return withMasks(document, set, 'Restore mask');
}
