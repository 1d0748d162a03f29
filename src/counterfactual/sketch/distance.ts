/** How far each cell of the chest's grid is from the edge of a structure. */

import { blurred, CHEST_GRID, type Field } from './field';

/** Signed distance in rows; the columns are `aspect` rows wide. */
export function signedDistance(isInside: Uint8Array, aspect: number): Field {
  const data = new Float32Array(CHEST_GRID * CHEST_GRID);
  const [inner, outer] = [chamfer(isInside, 0, aspect), chamfer(isInside, 1, aspect)];
  for (let cell = 0; cell < data.length; cell++) data[cell] = (inner[cell] as number) - (outer[cell] as number);
  return blurred({ width: CHEST_GRID, height: CHEST_GRID, data }, 1);
}

/** Distance in rows to the nearest cell that is marked so, by two passes of a 3 x 3 chamfer with the image's own aspect. */
function chamfer(marks: Uint8Array, mark: 0 | 1, aspect: number): Float32Array {
  const size = CHEST_GRID;
  const distance = Float32Array.from(marks, (own) => (own === mark ? 0 : 1e4));
  const slant = Math.hypot(1, aspect);
  const pass = (direction: 1 | -1): void => {
    const [before, above] = [-direction, -direction * size];
    for (let n = 0; n < distance.length; n++) {
      const cell = direction === 1 ? n : distance.length - 1 - n;
      const x = cell % size;
      let least = distance[cell] as number;
      if (least === 0) continue;
      const hasBefore = direction === 1 ? x > 0 : x < size - 1;
      const hasAfter = direction === 1 ? x < size - 1 : x > 0;
      if (hasBefore) least = Math.min(least, (distance[cell + before] as number) + aspect);
      if (cell + above >= 0 && cell + above < distance.length) {
        least = Math.min(least, (distance[cell + above] as number) + 1);
        if (hasBefore) least = Math.min(least, (distance[cell + above + before] as number) + slant);
        if (hasAfter) least = Math.min(least, (distance[cell + above - before] as number) + slant);
      }
      distance[cell] = least;
    }
  };
  pass(1);
  pass(-1);
  return distance;
}
