/** What the page was making when it closed, offered again. */

import * as reasons from '../../messages/en/reasons';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { enqueue } from './queue';

/** Why it cannot be made again right now, in words; undefined when it can. */
export function whyNotMakeAgain({
  interrupted,
  engine,
}: Pick<StudioState, 'interrupted' | 'engine'>): string | undefined {
  if (interrupted.length === 0) return reasons.nothingInterrupted();
  if (engine.status === 'starting') return reasons.networksLoading();
  return engine.status === 'failed' ? reasons.networksMissing() : undefined;
}

/** Puts what was interrupted in line again; what it had finished is kept, and it goes on from there. */
export async function makeAgain(studio: Studio): Promise<void> {
  const { interrupted, setInterrupted, showDocument } = studio.store.getState();
  if (whyNotMakeAgain(studio.store.getState()) !== undefined) return;
  setInterrupted([]);
  const [first] = interrupted;
  if (first !== undefined) showDocument(first.documentId);
  await Promise.all(interrupted.map((job) => enqueue(studio, job)));
}
