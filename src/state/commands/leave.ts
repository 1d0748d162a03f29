/** What may take the place of the open project, and when: it is saved first, and where that fails the user decides. */

import * as reasons from '../../messages/en/reasons';
import { saveProject } from '../project/saveProject';
import { isUnderWay } from '../../record/job';
import type { StudioState, StudioStore } from '../store';
import type { Studio } from '../studio';

/** Who waits for the user's answer. */
const asking = new WeakMap<StudioStore, (leave: boolean) => void>();

/** Why the project cannot be left now, in words; undefined when it can. */
export function whyNotLeave({ jobs }: Pick<StudioState, 'jobs'>): string | undefined {
  return jobs.some(isUnderWay) ? reasons.generating() : undefined;
}

/** Whether the open project may make way for another: all of it is saved, or the user gives up what is not. */
export async function mayLeave(studio: Studio): Promise<boolean> {
  const { store } = studio;
  const outcome = await saveProject(studio);
  const leaves = outcome.status === 'saved' || (await ask(store, outcome.problem));
  return leaves && whyNotLeave(store.getState()) === undefined;
}

function ask(store: StudioStore, problem: Parameters<StudioState['setLeaveQuestion']>[0]): Promise<boolean> {
  // One question at a time; what was asked before is answered by asking anew.
  asking.get(store)?.(false);
  store.getState().setLeaveQuestion(problem);
  return new Promise((resolve) => asking.set(store, resolve));
}

/** @param leave what is not saved is given up */
export function answerLeaveQuestion({ store }: Studio, leave: boolean): void {
  store.getState().setLeaveQuestion(undefined);
  asking.get(store)?.(leave);
  asking.delete(store);
}
