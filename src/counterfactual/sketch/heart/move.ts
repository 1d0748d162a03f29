/** The silhouette of one side of the heart moved outward or inward; ribs, vessels and grain stay where they are. */

import type { Chest, Lung } from '../chest';
import { blurredValues, CHEST_GRID, smoothstep } from '../field';
import { aboveDiaphragm, meetingOf, ROWS, type Strip } from './border';

/** Along the border: wider than a rib. */
const ALONG_MM = 8;
/** Across it, away from the edge itself: what runs along the border, such as the spine or the aorta, is not moved either. */
const ACROSS_MM = 7;
/** Beside the old border its own fine rim, bright within and dark without, is taken out: wholly so near, not at all so far. */
const OLD_EDGE_MM = [2.5, 6.5] as const;
/** Of the contrast of ribs and vessels, what the heart takes where it now lies over them. */
const COVERED = 0.68;
/** Of that contrast's finest part, which is lung's grain as well, what is counted with it: the heart has less grain than lung (decision 136). */
const GRAIN_COVERED = 0.85;

/** An enlarged heart is as dense as it was inside: reached so far behind its new border, wholly where that moves by so much. */
const ROUND_MM = 42;
const FULL_MM = 14;
/** Where, behind the old border, its density is taken; nearer to the middle of the spine than so much there are vertebrae. */
const INSIDE_MM = [12, 50] as const;
const SPINE_MM = 16;
const EVEN_MM = 12;
/** So far beside the border its profile is drawn out or pushed together as the border's slope says. */
const PROFILE_MM = 30;
/** Rows over which a slope is taken. */
const SLOPE_MM = 8;
/** Lung behind the heart shows so far above the diaphragm. */
const BEHIND_MM = 22;

/**
 * Change of density along a border whose rows move outward by `shift` columns (negative: inward).
 * @returns [height x width] of the strip
 */
export function movedSilhouette(strip: Strip, chest: Chest, lung: Lung, shift: Float32Array): Float32Array {
  const { width, height, inner, mmPerCell, values } = strip;
  const free = aboveDiaphragm(strip, chest);
  const silhouette = silhouetteOf(strip, free);
  const softened = blurredValues(values, width, height, 0.8 / mmPerCell);
  const detail = softened.map((own, at) => own + GRAIN_COVERED * ((values[at] as number) - own));
  const level = levelOf(strip, silhouette, free, chest);
  const middle = spineOf(chest);
  const clear = lyingOnDiaphragm(strip, chest, lung);
  const [steepBefore, steep] = steepnesses(strip, shift);
  const change = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const moved = shift[row] as number;
    if (Math.abs(moved) < 0.05) continue;
    const reach = reachOf(strip, lung, row, moved, chest);
    const spine = strip.outward * (middle - (strip.border[row] as number));
    const full = Math.min(1, Math.max(0, moved * mmPerCell) / FULL_MM);
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const open = free[at] as number;
      if (open === 0) continue;
      const out = column - inner;
      const weight =
        out < moved ? smoothstep(-reach.inward, 0, out - moved) : smoothstep(reach.outward, 0, out - moved);
      // A row crosses a border that lies flatter over more columns: its profile is as wide as it was, straight across.
      const beside = out - moved;
      const wider = 1 - Math.min(1, (steep[row] as number) / (steepBefore[row] as number));
      const from = out - moved * weight - wider * beside * smoothstep(PROFILE_MM / mmPerCell, 0, Math.abs(beside));
      const here = silhouette[at] as number;
      // What is crossed: lung that the heart now covers, or heart that is now lung; and the old edge, whose finest part does not move.
      const swept =
        moved > 0
          ? smoothstep(-2, 1, out) * smoothstep(moved + 1, moved - 2, out)
          : smoothstep(1, -2, out) * smoothstep(moved - 1, moved + 2, out);
      const edge =
        smoothstep(OLD_EDGE_MM[1] / mmPerCell, OLD_EDGE_MM[0] / mmPerCell, Math.abs(out)) *
        Math.min(1, Math.abs(moved) / 4);
      const keep = (moved > 0 ? 1 - COVERED * swept : 1 + 0.35 * swept) * (1 - 0.9 * edge);
      const stretched = readRow(silhouette, row * width, width, from + inner);
      // On its own side of the spine: the other border is another strip's.
      const own = smoothstep(2, 2 + SPINE_MM, (out - spine) * mmPerCell);
      const thicker =
        own * full * (clear[at] as number) * thickness((moved - out) * mmPerCell * (steep[row] as number));
      const raised = thicker * Math.max(0, (level[row] as number) - stretched);
      // What is denser than the heart already (the dome of the diaphragm, where its outline lies too low) stays as it is.
      const now = moved > 0 ? Math.min(stretched + raised, Math.max(here, level[row] as number)) : stretched + raised;
      change[at] = open * (now - here + (keep - 1) * ((detail[at] as number) - here));
    }
  }
  return change;
}

/**
 * Under the old heart lung behind it shows above the diaphragm and darkens toward it: there the heart gains less, so that no dark
 * band with an edge of its own is left. Further out it lies on the diaphragm. [height x width]
 */
function lyingOnDiaphragm(strip: Strip, chest: Chest, lung: Lung): Float32Array {
  const { width, height, top, border, outward, inner, mmPerCell } = strip;
  const meeting = meetingOf(lung, chest.aspect);
  const [x, y] = [meeting.x * (ROWS / CHEST_GRID) * chest.aspect, meeting.y * (ROWS / CHEST_GRID)];
  const out = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    const low = smoothstep(0, BEHIND_MM, (y - top - row) * mmPerCell);
    for (let column = 0; column < width; column++, at++) {
      const beyond = outward * ((border[row] as number) - x) + column - inner;
      const lateral = smoothstep(-BEHIND_MM, BEHIND_MM, beyond * mmPerCell);
      out[at] = lateral + (1 - lateral) * low;
    }
  }
  return out;
}

/** Cosine of the angle between a row and what lies straight across the border: where the border was, and where it comes to lie. */
function steepnesses(
  { border, outward, mmPerCell }: Strip,
  shift: Float32Array,
): readonly [Float32Array, Float32Array] {
  const step = Math.max(1, Math.round(SLOPE_MM / mmPerCell / 2));
  const of = (at: (row: number) => number): Float32Array => {
    const steep = border.map((_, row) => {
      const [above, below] = [Math.max(0, row - step), Math.min(border.length - 1, row + step)];
      return 1 / Math.hypot(1, (at(below) - at(above)) / Math.max(1, below - above));
    });
    return blurredValues(steep, 1, steep.length, 0, step);
  };
  const before = (row: number): number => outward * (border[row] as number);
  return [of(before), of((row) => before(row) + (shift[row] as number))];
}

/** Of the heart's density inside, so much is reached so far behind its border: a body that is round in depth. */
function thickness(depthMm: number): number {
  const out = 1 - Math.min(1, Math.max(0, depthMm / ROUND_MM));
  return Math.sqrt(1 - out * out);
}

/** Of each row, how dense the heart is inside, beside the spine, even along the border. */
function levelOf(strip: Strip, silhouette: Float32Array, free: Float32Array, chest: Chest): Float32Array {
  const { width, height, inner, mmPerCell, border, outward } = strip;
  const middle = spineOf(chest);
  const [near, far] = [INSIDE_MM[0] / mmPerCell, INSIDE_MM[1] / mmPerCell];
  const rows: number[] = [];
  const known: number[] = [];
  for (let row = 0; row < height; row++) {
    const spine = outward * ((border[row] as number) - middle) - SPINE_MM / mmPerCell;
    const last = Math.min(far, Math.max(near + 2, spine));
    const values: number[] = [];
    for (let column = Math.ceil(inner - last); column <= inner - near; column++) {
      const at = row * width + column;
      if (column >= 0 && (free[at] as number) > 0.9) values.push(silhouette[at] as number);
    }
    if (values.length < 3) continue;
    values.sort((a, b) => a - b);
    rows.push(row);
    known.push(values[Math.floor(values.length * 0.6)] as number);
  }
  // Higher up the vessels' trunks lie behind the border, denser than the heart is: what comes to lie beside them is heart.
  const lower = known.slice(Math.floor(known.length / 2)).sort((a, b) => a - b);
  const body = lower[Math.floor(lower.length / 2)] ?? Infinity;
  const level = Float32Array.from({ length: height }, (_, row) => {
    const next = rows.findIndex((other) => other >= row);
    return Math.min(body, next < 0 ? (known.at(-1) ?? 0) : (known[next] as number));
  });
  return blurredValues(level, 1, height, 0, EVEN_MM / mmPerCell);
}

/** Column of the strip's grid in which the spine lies, by the mediastinum at the right hilum. */
function spineOf(chest: Chest): number {
  const row = Math.round(chest.right.hilum.y);
  const [right, left] = [chest.right.medial[row] as number, chest.left.medial[row] as number];
  return ((right + left) / 2) * (ROWS / CHEST_GRID) * chest.aspect;
}

/** The film along the border without what crosses it. */
function silhouetteOf({ values, width, height, inner, mmPerCell }: Strip, free: Float32Array): Float32Array {
  const along = ALONG_MM / mmPerCell;
  const own = free.map((value) => Math.max(1e-4, value * value));
  const weights = blurredValues(own, width, height, 0, along);
  const edged = blurredValues(
    values.map((value, at) => value * (own[at] as number)),
    width,
    height,
    0.5,
    along,
  ).map((value, at) => value / (weights[at] as number));
  const across = blurredValues(edged, width, height, ACROSS_MM / mmPerCell, 0);
  return edged.map((value, at) => {
    const away = Math.abs((at % width) - inner) * mmPerCell;
    return value + ((across[at] as number) - value) * smoothstep(9, 20, away);
  });
}

/** How far to both sides of the moved border the film is stretched with it, in columns; so far that it never folds. */
function reachOf(
  { border, outward, top, mmPerCell }: Strip,
  lung: Lung,
  row: number,
  moved: number,
  chest: Chest,
): { readonly inward: number; readonly outward: number } {
  const scale = 512 / 256;
  const own = Math.min(lung.bottom, Math.max(lung.top, Math.round((top + row) / scale)));
  const wall = outward * ((lung.lateral[own] as number) * scale * chest.aspect - (border[row] as number));
  const least = 1.7 * Math.abs(moved);
  return {
    inward: moved > 0 ? Math.max(30 / mmPerCell, least) : 25 / mmPerCell,
    outward:
      moved > 0
        ? Math.max(3 / mmPerCell, Math.min(25 / mmPerCell, 0.8 * (wall - moved)))
        : Math.max(25 / mmPerCell, least),
  };
}

function readRow(values: Float32Array, start: number, width: number, column: number): number {
  const at = Math.min(width - 1, Math.max(0, column));
  const low = Math.floor(at);
  const next = values[start + Math.min(width - 1, low + 1)] as number;
  return (values[start + low] as number) + (next - (values[start + low] as number)) * (at - low);
}
