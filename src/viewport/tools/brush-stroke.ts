/** Brush and eraser: one stroke is a list of small steps, run for every batch of pointer positions. */

import { viewToImage, type Point } from '../geometry/view-transform';
import type { DragStarter, PointerSample, ToolHost } from './drag';

interface Batch {
  readonly host: ToolHost;
  readonly samples: readonly PointerSample[];
  /** Native pixels; filled by the first step. */
  points: readonly Point[];
}

type BrushStep = (batch: Batch) => void;

const toNativePixels: BrushStep = (batch) => {
  const { geometry, view } = batch.host;
  batch.points = batch.samples.map((sample) => viewToImage(geometry, view, sample));
};
const paint: BrushStep = ({ host, points }) => {
  host.editor.extend(points, host.brushRadius);
};
const preview: BrushStep = ({ host }) => {
  host.maskTouched();
};

const STEPS: readonly BrushStep[] = [toNativePixels, paint, preview];

/** Paints or erases from the first press on; committed as one step when released. */
export const brushStroke: DragStarter = (host, at, value) => {
  const run = (samples: readonly PointerSample[]): void => {
    const batch: Batch = { host, samples, points: [] };
    for (const step of STEPS) step(batch);
  };
  host.editor.begin(value);
  run([at]);
  return {
    move: run,
    end() {
      host.editor.commit();
    },
    cancel() {
      host.editor.cancel();
      host.maskTouched();
    },
  };
};
