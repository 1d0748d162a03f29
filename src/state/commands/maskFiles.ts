/** Named masks from files and to files. A file that fails is named with its reason; the others are taken. */

import type { Attributes } from '../../dicom/encode';
import { CorruptImageError } from '../../imaging/errors';
import { encodeMaskPng } from '../../imaging/mask';
import { isPng } from '../../imaging/png-chunks';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { CounterpartError } from '../../errors';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { exportedFile, exportedImage, exportedMaskName, fileStem } from '../exportIdentity';
import { activeMask, freeName, MAX_NAME, withAdded, type MaskSet } from '../../record/masks/namedMasks';
import { toProblem, type Problem } from '../../record/problem';
import { bytesOfFilm } from '../filesOfFilms';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import { withMasks } from '../../record/studioDocument';
import type { StudioStore } from '../store';
import type { Studio } from '../studio';

export class NotAMaskFileError extends CounterpartError {
  readonly code = 'not-a-mask-file';
  constructor(name: string) {
    super(
      `${name} is no mask: its content is neither PNG nor DICOM.`,
      'Import an 8-bit greyscale PNG or a DICOM segmentation (SEG).',
    );
  }
}

interface Imported {
  readonly name: string;
  /** A segment's label says what it shows; a file's name says whose it is. */
  readonly fromFile: boolean;
  readonly mask: Mask;
  readonly notes: readonly string[];
}

/** Decoders are fetched when first needed, as they are for opening. */
async function masksOf(bytes: Uint8Array, file: string, radiograph: Radiograph): Promise<readonly Imported[]> {
  const { decodeMaskPng, fitMask } = await import('../../imaging/mask-file');
  const fitted = (mask: Mask, name: string, fromFile: boolean, notes: readonly string[] = []): Imported => {
    const { mask: own, resampled } = fitMask(mask, radiograph, file);
    const size = resampled && notices.maskResampled({ name, width: resampled.width, height: resampled.height });
    return { name, fromFile, mask: own, notes: size === undefined ? notes : [...notes, size] };
  };
  if (isPng(bytes)) return [fitted(decodeMaskPng(bytes, file), fileStem(file).slice(0, MAX_NAME), true)];
  const [{ readSegmentation }, { linkOf }] = await Promise.all([
    import('../../dicom/seg/read-seg'),
    import('../../dicom/seg/belongs'),
  ]);
  const segmentation = readSegmentation(bytes, file, radiograph);
  if (segmentation === undefined) throw new NotAMaskFileError(file);
  const about = [
    ...(linkOf(segmentation, radiograph, file) === 'unlinked' ? [notices.maskUnlinked({ name: file })] : []),
    ...(segmentation.elsewhere.length === 0
      ? []
      : [notices.masksElsewhere({ name: file, count: segmentation.elsewhere.length })]),
  ];
  return segmentation.segments.map(({ label, mask }, index) =>
    fitted(mask, label.slice(0, MAX_NAME), false, index === 0 ? about : []),
  );
}

async function read(file: OpenableFile, radiograph: Radiograph): Promise<readonly Imported[]> {
  try {
    return await masksOf(await file.bytes(), file.name, radiograph);
  } catch (error) {
    if (error instanceof CounterpartError) throw error;
    throw new CorruptImageError(file.name, 'DICOM', 'its content is not as the format demands', { cause: error });
  }
}

/** @param documentId of the open radiograph that they are masks of; absent: the one on the screen */
export async function importMasks(
  { store }: Studio,
  files: readonly OpenableFile[],
  documentId = store.getState().currentId,
): Promise<void> {
  const document = store.getState().documents.find(({ id }) => id === documentId);
  if (document === undefined) return;
  const problems: Problem[] = [];
  const imported: Imported[] = [];
  for (const file of files) {
    try {
      imported.push(...(await read(file, document.radiograph)));
    } catch (error) {
      problems.push(toProblem(error, errors.importingFile({ name: file.name })));
    }
  }
  const { notify, updateDocument } = store.getState();
  if (imported.length > 0) {
    updateDocument(document.id, 'undoable', (open) => {
      const set = imported.reduce<MaskSet>(
        (so, { name, mask, fromFile }) => withAdded(so, mask, freeName(so.masks, name), fromFile),
        open,
      );
      return withMasks(open, set, 'Import masks');
    });
  }
  if (problems.length > 0) {
    notify({
      tone: 'error',
      title: imported.length === 0 ? notices.noMaskImported() : notices.someImported({ count: imported.length }),
      problems,
    });
  } else {
    const count = imported.length;
    const notes = imported.flatMap((each) => each.notes).join(' ');
    notify({
      tone: 'success',
      title: notes === '' ? notices.allImported({ count }) : notices.importedWithNotes({ count, notes }),
      problems: [],
    });
  }
}

/** The mask in use, hard or soft, as it is. */
export async function exportMaskPng({ store, services }: Studio): Promise<void> {
  const state = store.getState();
  const document = currentDocument(state);
  const active = document && activeMask(document);
  if (document === undefined || active?.mask === undefined) return;
  const name = fileStem(exportedMaskName(state, active, document.masks.indexOf(active) + 1));
  services.save(encodeMaskPng(active.mask), await exportedFile(state, document.radiograph, name), 'image/png');
}

/** As the film's file has it now; undefined where that is not at hand. */
async function patientOf(store: StudioStore, { id, name }: Radiograph): Promise<Attributes | undefined> {
  const file = await bytesOfFilm(store, id);
  if (file === undefined) return undefined;
  const { patientAndStudyOf } = await import('../../dicom/patient-study');
  return patientAndStudyOf(file, name);
}

/** Every mask that has something in it, one segment each. */
export async function exportMasksSeg({ store, services }: Studio): Promise<void> {
  const state = store.getState();
  const document = currentDocument(state);
  const segments = (document?.masks ?? []).flatMap((each, index) =>
    each.mask === undefined ? [] : [{ label: exportedMaskName(state, each, index + 1), mask: each.mask }],
  );
  if (document === undefined || segments.length === 0) return;
  const { radiograph } = document;
  try {
    const { writeSegmentation } = await import('../../dicom/seg/write-seg');
    const patientAndStudy = state.namesInExports ? await patientOf(store, radiograph) : undefined;
    const bytes = writeSegmentation(exportedImage(state, radiograph), segments, {
      version: state.release?.release ?? '0',
      patientAndStudy,
    });
    services.save(bytes, await exportedFile(state, radiograph, 'masks', 'dcm'), 'application/dicom');
    const count = segments.length;
    const title =
      radiograph.dicomReference === undefined
        ? notices.exportedUnlinked({ count })
        : !state.namesInExports
          ? notices.exportedNameless({ count })
          : (patientAndStudy ? notices.exportedLinked : notices.exportedOfNobody)({ count });
    state.notify({ tone: 'success', title, problems: [] });
  } catch (error) {
    state.notify({
      tone: 'error',
      title: notices.masksNotExported(),
      problems: [toProblem(error, errors.exportingMasks())],
    });
  }
}
