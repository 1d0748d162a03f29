/** Results of a run as files: pictures, masks, recipes, and what the table says of each. */

import { countChangedOutside } from '../counterfactual/receipt/outsideChange';
import { receiptOf } from '../counterfactual/receipt/receipt';
import { originOf } from '../counterfactual/recipe';
import type { Rulers } from '../counterfactual/receipt/thresholds';
import { inSlices } from '../imaging/slices';
import type { Sink } from '../run/runner';
import { resultOf } from './item';
import { unnamedRecipe, withoutNames } from './about';
import { writersOf } from './registry';
import { rowOf, type Row } from './row';
import { recording, type ExportSink } from './sink';

export type PictureFormat = 'png' | 'dicom';

/** Names come from the items, so that an item that is done again takes its own place. */
export function runSink(
  target: ExportSink,
  format: PictureFormat,
  { release, rulers }: { readonly release: string; readonly rulers: Rulers },
): Sink {
  const chosen = [format, 'masks', 'recipes'];
  const writers = writersOf(chosen).map((writer) => writer.begin({ version: release, title: 'results', chosen }));
  return {
    async write(item, source, result, donor) {
      const sink = recording(target);
      // The name of a file may name a patient; whoever has the film finds it by the hash, or by the column source_file.
      const [recipe, image] = [unnamedRecipe(result.recipe), withoutNames(result.image)];
      const origin = await originOf(source);
      const donorOrigin = donor && (await originOf(donor));
      const changedOutside = await inSlices(countChangedOutside(source, result.image, result.mask));
      const receipt = receiptOf(result, changedOutside, rulers);
      const { thresholds } = rulers;
      const counterfactual = { ...result, recipe, image };
      const row = rowOf({ counterfactual, origin, label: item.request, name: undefined, receipt, thresholds });
      const written = {
        id: item.id,
        request: item.request,
        origin,
        patient: undefined,
        split: undefined,
        row,
        ...resultOf({ image, mask: result.mask, recipe, receipt }),
        folder: '',
        original: undefined,
      };
      const files: Record<string, string> = {};
      for (const writer of writers) Object.assign(files, await writer.write?.(written, sink));
      const { file_name = '', ...others }: Row = files;
      return {
        files: sink.written.map(({ path }) => path),
        row: {
          file_name,
          source_file: item.film,
          path: file_name,
          ...others,
          ...row,
          ...(donorOrigin === undefined ? {} : { donor_origin: donorOrigin }),
        },
      };
    },
  };
}
