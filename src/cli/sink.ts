/** Results as files in a folder: pictures, masks, recipes, and what the table says of each. */

import { join } from 'node:path';
import type { Counterfactual } from '../counterfactual/edit';
import { receiptOf } from '../counterfactual/receipt/receipt';
import { storedHash } from '../counterfactual/recipe';
import { writeCounterfactual } from '../dicom/write-counterfactual';
import { COLUMNS, rowOf } from '../dataset/manifest';
import { encodeMaskPng } from '../imaging/mask';
import { encodePng } from '../imaging/png';
import { atOnce } from '../imaging/slices';
import type { Sink } from '../run/runner';
import { NOTE, pngTexts } from '../state/commands/export';
import { countChangedOutside } from '../state/outsideChange';
import type { ModelRelease } from '../state/release';
import { writeWhole } from './node/files';

export type PictureFormat = 'png' | 'dicom';

/** Digits of a radiograph's hash that tell it from the others of a set. */
const ORIGIN_DIGITS = 16;

/** Names come from the items, so that an item that is done again takes its own place. */
export function folderSink(folder: string, format: PictureFormat, release: ModelRelease): Sink {
  return {
    async write(item, source, result) {
      const paths = {
        picture: `images/${item.id}.${format === 'png' ? 'png' : 'dcm'}`,
        mask: `masks/${item.id}.png`,
        recipe: `recipes/${item.id}.json`,
      };
      // The name of a file may name a patient; whoever has the film finds it by the hash, or by the column source_file.
      const { recipe, image } = withoutNames(result);
      const origin = (await storedHash(source)).slice(0, ORIGIN_DIGITS);
      const receipt = receiptOf(result, atOnce(countChangedOutside(source, result.image, result.mask)), release.rulers);
      const text = JSON.stringify(recipe);
      const picture =
        format === 'png'
          ? encodePng(image, pngTexts(recipe))
          : writeCounterfactual(image, {
              version: release.release,
              description: `${NOTE} Asked: ${item.request}`,
              recipe: text,
            });
      await writeWhole(join(folder, paths.picture), picture);
      await writeWhole(join(folder, paths.mask), encodeMaskPng(result.mask));
      await writeWhole(join(folder, paths.recipe), JSON.stringify({ recipe, receipt }, undefined, 2));
      const cells = rowOf(
        {
          counterfactual: { ...result, recipe, image },
          origin,
          label: item.request,
          name: undefined,
          receipt,
          thresholds: release.rulers.thresholds,
        },
        paths,
      );
      const row = Object.fromEntries(COLUMNS.map((column, index) => [column, cells[index] ?? '']));
      return { files: Object.values(paths), row: { file_name: paths.picture, source_file: item.film, ...row } };
    },
  };
}

function withoutNames({ recipe, image }: Counterfactual): Pick<Counterfactual, 'recipe' | 'image'> {
  const { dicomReference: _, ...rest } = image;
  return { recipe: { ...recipe, source: { sha256: recipe.source.sha256 } }, image: rest };
}
