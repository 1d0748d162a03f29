/** Masks as COCO annotations with run lengths (cocodataset.org, "Data format"), a file a part of the split. */

import { FINDINGS } from '../../findings/vocabulary';
import { maskBounds } from '../../imaging/mask';
import { findingsShown, isUnclear, packedCounts, runLengths } from '../annotations';
import { NOTE } from '../about';
import { isFirstOf, type Writer } from '../writer';
import { PICTURES } from './pictures';

interface Part {
  readonly images: object[];
  readonly annotations: object[];
}

export const coco: Writer = {
  id: 'coco',
  extension: 'json',
  about: 'where findings that came are, as COCO annotations with run lengths (annotations.json)',
  needs: ({ mask }) => mask(),
  begin(context) {
    const parts = new Map<string, Part>();
    const folderOfPictures = PICTURES.find((id) => isFirstOf(context, PICTURES, id)) === undefined ? '' : 'images/';
    const extension = isFirstOf(context, PICTURES, 'dicom') ? 'dcm' : 'png';
    return {
      async write({ id, folder, mask: maskOf, row, recipe }) {
        // A picture without annotations says that nothing is there.
        if (isUnclear(row, recipe.edit)) return {};
        const mask = await maskOf();
        const part = parts.get(folder) ?? { images: [], annotations: [] };
        parts.set(folder, part);
        const image_id = part.images.length + 1;
        part.images.push({
          id: image_id,
          file_name: `${folderOfPictures}${id}.${extension}`,
          width: mask.width,
          height: mask.height,
        });
        const shown = findingsShown(row);
        const box = shown.length === 0 ? undefined : maskBounds(mask);
        if (box === undefined) return {};
        const { size, counts, area } = runLengths(mask);
        const segmentation = { size, counts: packedCounts(counts) };
        for (const finding of shown) {
          part.annotations.push({
            id: part.annotations.length + 1,
            image_id,
            category_id: FINDINGS.indexOf(finding) + 1,
            segmentation,
            area,
            bbox: [box.x, box.y, box.width, box.height],
            iscrowd: 0,
            // Several findings that came together were bounded by one mask.
            attributes: { shared: shown.length > 1 },
          });
        }
        return {};
      },
      async finish(_, sink) {
        const categories = FINDINGS.map((name, index) => ({ id: index + 1, name, supercategory: 'finding' }));
        for (const [folder, { images, annotations }] of parts) {
          await sink.text(
            `${folder}annotations.json`,
            JSON.stringify({ info: { description: NOTE, version: context.version }, images, annotations, categories }),
          );
        }
      },
    };
  },
};
