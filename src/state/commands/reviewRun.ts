/** Decisions about the results of the open run, in the file that the command line writes, too. */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { toProblem } from '../../record/problem';
import { appendDecisions, writeAccepted } from '../../run/folder';
import type { Decision } from '../../run/review';
import type { Studio } from '../studio';

/** Writes wait for each other. */
const writing = new WeakMap<Studio['store'], Promise<unknown>>();
/** Tables are written once for many decisions in a row. */
const TABLES_AFTER = 600;
const tables = new WeakMap<Studio['store'], ReturnType<typeof setTimeout>>();

/** Shown at once, and kept; what cannot be kept is taken back and said. */
export async function decide(studio: Studio, decision: Decision): Promise<void> {
  const { store } = studio;
  const { run } = store.getState();
  if (run === undefined) return;
  const { place, decisions } = run;
  const before = decisions.get(decision.id);
  const set = (next: Decision | undefined): void => {
    store.getState().updateRun((open) => {
      if (open.place !== place) return open;
      const all = new Map(open.decisions);
      if (next === undefined) all.delete(decision.id);
      else all.set(decision.id, next);
      return { ...open, decisions: all };
    });
  };
  set(decision);
  const turn = (writing.get(store) ?? Promise.resolve()).then(() => appendDecisions(place.files, [decision]));
  writing.set(
    store,
    turn.catch(() => undefined),
  );
  try {
    await turn;
    writeTablesSoon(studio);
  } catch (error) {
    set(before);
    const problem = toProblem(error, errors.keepingDecision());
    store.getState().notify({ tone: 'error', title: notices.decisionNotKept(), problems: [problem] });
  }
}

function writeTablesSoon({ store }: Studio): void {
  clearTimeout(tables.get(store));
  tables.set(
    store,
    setTimeout(() => {
      const { run } = store.getState();
      // What does not succeed now does so at the next decision, or at the end of the run.
      if (run !== undefined) void writeAccepted(run.place.files, run).catch(() => undefined);
    }, TABLES_AFTER),
  );
}
