/** From a change worked out on a grid to the sketch at the image's own resolution: bounds, mask, exact zeros. */

import { fieldIn, rowsIn, type Box, type Field } from '../field';
import type { DensityImage } from '../density';
import type { Sketch, SketchRequest } from '../sketch';

/** Below this weight nothing is drawn. */
const LEAST = 0.004;

export interface Drawn {
  /** Density to add, on any grid. */
  readonly change: Field;
  /** Where it is drawn, 0 to 1, on any grid. */
  readonly where: Field;
  /** Drawn straight at the image's resolution where a grid is too coarse: adds to `change` within the box. */
  readonly fine?: (change: Float32Array, box: Box) => void;
}

/** @param figures the numbers used, with units in their names */
export function composed(
  { width, height }: DensityImage,
  { change, where, fine }: Drawn,
  request: Pick<SketchRequest, 'mask'>,
  figures: Sketch['figures'],
): Sketch {
  const box = boundsOf(where, width, height);
  const added = fieldIn(change, box, width, height);
  fine?.(added, box);
  const weights = rowsIn(where, box, width, height);
  const mask = new Uint8Array(added.length);
  const painted = request.mask;
  for (let j = 0, at = 0; j < box.height; j++) {
    const row = painted === undefined ? 0 : Math.floor(((box.y + j + 0.5) / height) * painted.height) * painted.width;
    const weight = weights(j, 0, box.width);
    for (let i = 0; i < box.width; i++, at++) {
      const own = weight[i] as number;
      const isOut =
        own < LEAST ||
        (painted !== undefined && painted.data[row + Math.floor(((box.x + i + 0.5) / width) * painted.width)] === 0);
      if (isOut) added[at] = 0;
      else mask[at] = Math.max(1, Math.min(255, Math.round(own * 510)));
    }
  }
  return { box, change: added, mask, figures };
}

/** The box, in pixels, outside which `where` is nothing. */
function boundsOf({ width: columns, height: rows, data }: Field, width: number, height: number): Box {
  let [left, right, top, bottom] = [columns, -1, rows, -1];
  for (let y = 0, cell = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, cell++) {
      if ((data[cell] as number) < LEAST) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  const [x0, y0] = [
    Math.max(0, Math.floor(((left - 1) / columns) * width)),
    Math.max(0, Math.floor(((top - 1) / rows) * height)),
  ];
  const [x1, y1] = [
    Math.min(width, Math.ceil(((right + 2) / columns) * width)),
    Math.min(height, Math.ceil(((bottom + 2) / rows) * height)),
  ];
  return { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) };
}
