/** Packs what strokes left loose in the histories, in slices, so that no release of a stroke has to wait for it. */

import { inSlices, nextTask } from '../../imaging/slices';
import { looseStrokes, withPacked } from '../../record/history/history';
import { packMasksDelta } from '../../record/history/masksDelta';
import type { Studio } from '../studio';
import type { StudioStore } from '../store';

const underWay = new WeakMap<StudioStore, Promise<void>>();

/** Resolves when nothing is loose; a stroke that ends meanwhile is packed too. */
export function packHistory(studio: Studio): Promise<void> {
  const { store } = studio;
  const known = underWay.get(store);
  if (known !== undefined) return known;
  const work = packAll(studio).finally(() => underWay.delete(store));
  underWay.set(store, work);
  return work;
}

async function packAll({ store }: Studio): Promise<void> {
  for (;;) {
    const found = store
      .getState()
      .documents.flatMap(({ id, history }) => looseStrokes(history).map((loose) => ({ id, loose })))[0];
    if (found === undefined) return;
    // Not in the task that releases the stroke, which has enough to do.
    await nextTask();
    const packed = await inSlices(packMasksDelta(found.loose));
    store.getState().updateDocument(found.id, 'derived', (open) => ({
      ...open,
      history: withPacked(open.history, found.loose, packed),
    }));
  }
}
