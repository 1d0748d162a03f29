/** A piece of a made-up film for tests of the search for metal. */

import { blurredValues } from '../../sketch/field';
import { gaussianNoise } from '../../random';
import type { FineFilm } from '../fine';

/** Clear lung everywhere at 0.2, with grain, 1.4 cells a mm; what is drawn on it is added. */
export function fineLung(side: number, drawn: (x: number, y: number) => number = () => 0): FineFilm {
  const grain = gaussianNoise(3, 0, 0, side * side, 1);
  const soft = Float32Array.from(
    { length: side * side },
    (_, at) => 0.2 + 0.01 * (grain[at] as number) + drawn(at % side, Math.floor(at / side)),
  );
  const broad = blurredValues(soft, side, side, 2.2);
  const fine = soft.map((value, at) => value - (broad[at] as number));
  const sizes = Float32Array.from(fine, Math.abs).sort();
  return {
    width: side,
    height: side,
    cellsPerMm: [1.4, 1.4],
    soft,
    broad,
    fine,
    detail: (sizes[sizes.length >> 1] as number) / 0.6745,
    lung: 0.2,
    contrast: 0.5,
    lungs: new Float32Array(side * side).fill(1),
    inChest: new Uint8Array(side * side).fill(1),
  };
}
