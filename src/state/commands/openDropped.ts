/** What was dropped or pasted: masks of the radiograph on the screen become its masks, all else is opened. */

import type { Radiograph } from '../../imaging/radiograph';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { importMasks } from './maskFiles';
import { openEach, openFiles, readOpened } from './openFiles';
import { setOrFilms } from './openSet';

type Kind = 'mask' | 'perhaps' | 'other';

/** Decoders are fetched when first needed. */
async function kindOf(bytes: Uint8Array, name: string, radiograph: Radiograph): Promise<Kind> {
  const [{ isSegmentation }, { mayBeMask }] = await Promise.all([
    import('../../dicom/seg/sniff'),
    import('../../imaging/mask-sniff'),
  ]);
  if (isSegmentation(bytes, name)) return 'mask';
  return mayBeMask(bytes, name, radiograph) ? 'perhaps' : 'other';
}

/** A PNG that may be either waits for the user's answer. Masks are of the radiograph that they were dropped on. */
export async function openDropped(studio: Studio, dropped: readonly OpenableFile[]): Promise<void> {
  const { store } = studio;
  const files = setOrFilms(studio, dropped);
  const target = currentDocument(store.getState());
  const masks: OpenableFile[] = [];
  const perhaps: OpenableFile[] = [];
  const opened = await openEach(studio, files, async (file, bytes) => {
    const isOpen = target !== undefined && store.getState().documents.some(({ id }) => id === target.id);
    const kind = isOpen ? await kindOf(bytes, file.name, target.radiograph) : 'other';
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
  await readOpened(studio, opened);
}

/** The user's answer. */
export async function answerMaskQuestion(studio: Studio, answer: 'mask' | 'radiograph' | 'neither'): Promise<void> {
  const { maskQuestion, maskQuestionOf, setMaskQuestion } = studio.store.getState();
  setMaskQuestion([]);
  if (answer === 'mask') await importMasks(studio, maskQuestion, maskQuestionOf);
  if (answer === 'radiograph') await openFiles(studio, maskQuestion);
}
