/** The panel of masks beside the picture, fetched when it is first opened. */

import { lazy, Suspense } from 'react';
import { useStudioState } from '../StudioContext';

const MasksPanel = lazy(async () => ({ default: (await import('../masks/MasksPanel')).MasksPanel }));

export function MasksDock() {
  const open = useStudioState((state) => state.masksPanelOpen);
  return open ? (
    <Suspense>
      <MasksPanel />
    </Suspense>
  ) : null;
}
