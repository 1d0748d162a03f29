/** Runs of plans that earlier visits began. */

import type { Studio } from '../studio';

/** At the start of a visit: the latest that is not at its end. A browser that keeps nothing offers nothing. */
export async function offerRuns(studio: Studio): Promise<void> {
  await listRuns(studio);
  const { knownRuns, setOfferedRun } = studio.store.getState();
  setOfferedRun(knownRuns.find(({ finished, total }) => finished < total)?.id);
}

export async function listRuns({ store, services }: Studio): Promise<void> {
  store.getState().setKnownRuns(await services.runs.list().catch(() => []));
}

/** It is not known any more. What it made in a folder of the user's stays; in the browser it goes. */
export async function forgetRun(studio: Studio, id: string): Promise<void> {
  const { offeredRun, setOfferedRun } = studio.store.getState();
  if (offeredRun === id) setOfferedRun(undefined);
  await studio.services.runs.forget(id).catch(() => undefined);
  await listRuns(studio);
}
