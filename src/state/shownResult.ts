import { currentVersion } from './slices/documents';
import { generationHere } from './slices/generation';
import type { StudioState } from './store';
import type { Version } from '../record/studioDocument';

/** The result on the screen; none while another is being made, which grows on the source. */
export function shownResult(state: Pick<StudioState, 'documents' | 'currentId' | 'generation'>): Version | undefined {
  return generationHere(state) === undefined ? currentVersion(state) : undefined;
}
