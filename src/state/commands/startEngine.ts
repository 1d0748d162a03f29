/** Gets the networks ready, and reads what was opened meanwhile. */

import * as errors from '../../messages/en/errors';
import { toProblem } from '../../record/problem';
import { STARTING } from '../slices/engine';
import type { Studio } from '../studio';
import { analyseDocument } from './analyseDocument';

export async function startEngine(studio: Studio): Promise<void> {
  const { store, services } = studio;
  const state = store.getState();
  state.setEngine(STARTING);
  // The manifest also tells the worker what to fetch; a missing one is reported by the worker, with better words.
  services.release().then(state.setRelease, () => undefined);
  try {
    const report = await services.worker.start('auto', ({ stage, fraction }) => {
      if (store.getState().engine.status === 'starting')
        store.getState().setEngine({ status: 'starting', stage, fraction });
    });
    store.getState().setEngine({ status: 'ready', report });
  } catch (error) {
    store.getState().setEngine({ status: 'failed', problem: toProblem(error, errors.gettingReady()) });
    return;
  }
  for (const { id } of store.getState().documents) await analyseDocument(studio, id);
}

/** Keeps the badge true when work moves to another backend, such as after the GPU ran out of memory. */
export function followDevice({ store, services }: Studio): () => void {
  return services.worker.onDeviceChanged((report) => {
    store.getState().setEngine({ status: 'ready', report });
  });
}
