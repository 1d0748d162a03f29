/** What was dropped or pasted: masks of the radiograph on the screen become its masks, all else is opened. */

import type { Radiograph } from '../../imaging/radiograph';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { importMasks } from './maskFiles';
import { openFiles } from './openFiles';

type Kind = 'mask' | 'perhaps' | 'other';

/** Decoders are fetched when first needed. */
async function kindOf(file: OpenableFile, radiograph: Radiograph): Promise<Kind> {
  const [{ isSegmentation }, { mayBeMask }] = await Promise.all([import('../../dicom/seg/sniff'), import('../../imaging/mask-sniff')]);
  // A file that cannot be read is named by whoever opens it.
  const bytes = await file.bytes().catch(() => new Uint8Array());
  if (isSegmentation(bytes, file.name)) return 'mask';
  return mayBeMask(bytes, file.name, radiograph) ? 'perhaps' : 'other';
}

/** A PNG that may be either waits for the user's answer. */
export async function openDropped(studio: Studio, files: readonly OpenableFile[]): Promise<void> {
  const document = currentDocument(studio.store.getState());
  if (document === undefined) {
    await openFiles(studio, files);
    return;
  }
  const kinds = await Promise.all(files.map((file) => kindOf(file, document.radiograph)));
  const of = (kind: Kind): readonly OpenableFile[] => files.filter((_, index) => kinds[index] === kind);
  if (of('mask').length > 0) await importMasks(studio, of('mask'));
  if (of('perhaps').length > 0) studio.store.getState().setMaskQuestion(of('perhaps'));
  if (of('other').length > 0) await openFiles(studio, of('other'));
}

/** The user's answer. */
export async function answerMaskQuestion(studio: Studio, answer: 'mask' | 'radiograph' | 'neither'): Promise<void> {
  const { maskQuestion, setMaskQuestion } = studio.store.getState();
  setMaskQuestion([]);
  if (answer === 'mask') await importMasks(studio, maskQuestion);
  if (answer === 'radiograph') await openFiles(studio, maskQuestion);
}
