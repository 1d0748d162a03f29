/** All results of the project as one set to train on, in a zip file or a folder. */

import { originOf } from '../../counterfactual/recipe';
import { receiptOf } from '../../counterfactual/receipt/receipt';
import { resultOf, type ExportItem } from '../../export/item';
import { rowOf } from '../../export/row';
import type { ExportSink } from '../../export/sink';
import type { ExportReport } from '../../export/write';
import { joinedBytes } from '../../imaging/bytes';
import { sha256Hex } from '../../imaging/digest';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { loadImage, loadMask } from '../../record/pixels/storedCounterfactual';
import { candidateSets } from '../../record/candidates';
import { exportedImage, exportedProjectFile, exportedRecipe, exportedRequest, fileStem } from '../exportIdentity';
import type { ModelRelease } from '../release';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import type { StudioDocument, Version } from '../../record/studioDocument';
import { attempt } from './export';

/** Of the pictures: as they are seen, with their stored values, or DICOM. */
export type SetFormat = 'png8' | 'png' | 'dicom';

/** Versions of a radiograph in the order they were made, then the candidates that are pinned. */
function resultsOf(document: StudioDocument): readonly Version[] {
  return [
    ...document.versions,
    ...candidateSets(document).flatMap(({ items }) => items.filter(({ pinned }) => pinned)),
  ];
}

export function canSaveSet({ documents, release }: Pick<StudioState, 'documents' | 'release'>): boolean {
  return release !== undefined && documents.some((document) => resultsOf(document).length > 0);
}

/** Of this visit: a name for a patient from which nothing of the film can be told. */
const SECRET = crypto.randomUUID();

/** Frames of one file show one patient, and so do a film and its covered copy: no hash of the uncovered pixels may stand for both. */
async function patientOf(sopInstanceUid: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(`${SECRET} ${sopInstanceUid}`))).slice(0, 16);
}

/** Numbered from 1, so that files sort as they were made. */
async function itemsOf(state: StudioState, { rulers }: ModelRelease): Promise<readonly ExportItem[]> {
  const items: ExportItem[] = [];
  for (const document of state.documents) {
    const { radiograph } = document;
    const origin = await originOf(radiograph);
    const file = radiograph.dicomReference?.sopInstanceUid;
    const isShared = state.documents.some(
      (other) => other !== document && file !== undefined && other.radiograph.dicomReference?.sopInstanceUid === file,
    );
    const patient = isShared ? await patientOf(file ?? '') : undefined;
    for (const version of resultsOf(document)) {
      const { counterfactual: made, changedOutside } = version;
      const request = exportedRequest(state, version);
      const receipt = receiptOf(made, changedOutside, rulers);
      items.push({
        id: String(items.length + 1).padStart(5, '0'),
        request,
        origin,
        patient,
        split: undefined,
        row: rowOf({
          counterfactual: made,
          origin,
          label: request,
          name: state.namesInExports ? version.name : undefined,
          receipt,
          thresholds: rulers.thresholds,
        }),
        load: async () =>
          resultOf({
            image: exportedImage(state, await loadImage(version)),
            mask: await loadMask(version),
            recipe: exportedRecipe(state, made),
            receipt,
          }),
        loadSource: () => Promise.resolve(document.radiograph),
      });
    }
  }
  return items;
}

/** Pictures, masks, recipes, the radiographs they were made from, and what describes them. */
async function writeSet(
  state: StudioState,
  release: ModelRelease,
  format: SetFormat,
  sink: ExportSink,
): Promise<ExportReport> {
  // Fetched when first needed.
  const [{ exportResults }, { USUAL_FORMATS }] = await Promise.all([
    import('../../export/write'),
    import('../../export/registry'),
  ]);
  return exportResults(await itemsOf(state, release), sink, {
    formats: [format, ...USUAL_FORMATS.filter((id) => id !== 'png'), 'originals'],
    version: release.release,
    title: fileStem(exportedProjectFile(state, 'set', 'zip')),
  });
}

/** How many there are, and of how many the receipt is not good. */
function tell({ documents, release, notify }: StudioState, { written, skipped }: ExportReport): void {
  if (release === undefined) return;
  const unsure = documents
    .flatMap(resultsOf)
    .filter(
      ({ counterfactual, changedOutside }) =>
        receiptOf(counterfactual, changedOutside, release.rulers).verdict !== 'green',
    ).length;
  notify({
    tone: skipped.length === 0 ? 'success' : 'warning',
    title: notices.setSaved({ count: written, unsure }),
    problems: skipped.map(({ code, message, advice }) => ({ code, message, advice, details: [] })),
  });
}

/** As a zip file. */
export async function saveSet(studio: Studio, format: SetFormat): Promise<void> {
  const state = studio.store.getState();
  const { release } = state;
  if (release === undefined || !canSaveSet(state)) return;
  await attempt(studio, errors.savingSet(), async () => {
    const { zipSink } = await import('../../export/zip');
    const parts: Uint8Array[] = [];
    const zip = zipSink((part) => {
      parts.push(part);
    });
    const report = await writeSet(state, release, format, zip);
    await zip.close();
    studio.services.save(joinedBytes(parts), exportedProjectFile(state, 'set', 'zip'), 'application/zip');
    tell(state, report);
  });
}

/** Into a folder that the user chooses: nothing of it is held in memory. */
export async function saveSetToFolder(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const { release } = state;
  if (release === undefined || !canSaveSet(state)) return;
  await attempt(studio, errors.savingSet(), async () => {
    const folder = await studio.services.pickFolder();
    if (folder !== undefined) tell(state, await writeSet(state, release, 'png8', folder));
  });
}
