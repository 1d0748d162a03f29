/** Boxes as YOLO reads them: a text file an image beside the folder of images, and data.yaml (docs.ultralytics.com, "Detect"). */

import { FINDINGS } from '../../findings/vocabulary';
import { boxesOf, findingsShown, isUnclear } from '../annotations';
import type { Writer } from '../writer';

/** Names of parts of a split that YOLO's own are known by. */
const PARTS: Readonly<Record<'train' | 'val' | 'test', readonly string[]>> = {
  train: ['train', 'training'],
  val: ['val', 'valid', 'validation', 'validate', 'dev'],
  test: ['test', 'testing'],
};

export const yolo: Writer = {
  id: 'yolo',
  extension: 'txt',
  about: 'boxes of findings that came, for YOLO (labels/, data.yaml)',
  begin: () => ({
    async write({ folder, id, mask, row, recipe }, sink) {
      if (isUnclear(row, recipe.edit)) return {};
      const shown = findingsShown(row);
      const boxes = shown.length === 0 ? [] : boxesOf(mask);
      const share = (value: number): string => value.toFixed(6);
      const lines = shown.flatMap((finding) =>
        boxes.map(({ x, y, width, height }) =>
          [
            FINDINGS.indexOf(finding),
            share((x + width / 2) / mask.width),
            share((y + height / 2) / mask.height),
            share(width / mask.width),
            share(height / mask.height),
          ].join(' '),
        ),
      );
      // A file without lines says that nothing is there; no file, that it is not known.
      await sink.text(`${folder}labels/${id}.txt`, lines.map((line) => `${line}\n`).join(''));
      return {};
    },
    async finish({ items }, sink) {
      const folders = [...new Set(items.map(({ folder }) => folder))].sort();
      const named = (names: readonly string[]): string | undefined =>
        folders.find((folder) => names.includes(folder.slice(0, -1).toLowerCase()));
      const train = named(PARTS.train) ?? folders[0] ?? '';
      const test = named(PARTS.test);
      await sink.text(
        'data.yaml',
        [
          'path: .',
          `train: ${train}images`,
          `val: ${named(PARTS.val) ?? test ?? train}images`,
          ...(test === undefined ? [] : [`test: ${test}images`]),
          'names:',
          ...FINDINGS.map((finding, index) => `  ${String(index)}: ${finding}`),
          '',
        ].join('\n'),
      );
    },
  }),
};
