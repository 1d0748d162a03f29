/** What was dropped or pasted: masks of the radiograph on the screen become its masks, results give back what they were made with, all else is opened. */

import type { Radiograph } from '../../imaging/radiograph';
import type { StudioDocument } from '../../record/studioDocument';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { importMasks } from './maskFiles';
import { openEach, openFiles, readOpened } from './openFiles';
import { setOrFilms } from './openSet';
import type { MadeFile } from './restoreResults';

type Kind = 'mask' | 'perhaps' | 'other';

/** What an export of ours has near its start; looked for before anything more is fetched. */
const MADE_HERE = /COUNTERPART|Counterpart-Recipe/;
const NEAR_THE_START = 1 << 16;

/** What a result of ours was made with; undefined for all else. */
async function resultIn(studio: Studio, bytes: Uint8Array, name: string): Promise<MadeFile | undefined> {
  if (!MADE_HERE.test(new TextDecoder('latin1').decode(bytes.subarray(0, NEAR_THE_START)))) return undefined;
  const { madeFile } = await import('./restoreResults');
  return madeFile(studio, bytes, name);
}

/** Decoders are fetched when first needed. */
async function kindOf({ services }: Studio, bytes: Uint8Array, name: string, radiograph: Radiograph): Promise<Kind> {
  const [{ isSegmentation }, { isPngOfSize }] = await Promise.all([
    import('../../dicom/seg/sniff'),
    import('../../imaging/mask-sniff'),
  ]);
  if (isSegmentation(bytes, name)) return 'mask';
  if (!isPngOfSize(bytes, radiograph)) return 'other';
  // What cannot be told is opened, and says there what is wrong with it.
  return (await services.mayBeMask(bytes, name, radiograph).catch(() => false)) ? 'perhaps' : 'other';
}

/** A PNG that may be either waits for the user's answer. Masks are of the radiograph that they were dropped on. */
export async function openDropped(studio: Studio, dropped: readonly OpenableFile[]): Promise<void> {
  const { store } = studio;
  const files = setOrFilms(studio, dropped);
  const target = currentDocument(store.getState());
  const masks: OpenableFile[] = [];
  const perhaps: OpenableFile[] = [];
  const results: { readonly file: OpenableFile; readonly made: MadeFile }[] = [];
  const opened = await openEach(studio, files, async (file, bytes) => {
    const made = await resultIn(studio, bytes, file.name);
    if (made !== undefined) {
      results.push({ file, made });
      return true;
    }
    const isOpen = target !== undefined && store.getState().documents.some(({ id }) => id === target.id);
    const kind = isOpen ? await kindOf(studio, bytes, file.name, target.radiograph) : 'other';
    if (kind === 'mask') masks.push({ name: file.name, bytes: () => Promise.resolve(bytes) });
    if (kind === 'perhaps') perhaps.push(file);
    return kind !== 'other';
  });
  if (target !== undefined && masks.length > 0) await importMasks(studio, masks, target.id);
  if (target !== undefined && perhaps.length > 0) {
    // The question is about the picture that is seen behind it.
    store.setState({ currentId: target.id });
    store.getState().setMaskQuestion(perhaps, target.id);
  }
  const pictures = results.length === 0 ? [] : await restoredOrOpened(studio, results);
  await readOpened(studio, [...opened, ...pictures]);
}

/** After all else, since a film may have come with its results. Results whose film is not open, and further ones of a film, are opened as pictures. */
async function restoredOrOpened(
  studio: Studio,
  results: readonly { readonly file: OpenableFile; readonly made: MadeFile }[],
): Promise<readonly StudioDocument[]> {
  const { askBack, restoreEach, awaitFilms } = await import('./restoreResults');
  const { missing, further } = await restoreEach(
    studio,
    results.map(({ made }) => made),
  );
  const pictures = results.filter(({ made }) => missing.includes(made) || further.includes(made));
  const opened: StudioDocument[] = [];
  for (const { file, made } of pictures) {
    const [picture] = await openEach(studio, [file]);
    if (picture === undefined) continue;
    opened.push(picture);
    askBack(studio, picture, made);
  }
  awaitFilms(studio, missing);
  return opened;
}

/** The user's answer. */
export async function answerMaskQuestion(studio: Studio, answer: 'mask' | 'radiograph' | 'neither'): Promise<void> {
  const { maskQuestion, maskQuestionOf, setMaskQuestion } = studio.store.getState();
  setMaskQuestion([]);
  if (answer === 'mask') await importMasks(studio, maskQuestion, maskQuestionOf);
  if (answer === 'radiograph') await openFiles(studio, maskQuestion);
}
