/** Keeps what the engine has measured of a GPU, so that the next visit starts with it: one entry for each kind of adapter. */

import { openDB } from 'idb';
import type { EngineMemory } from '../engine';

const NAME = 'counterpart-engine';
const STORE = 'schedules';

/** Where storage is blocked or broken everything is measured anew at each visit, and nothing else is lost. */
export function scheduleStore(): EngineMemory {
  // A browser that denies storage throws here and now.
  const database = Promise.resolve().then(() =>
    openDB(NAME, 1, { upgrade: (created) => void created.createObjectStore(STORE) }),
  );
  database.catch(() => undefined);
  return {
    read: async (key) => {
      try {
        return (await (await database).get(STORE, key)) as unknown;
      } catch {
        return undefined;
      }
    },
    write: async (key, value) => {
      try {
        await (await database).put(STORE, value, key);
      } catch {
        // As above.
      }
    },
  };
}
