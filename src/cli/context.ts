/** What a command gets of the world, and what it gives back to the shell. */

import type { StartThread } from './node/threads';

/** What the shell gets: 0 all done, 1 something failed and was named, 2 the command was not understood. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

export interface CliContext {
  /** The folder that holds models/, with a slash at its end. */
  readonly root: URL;
  readonly version: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
  /** What more threads start by, made when they are first wanted; undefined: there is one thread. */
  readonly threadStarter?: (() => Promise<StartThread>) | undefined;
}
