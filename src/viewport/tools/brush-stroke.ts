/** Brush and eraser: one stroke is a list of small steps, run for every batch of pointer positions. */

import type { BrushPoint } from '../../imaging/mask-stroke';
import { viewToImage, type Rectangle } from '../geometry/view-transform';
import type { Drag, PointerSample, ToolHost } from './drag';
import type { PaintValue } from './mask-editor';

interface Batch {
  readonly host: ToolHost;
  readonly samples: readonly PointerSample[];
  /** Native pixels; filled by the first step. */
  points: readonly BrushPoint[];
  touched: Rectangle | undefined;
}

type BrushStep = (batch: Batch) => void;

/** The lightest touch of a pen still paints this share of the radius. */
const LEAST_WIDTH = 0.12;

const toNativePixels: BrushStep = (batch) => {
  const { geometry, view, brush } = batch.host;
  batch.points = batch.samples.map((sample) => {
    const point = viewToImage(geometry, view, sample);
    return brush.pressure && sample.pressure !== undefined
      ? { ...point, width: Math.max(LEAST_WIDTH, sample.pressure) }
      : point;
  });
};
const paint: BrushStep = (batch) => {
  batch.touched = batch.host.editor.extend(batch.points, batch.host.brush);
};
const preview: BrushStep = ({ host, touched }) => {
  if (touched) host.maskTouched(touched);
};

const STEPS: readonly BrushStep[] = [toNativePixels, paint, preview];

/**
 * Paints or erases from the first press on; committed as one step when released.
 * @param from where a straight line to the press begins (native pixels), for a press with Shift
 * @param ended hears where the stroke ended
 */
export function brushStroke(
  host: ToolHost,
  at: PointerSample,
  value: PaintValue,
  from: BrushPoint | undefined,
  ended: (at: BrushPoint) => void,
): Drag {
  let last = from;
  const run = (samples: readonly PointerSample[]): void => {
    const batch: Batch = { host, samples, points: [], touched: undefined };
    for (const step of STEPS) step(batch);
    last = batch.points.at(-1) ?? last;
  };
  host.editor.begin(value);
  if (from) host.editor.extend([from], host.brush);
  run([at]);
  return {
    move: run,
    end() {
      host.editor.commit();
      if (last) ended(last);
    },
    cancel() {
      host.editor.cancel();
      host.maskTouched();
    },
  };
}
