/** Brings the pixels of what is on the screen from storage, where they are not at hand. */

import { inSlices } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import { imageNow, loadImage, loadMask, maskNow } from '../../record/pixels/storedCounterfactual';
import { toProblem } from '../../record/problem';
import type { Version } from '../../record/version';
import { versionTitle } from '../../record/versionTree';
import { preparePixels } from '../../viewport/pixels/pyramid';
import { versionsInUse } from '../slices/compare';
import { currentVersion } from '../slices/documents';
import type { StudioState } from '../store';
import type { Studio } from '../studio';

/** The mask of the result on the screen is framed and measured; those of what it is compared with are not. */
function missing(state: StudioState): readonly Version[] {
  const shown = currentVersion(state);
  return versionsInUse(state).filter(
    (version) => imageNow(version) === undefined || (version.id === shown?.id && maskNow(version) === undefined),
  );
}

/** For the viewer, which would else prepare the picture while it draws. */
async function load(version: Version): Promise<void> {
  const [image] = await Promise.all([loadImage(version), loadMask(version)]);
  await inSlices(preparePixels(image));
}

/** @returns how to stop */
export function keepPixels({ store }: Studio): () => void {
  /** What is being loaded, or could not be: tried again once something else was on the screen. */
  let wanted = '';
  const look = (state: StudioState): void => {
    const lacking = missing(state);
    if (lacking.length === 0) {
      wanted = '';
      if (state.pixels.status !== 'here') state.setPixels({ status: 'here' });
      return;
    }
    const key = JSON.stringify([state.currentId, lacking.map(({ id }) => id)]);
    if (key === wanted) {
      // Another project has put everything back to how it begins.
      if (state.pixels.status === 'here') state.setPixels({ status: 'loading' });
      return;
    }
    wanted = key;
    state.setPixels({ status: 'loading' });
    void fetchAll(key, lacking);
  };
  const fetchAll = async (key: string, lacking: readonly Version[]): Promise<void> => {
    for (const version of lacking) {
      try {
        await load(version);
      } catch (error) {
        const problem = toProblem(error, errors.readingPixels({ title: versionTitle(version) }));
        if (wanted === key) store.getState().setPixels({ status: 'lost', problem });
        return;
      }
    }
    if (wanted === key) look(store.getState());
  };
  look(store.getState());
  return store.subscribe(look);
}
