/** Where each result may differ from its radiograph. */

import { encodeMaskPng } from '../../imaging/mask';
import type { Writer } from '../writer';

export const masks: Writer = {
  id: 'masks',
  extension: 'png',
  about: 'the feathered mask that bounds each change, 0 to 255',
  begin: () => ({
    async write({ folder, id, mask }, sink) {
      const path = `masks/${id}.png`;
      await sink.write(folder + path, encodeMaskPng(mask));
      return { mask_file_name: path };
    },
  }),
};
