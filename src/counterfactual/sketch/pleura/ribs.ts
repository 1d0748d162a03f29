/**
 * Ribs told from vessels by how they run. Both are narrow and bright, but along a rib the film stays the same for centimetres,
 * while the vessels that cross it do not: averaged along the direction of the ribs, the vessels are gone and the ribs keep
 * their edges (line integrals along the structure tensor: Weickert 1999; Cabral, Leedom 1993).
 */

import { blurredValues, fieldIn, smoothstep, type Box, type Field } from '../field';
import { keptByPair } from '../kept';
import type { Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { boxOf } from './place';

/** Where the direction is read: gradients over this many mm, agreed on over so many (more than a vessel, less than two ribs). */
const GRADIENT_MM = 1.2;
const AGREED_MM = 11;
/** Half the length averaged over along a rib. */
const REACH_MM = 20;
/** From place to place along a rib, but no less than a cell. */
const STEP_MM = 1.4;
/** A fixed, weak belief that ribs slope down and outward, for where the film shows neither rib nor vessel. */
const BELIEF = 2e-6;

/** Directions in a box of the working grid, cell by cell: shared by blocks of cells they leave a comb of fine stripes. Unit vectors, in mm. */
interface Directions {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 0 where there is none, 1 where all that is seen runs one way. */
  readonly agreed: Float32Array;
}

/**
 * The film's detail (film - broad) within a box of the working grid, with what does not run along the ribs averaged away; none where no direction prevails.
 * @returns on the working grid; the plain detail outside the box
 */
export function ribDetail({ film, broad, cellsPerMm }: Layers, box: Box): Field {
  const { width, height } = film;
  const detail = film.data.map((value, cell) => value - (broad.data[cell] as number));
  const out = detail.slice();
  const directions = directionsOf(detail, width, height, box, cellsPerMm);
  // Twice a cell where cells are fine: a line integral skips no rib so, they lie along it.
  const cell = 1 / Math.max(...cellsPerMm);
  const step = Math.min(2 * cell, Math.max(cell, STEP_MM));
  const steps = Math.ceil(REACH_MM / step);
  const weight = Float32Array.from({ length: steps + 1 }, (_, k) => Math.exp(-2 * ((k * step) / REACH_MM) ** 2));
  const [dx, dy] = [step * cellsPerMm[0], step * cellsPerMm[1]];
  for (let j = 0; j < box.height; j++) {
    for (let i = 0; i < box.width; i++) {
      const start = j * box.width + i;
      let sum = detail[(box.y + j) * width + box.x + i] as number;
      let total = 1;
      for (let sign = -1; sign <= 1; sign += 2) {
        let [x, y] = [i, j];
        let [vx, vy] = [sign * (directions.x[start] as number), sign * (directions.y[start] as number)];
        for (let k = 1; k <= steps; k++) {
          x += vx * dx;
          y += vy * dy;
          if (x < 0 || y < 0 || x >= box.width - 1 || y >= box.height - 1) break;
          const [x0, y0] = [x | 0, y | 0];
          const cell = (box.y + y0) * width + box.x + x0;
          const [fx, fy] = [x - x0, y - y0];
          const top = (detail[cell] as number) + fx * ((detail[cell + 1] as number) - (detail[cell] as number));
          const bottom =
            (detail[cell + width] as number) +
            fx * ((detail[cell + width + 1] as number) - (detail[cell + width] as number));
          const share = weight[k] as number;
          sum += share * (top + fy * (bottom - top));
          total += share;
          const at = Math.round(y) * box.width + Math.round(x);
          const [nx, ny] = [directions.x[at] as number, directions.y[at] as number];
          const same = nx * vx + ny * vy < 0 ? -1 : 1;
          vx = same * nx;
          vy = same * ny;
        }
      }
      out[(box.y + j) * width + box.x + i] = (sum / total) * (directions.agreed[start] as number);
    }
  }
  return { width, height, data: out };
}

/** The direction along which the detail changes least, agreed on over AGREED_MM. */
function directionsOf(
  detail: Float32Array,
  width: number,
  height: number,
  box: Box,
  cellsPerMm: readonly [number, number],
): Directions {
  const [w, h] = [Math.ceil(box.width / 2), Math.ceil(box.height / 2)];
  const [sx, sy] = [cellsPerMm[0] / 2, cellsPerMm[1] / 2];
  const half = fieldIn(
    { width, height, data: detail },
    { x: Math.floor(box.x / 2), y: Math.floor(box.y / 2), width: w, height: h },
    Math.ceil(width / 2),
    Math.ceil(height / 2),
  );
  const smooth = blurredValues(half, w, h, GRADIENT_MM * sx, GRADIENT_MM * sy);
  const [xx, xy, yy] = [new Float32Array(w * h), new Float32Array(w * h), new Float32Array(w * h)];
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1, i = y * w + 1; x < w - 1; x++, i++) {
      const gx = (((smooth[i + 1] as number) - (smooth[i - 1] as number)) * sx) / 2;
      const gy = (((smooth[i + w] as number) - (smooth[i - w] as number)) * sy) / 2;
      xx[i] = gx * gx;
      xy[i] = gx * gy;
      yy[i] = gy * gy;
    }
  }
  const blur = (values: Float32Array): Float32Array => blurredValues(values, w, h, AGREED_MM * sx, AGREED_MM * sy);
  const [a, b, c] = [xx, xy, yy].map((values) => doubled(blur(values), w, h, box)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [x, y, agreed] = [new Float32Array(a.length), new Float32Array(a.length), new Float32Array(a.length)];
  for (let i = 0; i < x.length; i++) {
    // The gradient's main direction is half the angle of (xx - yy, 2 xy); ribs run across it, the horizontal where nothing is known.
    const angle = 0.5 * Math.atan2(2 * (b[i] as number), (a[i] as number) - (c[i] as number) - BELIEF);
    x[i] = -Math.sin(angle);
    y[i] = Math.cos(angle);
    const energy = (a[i] as number) + (c[i] as number);
    agreed[i] = smoothstep(
      0.12,
      0.5,
      Math.hypot((a[i] as number) - (c[i] as number), 2 * (b[i] as number)) / (energy + 1e-9),
    );
  }
  return { x, y, agreed };
}

/** From half the working grid, where a box begins at the cell before or at its first, to the cells of the box; linear between. */
function doubled(values: Float32Array, width: number, height: number, box: Box): Float32Array {
  const out = new Float32Array(box.width * box.height);
  for (let j = 0, cell = 0; j < box.height; j++) {
    const y = Math.min(height - 1, Math.max(0, (j + (box.y & 1) + 0.5) / 2 - 0.5));
    const top = Math.min(height - 2, Math.floor(y)) * width;
    const fy = y - top / width;
    for (let i = 0; i < box.width; i++, cell++) {
      const x = Math.min(width - 1, Math.max(0, (i + (box.x & 1) + 0.5) / 2 - 0.5));
      const left = Math.min(width - 2, Math.floor(x));
      const fx = x - left;
      const at = top + left;
      const upper = (values[at] as number) + fx * ((values[at + 1] as number) - (values[at] as number));
      const lower =
        (values[at + width] as number) + fx * ((values[at + width + 1] as number) - (values[at + width] as number));
      out[cell] = upper + fy * (lower - upper);
    }
  }
  return out;
}

/** The ribs of one hemithorax, wherever its pleura can be drawn; found once for a film. */
export const ribsOf = keptByPair((layers: Layers, { lung, reach, behindHeart }: Hemithorax): Field => {
  const box = boxOf(
    (cell) =>
      Math.max(lung.share.data[cell] as number, reach.data[cell] as number, behindHeart.data[cell] as number) > 0.004,
    layers.film.width,
    layers.film.height,
  );
  return box === undefined
    ? { ...layers.film, data: new Float32Array(layers.film.data.length) }
    : ribDetail(layers, box);
});

/** A lung without what is narrow: broader than a rib and the gap below it, in mm. */
const EVEN_MM = 11;

/**
 * The ribs over a lung. On films with much contrast their edges are as strong as those of the diaphragm and stay in `broad`; here they
 * are told from the lung's own smooth density, which neither diaphragm nor heart takes part in.
 * @returns on the working grid, 0 beyond the lung's edge
 */
export const ribsOverLung = keptByPair((layers: Layers, { lung }: Hemithorax): Field => {
  const { film, cellsPerMm } = layers;
  const { width, height } = film;
  const box = boxOf((cell) => (lung.share.data[cell] as number) > 0.004, width, height);
  if (box === undefined) return { ...film, data: new Float32Array(film.data.length) };
  const share = fieldIn(lung.share, box, width, height).map((own) => smoothstep(0.6, 0.98, own));
  const values = fieldIn(film, box, width, height);
  const blur = (values: Float32Array): Float32Array =>
    blurredValues(values, box.width, box.height, EVEN_MM * cellsPerMm[0], EVEN_MM * cellsPerMm[1]);
  const [sum, weight] = [blur(values.map((own, at) => own * (share[at] as number))), blur(share)];
  const even = film.data.slice();
  const within = new Float32Array(film.data.length);
  for (let j = 0, at = 0; j < box.height; j++)
    for (let i = 0, cell = (box.y + j) * width + box.x; i < box.width; i++, at++, cell++) {
      const own = share[at] as number;
      if (own === 0) continue;
      within[cell] = own;
      even[cell] = (1 - own) * (film.data[cell] as number) + (own * (sum[at] as number)) / (weight[at] as number);
    }
  const ribs = ribDetail({ ...layers, broad: { ...film, data: even } }, box);
  return { ...ribs, data: ribs.data.map((rib, cell) => rib * (within[cell] as number)) };
});
