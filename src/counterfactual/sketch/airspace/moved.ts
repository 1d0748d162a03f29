/** Displacements as part of a sketch: what they change, where, and several as one. */

import { displaced, displacedRows, type Displacement } from '../displace';
import { CHEST_GRID, makeField, smoothstep, type Box, type Field } from '../field';
import type { DensityImage } from '../density';
import { add, emptyField } from './fill';

/** What a displacement makes of a film and of what is known of its lungs; nothing changes where nothing is moved. */
export interface Moved {
  /** The film before it. */
  readonly image: DensityImage;
  readonly displacement: Displacement | undefined;
  readonly field: (field: Field) => Field;
  /** Where anything moved. */
  readonly area: Field;
}

export function moved(image: DensityImage, displacement: Displacement | undefined): Moved {
  if (displacement === undefined) return { image, displacement, field: (field) => field, area: emptyField() };
  const all: Box = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  return {
    image,
    displacement,
    field: (field) => ({
      ...field,
      data: displaced({ values: field.data, width: CHEST_GRID, height: CHEST_GRID }, displacement, all).map((value) =>
        Math.min(1, Math.max(0, value)),
      ),
    }),
    area: movedArea(displacement),
  };
}

/** Adds what moving the film changes. */
export function addMoved(added: Float32Array, { image, displacement }: Moved, box: Box): void {
  if (displacement === undefined) return;
  const rows = displacedRows(image, displacement, box);
  for (let y = 0, at = 0; y < box.height; y++) {
    const start = (box.y + y) * image.width + box.x;
    const after = rows(y, 0, box.width);
    for (let x = 0; x < box.width; x++, at++)
      added[at] = (added[at] as number) + (after[x] as number) - (image.values[start + x] as number);
  }
}

/** Where anything moves: 1 from a third of a cell on. */
function movedArea({ x, y }: Displacement): Field {
  return makeField(CHEST_GRID, (column, row) => {
    const cell = row * CHEST_GRID + column;
    return smoothstep(0.02, 0.33, CHEST_GRID * Math.hypot(x.data[cell] as number, y.data[cell] as number));
  });
}

/** Small displacements one over the other: their sum. */
export function joinedDisplacements(displacements: readonly Displacement[]): Displacement {
  const [x, y] = [emptyField(), emptyField()];
  for (const each of displacements) {
    add(x, each.x.data);
    add(y, each.y.data);
  }
  return { x, y };
}
