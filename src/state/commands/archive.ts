/** Films from an archive, and results back into it. Fetched with the dialogs that need it. */

import { originOf, storedHash } from '../../counterfactual/recipe';
import { newUid } from '../../dicom/uid';
import type { Archive } from '../../dicom/web/archive';
import { OtherPatientError } from '../../dicom/web/errors';
import type { ArchiveInstance, ArchiveSeries, ArchiveStudy } from '../../dicom/web/query';
import type { SourceStudy } from '../../dicom/web/source-study';
import { encodeFor } from '../../export/writers/pictures';
import { sha256Hex } from '../../imaging/digest';
import type { Radiograph } from '../../imaging/radiograph';
import * as errors from '../../messages/en/errors';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { toProblem } from '../../record/problem';
import type { StudioDocument, Version } from '../../record/studioDocument';
import { exportedRecipe, exportedRequest } from '../exportIdentity';
import type { OpenableFile } from '../services';
import type { SentOutcome } from '../slices/surface';
import type { Studio } from '../studio';

export interface ArchiveFilm {
  readonly study: ArchiveStudy;
  readonly series: ArchiveSeries;
  readonly instance: ArchiveInstance;
}

/** So that nobody learns from a name which film it was. */
const VISIT = newUid();

/**
 * What a film from an archive is called here: "DX 2024-02-29 1-1 3fa9.dcm", nothing of the patient. The last digits tell the films of
 * different patients from each other, and mean nothing once the page is closed.
 */
export async function filmName({ study, series, instance }: ArchiveFilm): Promise<string> {
  const number = `${String(series.number ?? 0)}-${String(instance.number ?? 0)}`;
  const digits = await sha256Hex(new TextEncoder().encode(`${VISIT} ${instance.sopInstanceUid}`));
  const parts = [series.modality, study.date, number, digits.slice(0, 4)];
  return `${parts.filter((part) => part !== undefined).join(' ')}.dcm`;
}

/**
 * The files of films, one after another. One that cannot be fetched stands for a file that cannot be read: it is named when it is opened, and
 * the others go on.
 * @throws DOMException 'AbortError' once it is called off
 */
export async function fetchFromArchive(
  archive: Archive,
  films: readonly ArchiveFilm[],
  signal: AbortSignal,
  onFetched: (count: number) => void,
): Promise<readonly OpenableFile[]> {
  const files: OpenableFile[] = [];
  for (const film of films) {
    const name = await filmName(film);
    const fetched = archive.retrieve(film.instance, signal);
    await fetched.catch(() => undefined);
    signal.throwIfAborted();
    files.push({ name, bytes: () => fetched, isHeld: true });
    onFetched(files.length);
  }
  return files;
}

/**
 * Whose the film is, by the archive's word, once it is sure that the archive means this film: what it has under the film's numbers is
 * fetched, opened like any other file, and has the same pixels.
 * @throws OtherPatientError; what stands against asking, fetching or opening
 */
export async function sourceOf(
  { services }: Pick<Studio, 'services'>,
  archive: Archive,
  radiograph: Radiograph,
  signal: AbortSignal,
): Promise<SourceStudy> {
  const { dicomReference: reference, frame, name } = radiograph;
  if (reference === undefined) throw new OtherPatientError(archive.name);
  const source = await archive.sourceStudy(reference, signal);
  const kept = await services.open(await archive.retrieve(reference, signal), name, frame?.number);
  const isSame =
    kept.dicomReference?.studyInstanceUid === reference.studyInstanceUid &&
    kept.dicomReference.seriesInstanceUid === reference.seriesInstanceUid &&
    kept.dicomReference.sopInstanceUid === reference.sopInstanceUid &&
    kept.width === radiograph.width &&
    kept.height === radiograph.height &&
    (await storedHash(kept)) === (await storedHash(radiograph));
  signal.throwIfAborted();
  if (!isSame) throw new OtherPatientError(archive.name);
  return source;
}

/** A result among those of all films, see `sentResults`. */
export function sentKey(document: Pick<StudioDocument, 'id'>, version: Pick<Version, 'id'>): string {
  return `${document.id} ${version.id}`;
}

/**
 * Results, one after another, each with its own outcome, which the store keeps: what fails keeps no other from being sent.
 * @returns how many the archive kept
 */
export async function sendToArchive(
  { store }: Studio,
  archive: Archive,
  {
    document,
    versions,
    source,
  }: {
    readonly document: StudioDocument;
    readonly versions: readonly Version[];
    readonly source: SourceStudy;
  },
): Promise<number> {
  const state = store.getState();
  const { dicomReference, frame } = document.radiograph;
  let kept = 0;
  for (const version of versions) {
    const note = (outcome: SentOutcome): void => {
      state.noteSent(sentKey(document, version), outcome);
    };
    try {
      const image = await loadImage(version);
      // With the source's numbers, whatever is set for exports: it goes to where they are from.
      const made = await encodeFor(
        // What it says of its source is what was asked about, whatever a project says beside the result.
        { ...image, ...(dicomReference && { dicomReference }), frame },
        {
          recipe: exportedRecipe({ namesInExports: false }, version.counterfactual),
          request: exportedRequest({ namesInExports: false }, version),
          film: await originOf(document.radiograph),
          version: state.release?.release ?? '0',
        },
        source,
      );
      const warning = await archive.store(source.studyInstanceUid, made);
      note({ kept: true, warning });
      kept += 1;
    } catch (error) {
      note({ kept: false, problem: toProblem(error, errors.sendingToArchive()) });
    }
  }
  return kept;
}
