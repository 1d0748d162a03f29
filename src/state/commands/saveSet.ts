/** All results of the project as one set to train on. */

import { receiptOf } from '../../counterfactual/receipt/receipt';
import { storedHash } from '../../counterfactual/recipe';
import type { SetItem } from '../../dataset/manifest';
import type { SetFormat } from '../../dataset/write-set';
import { inSlices } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { candidateSets } from '../../record/candidates';
import { exportedImage, exportedProjectFile, exportedRecipe, exportedRequest } from '../exportIdentity';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import type { StudioDocument, Version } from '../../record/studioDocument';
import { attempt, NOTE, pngTexts } from './export';

/** Digits of a radiograph's hash that tell it from the others of a set. */
const ORIGIN_DIGITS = 16;

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

export async function saveSet(studio: Studio, format: SetFormat): Promise<void> {
  const state = studio.store.getState();
  const { release } = state;
  if (release === undefined || !canSaveSet(state)) return;
  await attempt(studio, errors.savingSet(), async () => {
    // Fetched when first needed.
    const { writeSet } = await import('../../dataset/write-set');
    const { rulers } = release;
    const items: SetItem[] = [];
    for (const document of state.documents) {
      const origin = (await storedHash(document.radiograph)).slice(0, ORIGIN_DIGITS);
      for (const version of resultsOf(document)) {
        const { counterfactual: made, changedOutside } = version;
        const counterfactual = {
          ...made,
          image: exportedImage(state, made.image),
          recipe: exportedRecipe(state, made),
        };
        items.push({
          counterfactual,
          origin,
          label: exportedRequest(state, version),
          name: state.namesInExports ? version.name : undefined,
          receipt: receiptOf(made, changedOutside, rulers),
          thresholds: rulers.thresholds,
        });
      }
    }
    const bytes = await inSlices(
      writeSet(items, {
        format,
        version: release.release,
        note: NOTE,
        texts: ({ counterfactual }) => pngTexts(counterfactual.recipe),
      }),
    );
    studio.services.save(bytes, exportedProjectFile(state, 'set', 'zip'), 'application/zip');
    const unsure = items.filter(({ receipt }) => receipt.verdict !== 'green').length;
    state.notify({ tone: 'success', title: notices.setSaved({ count: items.length, unsure }), problems: [] });
  });
}
