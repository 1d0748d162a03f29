/** Results of a run as files in a folder: pictures, masks, recipes, and what the table says of each. */

import { countChangedOutside } from '../counterfactual/receipt/outsideChange';
import { receiptOf } from '../counterfactual/receipt/receipt';
import { storedHash } from '../counterfactual/recipe';
import { unnamedRecipe, withoutNames } from '../export/about';
import { rowOf, type Row } from '../export/row';
import { recording } from '../export/sink';
import { writersOf } from '../export/registry';
import { atOnce } from '../imaging/slices';
import type { Sink } from '../run/runner';
import type { ModelRelease } from '../state/release';
import { folderTarget } from './node/files';

export type PictureFormat = 'png' | 'dicom';

/** Digits of a radiograph's hash that tell it from the others of a set. */
const ORIGIN_DIGITS = 16;

/** Names come from the items, so that an item that is done again takes its own place. */
export function runSink(folder: string, format: PictureFormat, release: ModelRelease): Sink {
  const chosen = [format, 'masks', 'recipes'];
  const writers = writersOf(chosen).map((writer) =>
    writer.begin({ version: release.release, title: 'results', chosen }),
  );
  return {
    async write(item, source, result) {
      const sink = recording(folderTarget(folder));
      // The name of a file may name a patient; whoever has the film finds it by the hash, or by the column source_file.
      const [recipe, image] = [unnamedRecipe(result.recipe), withoutNames(result.image)];
      const origin = (await storedHash(source)).slice(0, ORIGIN_DIGITS);
      const receipt = receiptOf(result, atOnce(countChangedOutside(source, result.image, result.mask)), release.rulers);
      const { thresholds } = release.rulers;
      const counterfactual = { ...result, recipe, image };
      const row = rowOf({ counterfactual, origin, label: item.request, name: undefined, receipt, thresholds });
      const written = {
        id: item.id,
        request: item.request,
        origin,
        patient: undefined,
        split: undefined,
        row,
        image,
        mask: result.mask,
        recipe,
        receipt,
        folder: '',
        original: undefined,
      };
      const files: Record<string, string> = {};
      for (const writer of writers) Object.assign(files, await writer.write?.(written, sink));
      const { file_name = '', ...others }: Row = files;
      return {
        files: sink.written.map(({ path }) => path),
        row: { file_name, source_file: item.film, path: file_name, ...others, ...row },
      };
    },
  };
}
