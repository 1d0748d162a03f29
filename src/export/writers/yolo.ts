/**
 * Boxes as YOLO reads them: a text file an image beside the folder of images, lists of images, and data.yaml (docs.ultralytics.com,
 * "Detect").
 */

import { FINDINGS } from '../../findings/vocabulary';
import { boxesOf, findingsShown, isUnclear } from '../annotations';
import { foldsByPatient } from '../folds';
import type { Writer } from '../writer';

/** Names of parts of a split that YOLO's own are known by. */
const PARTS: Readonly<Record<'train' | 'val' | 'test', readonly string[]>> = {
  train: ['train', 'training'],
  val: ['val', 'valid', 'validation', 'validate', 'dev'],
  test: ['test', 'testing'],
};
/** Without a part to validate on, one patient in so many is held back from training. */
const HELD_BACK = 5;

export const yolo: Writer = {
  id: 'yolo',
  extension: 'txt',
  about: 'boxes of findings that came, for YOLO (labels/, lists of pictures, data.yaml)',
  begin: () => {
    // YOLO takes a picture without a file of boxes for one that shows nothing; of an unclear one that is not known.
    const labelled = new Set<string>();
    return {
      async write({ folder, id, mask, row, recipe }, sink) {
        if (isUnclear(row, recipe.edit)) return {};
        labelled.add(id);
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
        const pictures = items.filter(({ id }) => labelled.has(id));
        const partOf = (folder: string): string | undefined =>
          Object.keys(PARTS).find((part) =>
            PARTS[part as keyof typeof PARTS].includes(folder.slice(0, -1).toLowerCase()),
          );
        const listed = (part: string): readonly string[] =>
          pictures.filter(({ folder }) => (partOf(folder) ?? 'train') === part).map(({ row }) => row['path'] ?? '');
        const [train, val, test] = [listed('train'), listed('val'), listed('test')];
        const [fold] =
          val.length > 0
            ? [{ train, val }]
            : foldsByPatient(
                pictures.flatMap(({ folder, row: { path = '', patient = '' } }) =>
                  (partOf(folder) ?? 'train') === 'train' ? [{ id: path, patient }] : [],
                ),
                HELD_BACK,
              );
        const parts = { train: fold?.train ?? train, val: fold?.val ?? [], test };
        const there = Object.entries(parts).filter(([, paths]) => paths.length > 0);
        for (const [part, paths] of there) await sink.text(`${part}.txt`, paths.map((path) => `./${path}\n`).join(''));
        await sink.text(
          'data.yaml',
          [
            'path: .',
            ...there.map(([part]) => `${part}: ${part}.txt`),
            ...(parts.val.length > 0
              ? []
              : [
                  '# No val: all pictures are of one patient. What is learnt from must not be validated on; name other pictures.',
                ]),
            'names:',
            ...FINDINGS.map((finding, index) => `  ${String(index)}: ${finding}`),
            '',
          ].join('\n'),
        );
      },
    };
  },
};
