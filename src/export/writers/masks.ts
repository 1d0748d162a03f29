/** Where each result may differ from its radiograph. */

import { encodeMaskPng } from '../../imaging/mask';
import type { Writer } from '../writer';

export const masks: Writer = {
  id: 'masks',
  extension: 'png',
  about: 'the feathered mask that bounds each change, 0 to 255',
  needs: async ({ coded, mask }) => coded.mask ?? (await mask()),
  begin: () => ({
    async write({ folder, id, coded, mask }, sink) {
      const path = `masks/${id}.png`;
      await sink.write(folder + path, coded.mask ?? encodeMaskPng(await mask()));
      return { mask_file_name: path };
    },
  }),
};
