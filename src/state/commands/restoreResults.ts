/** Results that were dropped back: each one's request, seed, mask and settings return to the film that it was made from. */

import type { Recipe } from '../../counterfactual/edit';
import { maskHash, storedHash } from '../../counterfactual/recipe';
import { recipeInFile } from '../../export/recipeInFile';
import { unpackMask } from '../../imaging/mask-pack';
import type { Mask } from '../../imaging/radiograph';
import * as errors from '../../messages/en/errors';
import * as words from '../../messages/en/restored';
import { maskSet, withActive, withAdded } from '../../record/masks/namedMasks';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { toProblem, type Problem } from '../../record/problem';
import { restoredRequest } from '../../record/restoredRequest';
import { basedOn, showing, withMasks, withRequest, type StudioDocument } from '../../record/studioDocument';
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

/** @returns whether its film is open, and has it all back */
export async function restore(studio: Studio, made: MadeFile): Promise<boolean> {
  for (const document of studio.store.getState().documents) {
    const base = await baseOf(document, made.recipe.source.sha256);
    if (base === undefined) continue;
    await restoreOn(studio, document.id, base.versionId, made);
    return true;
  }
  return false;
}

/** Says which film is missing. As soon as it is opened, request and mask come back on it; until the page closes. */
export function awaitFilm(studio: Studio, made: MadeFile): void {
  const { store } = studio;
  const { name: file, sha256 } = made.recipe.source;
  const hash = sha256.slice(0, HASH_DIGITS);
  const source = file === undefined ? words.byHash({ hash }) : words.byName({ file, hash });
  const subject = `film ${sha256} of ${made.name}`;
  const message = words.filmMissing({ name: made.name, source });
  const advice = words.filmMissingAdvice({ name: made.name });
  const problem = { code: 'film-not-open', message, advice, details: [sha256] };
  store.getState().notify({ tone: 'warning', title: message, problems: [problem], about: [subject] });
  const seen = new Set(store.getState().documents.map(({ id }) => id));
  const stop = store.subscribe(({ documents }) => {
    for (const document of documents.filter(({ id }) => !seen.has(id))) {
      seen.add(document.id);
      void storedHash(document.radiograph).then((found) => {
        if (found !== sha256) return;
        stop();
        store.getState().dismissAbout(subject);
        return restoreOn(studio, document.id, undefined, made);
      });
    }
  });
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

async function restoreOn(
  { store, services }: Studio,
  id: string,
  versionId: string | undefined,
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
  const say = recipe.edit.maskSha256 === undefined ? words.restoredWithoutMask : words.restored;
  const title = say({ name, film: document.radiograph.name });
  notify({ tone: problems.length === 0 ? 'success' : 'warning', title, problems, about: [about.document(id)] });
}

/** The mask that the recipe names: in the file, or among those of the film. */
async function paintedIn({ edit, painted }: Recipe, { radiograph, masks }: StudioDocument): Promise<Mask | undefined> {
  const unpacked = painted && (await unpackMask(painted));
  const { width, height } = radiograph;
  for (const mask of [unpacked, ...masks.map((each) => each.mask)]) {
    if (mask?.width === width && mask.height === height && (await maskHash(mask)) === edit.maskSha256) return mask;
  }
  return undefined;
}

/** In use from now on; none: no mask is in use, and those that there are stay in the list. */
function withPainted(document: StudioDocument, painted: Mask | undefined): StudioDocument {
  const known = document.masks.find(({ mask }) => mask === painted);
  if (painted === undefined) return withMasks(document, maskSet(document.masks, undefined), 'Restore mask');
  const set = known === undefined ? withAdded(document, painted) : withActive(document, known.id);
  return withMasks(document, set, 'Restore mask');
}
