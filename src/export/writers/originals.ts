/** The radiographs that the results were made from, each once, beside them. */

import { encodePng } from '../../imaging/png';
import { withoutNames } from '../about';
import { isFirstOf, type Writer } from '../writer';
import { encodeWindowedPng, PICTURES } from './pictures';

export const originals: Writer = {
  id: 'originals',
  extension: 'png',
  about: 'the radiographs that the results were made from, once each, named in every row',
  begin(context) {
    const known = new Set<string>();
    // Pairs are compared, so both halves have one kind of grey.
    const windowed = isFirstOf(context, PICTURES, 'png8');
    return {
      async write({ folder, origin, original }, sink) {
        if (original === undefined) return {};
        const path = `originals/${origin}.png`;
        if (!known.has(folder + path)) {
          known.add(folder + path);
          const image = withoutNames(original);
          await sink.write(folder + path, windowed ? encodeWindowedPng(image, {}) : encodePng(image, {}));
        }
        return { original_file_name: path };
      },
    };
  },
};
