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

/** What YOLO asks for and is not there, and why. */
function missingOf({ train, val, test }: Readonly<Record<keyof typeof PARTS, readonly string[]>>): readonly string[] {
  const other = 'What is learnt from must not be validated on; name other pictures.';
  if (train.length > 0)
    return val.length > 0 ? [] : [`No val: all pictures to learn from are of one patient. ${other}`];
  if (val.length > 0) return ['No train: no picture is in a part to learn from; name other pictures.'];
  return test.length > 0
    ? ['No train and no val: every picture is in the part to test on; name other pictures.']
    : ['No train and no val: of no picture it is known what it shows.'];
}

export const yolo: Writer = {
  id: 'yolo',
  extension: 'txt',
  about: 'boxes of findings that came, for YOLO (labels/, lists of pictures, data.yaml)',
  needs: ({ mask }) => mask(),
  begin: () => {
    // YOLO takes a picture without a file of boxes for one that shows nothing; of an unclear one that is not known.
    const labelled = new Set<string>();
    return {
      async write({ folder, id, mask: maskOf, row, recipe }, sink) {
        if (isUnclear(row, recipe.edit)) return {};
        labelled.add(id);
        const shown = findingsShown(row);
        const mask = await maskOf();
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
            ...missingOf(parts).map((words) => `# ${words}`),
            'names:',
            ...FINDINGS.map((finding, index) => `  ${String(index)}: ${finding}`),
            '',
          ].join('\n'),
        );
      },
    };
  },
};
