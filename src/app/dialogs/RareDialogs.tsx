/** Dialogs that most visits never open: each is fetched when it first is. */

import { lazy, Suspense } from 'react';
import type { Dialog } from '../../state/slices/surface';
import { useStudioState } from '../StudioContext';

const RARE = {
  swap: lazy(() => import('../swap/SwapDialog')),
  matrix: lazy(() => import('../swap/MatrixDialog')),
  report: lazy(() => import('../report/ReportDialog')),
  tour: lazy(() => import('../tour/Tour')),
  dataset: lazy(() => import('../dataset/DatasetDialog')),
  archive: lazy(() => import('../archive/ArchiveDialog')),
  archiveSend: lazy(() => import('../archive/SendDialog')),
  details: lazy(() => import('../details/DetailsDialog')),
  cover: lazy(() => import('../cover/CoverDialog')),
  run: lazy(() => import('../run/RunDialog')),
  diagnostics: lazy(() => import('../diagnostics/DiagnosticsDialog')),
} as const;

const FrameQuestion = lazy(() => import('../opening/FrameQuestion'));
const MaskQuestion = lazy(() => import('../opening/MaskQuestion'));

const isRare = (dialog: Dialog | undefined): dialog is keyof typeof RARE => dialog !== undefined && dialog in RARE;

export function RareDialogs() {
  const asksFrame = useStudioState((state) => state.frameQuestion !== undefined);
  return (
    <>
      <OpenDialog />
      {asksFrame && (
        <Suspense fallback={null}>
          <FrameQuestion />
        </Suspense>
      )}
    </>
  );
}

function OpenDialog() {
  const dialog = useStudioState((state) => state.dialog);
  const asks = useStudioState((state) => state.maskQuestion.length > 0);
  if (asks) {
    return (
      <Suspense fallback={null}>
        <MaskQuestion />
      </Suspense>
    );
  }
  if (!isRare(dialog)) return null;
  const Shown = RARE[dialog];
  return (
    <Suspense fallback={null}>
      <Shown />
    </Suspense>
  );
}
