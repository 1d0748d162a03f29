import type { StudioState, StudioStore } from './store';

/** Resolves once the state is as asked; at once when it is. */
export function until(store: StudioStore, asked: (state: StudioState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (asked(store.getState())) {
      resolve();
      return;
    }
    const stop = store.subscribe((state) => {
      if (!asked(state)) return;
      stop();
      resolve();
    });
  });
}
