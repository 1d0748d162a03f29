/** Distance from the chest wall alone (not from mediastinum or diaphragm): what air or a rind between lung and wall is measured in. */

import type { Chest, Lung } from '../chest';
import { blurred, CHEST_GRID, type Field } from '../field';
import { keptByPair } from '../kept';
import type { Hemithorax } from './hemithorax';

export interface Wall {
  /** In mm, positive inside; smooth, also a little beyond the wall. */
  readonly distance: Field;
  /** Direction away from the wall, unit vectors in mm. */
  readonly inward: readonly [Field, Field];
  /** How far down the wall its nearest place lies: 0 at the apex, 1 at the costophrenic angle. */
  readonly down: Field;
}

/** Columns that the dome of the apex is continued by behind the mediastinum, so that a line parallel to it runs on. */
const CONTINUED = 30;
/** Cells around the lung for which it is worked out; 0 beyond. */
const AROUND = 10;

/** Measured once for a hemithorax of a chest. */
export const wallOf = keptByPair(measured);

function measured(chest: Chest, { lung, lateral, height }: Hemithorax): Wall {
  const { aspect, millimetresPerRow: mm } = chest;
  const points = wallPoints(chest, { lung, lateral });
  const outward = lung.side === 'right' ? -1 : 1;
  const [distance, down] = [new Float32Array(CHEST_GRID * CHEST_GRID), new Float32Array(CHEST_GRID * CHEST_GRID)];
  const { left, right } = columnsOf(lung);
  for (let row = Math.max(0, lung.top - AROUND); row < Math.min(CHEST_GRID, lung.bottom + AROUND); row++) {
    for (let column = left; column < right; column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      let [least, nearest] = [Infinity, 0];
      for (let k = 0; k < points.length; k += 2) {
        const dx = ((points[k] as number) - x) * aspect;
        const dy = (points[k + 1] as number) - y;
        const square = dx * dx + dy * dy;
        if (square < least) {
          least = square;
          nearest = k;
        }
      }
      const cell = row * CHEST_GRID + column;
      down[cell] = ((points[nearest + 1] as number) - lung.apex.y) / height;
      const ceiling = lung.ceiling[column] as number;
      const beyond =
        (x - (lateral[row] as number)) * outward > 0 || y < (Number.isNaN(ceiling) ? lung.apex.y : ceiling);
      distance[cell] = Math.sqrt(least) * mm * (beyond ? -1 : 1);
    }
  }
  const field = (data: Float32Array): Field => ({ width: CHEST_GRID, height: CHEST_GRID, data });
  const smooth = blurred(field(distance), 2.5);
  return { distance: smooth, inward: inwardOf(smooth, aspect), down: blurred(field(down), 2) };
}

/** The columns of a lung and some on either side. */
function columnsOf({ ceiling }: Lung): { readonly left: number; readonly right: number } {
  const columns = Array.from(ceiling.keys()).filter((x) => !Number.isNaN(ceiling[x]));
  return { left: Math.max(0, (columns[0] ?? 0) - AROUND), right: Math.min(CHEST_GRID, (columns.at(-1) ?? 0) + AROUND) };
}

/** Unit vectors up the gradient. */
function inwardOf({ data }: Field, aspect: number): readonly [Field, Field] {
  const [x, y] = [new Float32Array(data.length), new Float32Array(data.length)];
  for (let cell = 2 * CHEST_GRID; cell < data.length - 2 * CHEST_GRID; cell++) {
    const gx = ((data[cell + 2] as number) - (data[cell - 2] as number)) / aspect;
    const gy = (data[cell + 2 * CHEST_GRID] as number) - (data[cell - 2 * CHEST_GRID] as number);
    const norm = Math.sqrt(gx * gx + gy * gy);
    if (norm < 1e-6) continue;
    x[cell] = gx / norm;
    y[cell] = gy / norm;
  }
  const unit = (values: Float32Array): Field => blurred({ width: CHEST_GRID, height: CHEST_GRID, data: values }, 3);
  return [unit(x), unit(y)];
}

/** x, y pairs along the inside of the chest wall, from the costophrenic angle over the apex and on behind the mediastinum. */
function wallPoints(chest: Chest, { lung, lateral }: Pick<Hemithorax, 'lung' | 'lateral'>): Float32Array {
  const inward = lung.side === 'right' ? 1 : -1;
  const points: number[] = [];
  for (let y = Math.ceil(lung.costophrenic.y); y >= lung.top; y--) points.push(lateral[y] as number, y + 0.5);
  const rows = 5 / chest.millimetresPerRow;
  let [x, y] = [Math.floor(lateral[lung.top] as number), lung.apex.y];
  for (; x > 0 && x < CHEST_GRID; x += inward) {
    const ceiling = lung.ceiling[x] as number;
    // The dome, until it turns down along the mediastinum.
    if (Number.isNaN(ceiling) || ((x - lung.apex.x) * inward > 0 && ceiling > lung.apex.y + rows)) break;
    y = ceiling;
    points.push(x + 0.5, y);
  }
  for (let k = 1; k <= CONTINUED; k++) points.push(x + 0.5 + inward * k, y + 0.15 * k);
  return Float32Array.from(points);
}
