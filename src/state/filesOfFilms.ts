/**
 * The files that films of this visit were opened from. Who they are of is read from them only when the user asks for names; nothing of
 * it is kept. What an archive gave is in memory as a whole, and so is not held on to.
 */

import type { OpenableFile } from './services';
import type { StudioStore } from './store';

const FILES = new WeakMap<StudioStore, Map<string, OpenableFile>>();

export function keepFile(store: StudioStore, radiographId: string, file: OpenableFile): void {
  if (file.isHeld === true) return;
  const files = FILES.get(store) ?? new Map<string, OpenableFile>();
  FILES.set(store, files.set(radiographId, file));
}

/** Undefined: it came from an archive or a project, or was closed with its folder. */
export async function bytesOfFilm(store: StudioStore, radiographId: string): Promise<Uint8Array | undefined> {
  return FILES.get(store)
    ?.get(radiographId)
    ?.bytes()
    .catch(() => undefined);
}
