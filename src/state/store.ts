/** The one place where the slices meet. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import { loadPreferences, savePreferences, type Preferences } from './preferences';
import { createCompareSlice, type CompareSlice } from './slices/compare';
import { createDocumentsSlice, currentDocument, type DocumentsSlice } from './slices/documents';
import { createEngineSlice, type EngineSlice } from './slices/engine';
import { createGenerationSlice, type GenerationSlice } from './slices/generation';
import { createMasksPanelSlice, type MasksPanelSlice } from './slices/masksPanel';
import { createMatrixSlice, type MatrixSlice } from './slices/matrix';
import { createNoticesSlice, type NoticesSlice } from './slices/notices';
import { createPixelsSlice, type PixelsSlice } from './slices/pixels';
import { createProjectSlice, type ProjectSlice } from './slices/project';
import { createQueueSlice, type QueueSlice } from './slices/queue';
import { createRunSlice, type RunSlice } from './slices/run';
import { createSamplesSlice, type SamplesSlice } from './slices/samples';
import { createSketchSlice, type SketchSlice } from './slices/sketch';
import { createSurfaceSlice, type SurfaceSlice } from './slices/surface';
import { createViewSlice, type ViewSlice } from './slices/view';

export type StudioState = CompareSlice &
  DocumentsSlice &
  EngineSlice &
  GenerationSlice &
  MasksPanelSlice &
  MatrixSlice &
  NoticesSlice &
  PixelsSlice &
  QueueSlice &
  ProjectSlice &
  RunSlice &
  SamplesSlice &
  SketchSlice &
  SurfaceSlice &
  ViewSlice & {
    /** Sampler for radiographs opened from now on. */
    readonly preferredSampler: Preferences['sampler'];
  };

export type StudioStore = StoreApi<StudioState>;

type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

function toPreferences(state: StudioState): Preferences {
  return {
    version: 1,
    // What is placed is of one request; another visit begins with looking.
    tool: state.tool === 'place' ? 'window' : state.tool,
    brushRadius: state.brushRadius,
    brushHardness: state.brushHardness,
    penPressure: state.penPressure,
    sampler: currentDocument(state)?.request.sampling.sampler ?? state.preferredSampler,
    singleKeys: state.singleKeys,
    zonesShown: state.zonesShown,
    tourSeen: state.tourSeen,
  };
}

/** @param storage where preferences live; absent: they last as long as the page */
export function createStudioStore(storage?: PreferenceStorage): StudioStore {
  const preferences = loadPreferences(storage);
  const store = createStore<StudioState>()((...parts) => ({
    ...createCompareSlice(...parts),
    ...createDocumentsSlice(...parts),
    ...createEngineSlice(...parts),
    ...createGenerationSlice(...parts),
    ...createMasksPanelSlice(...parts),
    ...createMatrixSlice(...parts),
    ...createNoticesSlice(...parts),
    ...createPixelsSlice(...parts),
    ...createProjectSlice(...parts),
    ...createQueueSlice(...parts),
    ...createRunSlice(...parts),
    ...createSamplesSlice(...parts),
    ...createSketchSlice(...parts),
    ...createSurfaceSlice(preferences)(...parts),
    ...createViewSlice(preferences)(...parts),
    preferredSampler: preferences.sampler,
  }));
  let saved = JSON.stringify(toPreferences(store.getState()));
  store.subscribe((state) => {
    const current = toPreferences(state);
    const text = JSON.stringify(current);
    if (text === saved) return;
    saved = text;
    savePreferences(storage, current);
    if (current.sampler !== state.preferredSampler) store.setState({ preferredSampler: current.sampler });
  });
  return store;
}
