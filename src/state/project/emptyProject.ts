/** What another project begins with: all of the state as it is at first, but for what belongs to the user or to the page. */

import type { StudioState, StudioStore } from '../store';

/** Whatever is not named here goes with the project that it belongs to; a new slice need not think of it. */
const STAYS = [
  'engine',
  'release',
  'lastEdit',
  'gallery',
  'generation',
  'notices',
  'project',
  'saveState',
  'storedProjects',
  'leaveQuestion',
  'dialog',
  'drawer',
  'opening',
  'namesInExports',
  'masksPanelOpen',
  'maskAmount',
  'seedCount',
  'singleKeys',
  'tourSeen',
  'tool',
  'brushRadius',
  'brushHardness',
  'penPressure',
  'subtractShapes',
  'zonesShown',
  'blinkRate',
  'blinking',
  'pointer',
  // The viewer tells of its view, and takes up the project's.
  'view',
  'preferredSampler',
] as const satisfies readonly (keyof StudioState)[];

export function emptyProject(store: StudioStore): Partial<StudioState> {
  const stays: ReadonlySet<string> = new Set(STAYS);
  const fresh = Object.entries(store.getInitialState()).filter(
    ([key, value]) => typeof value !== 'function' && !stays.has(key),
  );
  // What was said of the radiographs that go is of no use any more.
  const notices = store.getState().notices.filter(({ about = [] }) => about.length === 0);
  return { ...Object.fromEntries(fresh), notices };
}
