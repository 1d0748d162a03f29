/** How each result was made, and how far it can be trusted. */

import type { Writer } from '../writer';

export const recipes: Writer = {
  id: 'recipes',
  extension: 'json',
  about: 'all that is needed to make each result again, and its receipt',
  begin: () => ({
    async write({ folder, id, recipe, receipt }, sink) {
      const path = `recipes/${id}.json`;
      await sink.text(folder + path, `${JSON.stringify({ recipe, receipt }, undefined, 2)}\n`);
      return { recipe: path };
    },
  }),
};
