/** Films from an archive, and results back into it. Fetched with the dialogs that need it. */

import { originOf } from '../../counterfactual/recipe';
import type { Archive } from '../../dicom/web/archive';
import type { ArchiveInstance, ArchiveSeries, ArchiveStudy } from '../../dicom/web/query';
import type { SourceStudy } from '../../dicom/web/source-study';
import { encodeFor } from '../../export/writers/pictures';
import * as errors from '../../messages/en/errors';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { toProblem, type Problem } from '../../record/problem';
import type { StudioDocument, Version } from '../../record/studioDocument';
import { exportedRecipe, exportedRequest } from '../exportIdentity';
import type { Studio } from '../studio';
import { openDropped } from './openDropped';

export interface ArchiveFilm {
  readonly study: ArchiveStudy;
  readonly series: ArchiveSeries;
  readonly instance: ArchiveInstance;
}

/** What a film from an archive is called here: "DX 2024-02-29 1-1.dcm", nothing of the patient. */
export function filmName({ study, series, instance }: ArchiveFilm): string {
  const number = `${String(series.number ?? 0)}-${String(instance.number ?? 0)}`;
  return `${[series.modality, study.date, number].filter((part) => part !== undefined).join(' ')}.dcm`;
}

/** As if their files had been dropped: every check, question and error of those. */
export function openFromArchive(studio: Studio, archive: Archive, films: readonly ArchiveFilm[]): Promise<void> {
  return openDropped(
    studio,
    films.map((film) => ({ name: filmName(film), bytes: () => archive.retrieve(film.instance) })),
  );
}

export interface SentResult {
  readonly version: Version;
  /** Undefined: it is kept there. */
  readonly problem: Problem | undefined;
}

/** Results, one after another, each with its own outcome: what fails keeps no other from being sent. */
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
  onSent: (sent: SentResult) => void,
): Promise<void> {
  const state = store.getState();
  const film = await originOf(document.radiograph);
  for (const version of versions) {
    try {
      // With the source's numbers, whatever is set for exports: it goes to where they are from.
      const made = await encodeFor(
        await loadImage(version),
        {
          recipe: exportedRecipe({ namesInExports: false }, version.counterfactual),
          request: exportedRequest({ namesInExports: false }, version),
          film,
          version: state.release?.release ?? '0',
        },
        source,
      );
      await archive.store(source.studyInstanceUid, made);
      onSent({ version, problem: undefined });
    } catch (error) {
      onSent({ version, problem: toProblem(error, errors.sendingToArchive()) });
    }
  }
}
