/** Pictures in a folder a class, which is how torchvision's ImageFolder and many a tool take labels. */

import { FINDINGS } from '../../findings/vocabulary';
import { pngTexts } from '../about';
import type { Row } from '../row';
import type { Writer } from '../writer';
import { encodeWindowedPng } from './pictures';

export const imageFolder: Writer = {
  id: 'imagefolder',
  extension: 'png',
  about:
    'pictures of 8 bits in a folder a class, as torchvision’s ImageFolder reads them; those of no known class are left out',
  needs: ({ image }) => image(),
  begin: () => ({
    async write({ folder, id, image, recipe, row }, sink) {
      const name = classOf(row);
      if (name === undefined) return {};
      const path = `imagefolder/${name}/${id}.png`;
      await sink.write(folder + path, encodeWindowedPng(await image(), pngTexts(recipe)));
      // No “…_file_name”: loaders open what such a column names as pictures, and refuse a part where it names none.
      return { imagefolder: path };
    },
  }),
};

/** What it was planned for, else the first finding that is known to be there; nothing else is one label. */
function classOf(row: Row): string | undefined {
  const name = row['class'] ?? FINDINGS.find((finding) => row[finding] === '1') ?? '';
  const safe = name.replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '');
  return safe === '' ? undefined : safe;
}
