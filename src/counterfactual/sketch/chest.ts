/**
 * The geometry that sketches are drawn in, from the anatomist's maps: lungs with their walls, apex, hilum, diaphragm and
 * angles; the heart; the scale. Lengths and places are in cells of CHEST_GRID (256 over the whole image, stretched as the
 * networks see it); `aspect` makes distances round.
 */

import { ANATOMY_CLASSES } from '../../findings/regions';
import { resizeBicubic } from '../../imaging/resample';
import { signedDistance } from './distance';
import { blurred, CHEST_GRID, type Field } from './field';

export type ChestSide = 'right' | 'left';

export interface ChestPoint {
  /** In cells of CHEST_GRID, cell centres at half-integers. */
  readonly x: number;
  readonly y: number;
}

/** One lung as the film shows it; the patient's right is image left. */
export interface Lung {
  readonly side: ChestSide;
  /** How much of a cell is this lung, 0 to 1, smooth. */
  readonly share: Field;
  /** The same of its upper, mid and lower zone. */
  readonly zones: readonly [Field, Field, Field];
  /** Signed distance to the lung's edge in rows of CHEST_GRID (round whatever the aspect), positive inside. */
  readonly depth: Field;
  /** First and last row of the lung. */
  readonly top: number;
  readonly bottom: number;
  /** Of each row: where the lung meets the chest wall and the mediastinum; NaN outside [top, bottom]. */
  readonly lateral: Float32Array;
  readonly medial: Float32Array;
  /** Of each column: the lung's first and last row, apex and diaphragm; NaN where there is no lung. */
  readonly ceiling: Float32Array;
  readonly floor: Float32Array;
  readonly apex: ChestPoint;
  readonly hilum: ChestPoint;
  /** Where diaphragm and chest wall, diaphragm and heart meet. */
  readonly costophrenic: ChestPoint;
  readonly cardiophrenic: ChestPoint;
}

export interface Heart {
  readonly share: Field;
  readonly centre: ChestPoint;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Chest {
  /** Width over height of the radiograph: one column is `aspect` rows wide. */
  readonly aspect: number;
  readonly right: Lung;
  readonly left: Lung;
  readonly heart: Heart;
  /** Transverse diameter of heart over that of thorax. */
  readonly cardiothoracicRatio: number;
  /** Greatest inner width of the thorax, in columns. */
  readonly thoracicWidth: number;
  /** Millimetres a row of CHEST_GRID, and whether the file stated it or it was taken from an average thorax. */
  readonly millimetresPerRow: number;
  readonly scale: 'stated' | 'average';
}

/** Inner transverse diameter of an adult thorax on a frontal film in mm: mean of about 290 (Kerr 1973; Mensah 2015 give 27-31 cm). */
export const AVERAGE_THORAX_MM = 290;
/** Share from which a cell counts as a structure's own. */
const OWN = 0.5;
/** Fewer cells of CHEST_GRID than this are no lung. */
const LEAST_LUNG = 600;

export interface ChestSource {
  /** Softmax of the anatomist, [64 x 64 x 8]: background, six zones in ZONES order, mediastinum. */
  readonly probabilities: Float32Array;
  readonly width: number;
  readonly height: number;
  /** [row, column] in mm, where the file states it. */
  readonly pixelSpacing?: readonly [number, number] | undefined;
}

/** The chest, or undefined where one of the lungs or the heart was not found. */
export function chestOf({ probabilities, width, height, pixelSpacing }: ChestSource): Chest | undefined {
  const maps = Array.from({ length: ANATOMY_CLASSES }, (_, channel) => classMap(probabilities, channel));
  return chestOfMaps({
    right: [maps[1], maps[2], maps[3]] as readonly Field[] as Lung['zones'],
    left: [maps[4], maps[5], maps[6]] as readonly Field[] as Lung['zones'],
    heart: maps[7] as Field,
    aspect: width / height,
    ...(pixelSpacing && { millimetresPerRow: (pixelSpacing[0] * height) / CHEST_GRID, scale: 'stated' }),
  });
}

/** Smooth maps on CHEST_GRID of the zones of each lung and of the heart; the scale, where it is known. */
export interface ChestMaps {
  readonly right: Lung['zones'];
  readonly left: Lung['zones'];
  readonly heart: Field;
  readonly aspect: number;
  readonly millimetresPerRow?: number;
  readonly scale?: Chest['scale'];
}

/** The geometry that maps show, or undefined where one of the lungs or the heart is not in them. */
export function chestOfMaps({ aspect, millimetresPerRow, scale = 'average', ...maps }: ChestMaps): Chest | undefined {
  return chestOfParts(
    lungOf('right', together(maps.right), () => maps.right, aspect),
    lungOf('left', together(maps.left), () => maps.left, aspect),
    heartOf(maps.heart),
    { aspect, millimetresPerRow, scale },
  );
}

/** The chest after each of its maps became another one; the scale stays. */
export function chestMoved(chest: Chest, moved: (field: Field) => Field): Chest | undefined {
  const { aspect, millimetresPerRow, scale } = chest;
  const lung = (side: ChestSide): Lung | undefined => {
    const { zones } = chest[side];
    return lungOf(side, moved(together(zones)), () => zones.map(moved) as readonly Field[] as Lung['zones'], aspect);
  };
  return chestOfParts(lung('right'), lung('left'), heartOf(moved(chest.heart.share)), {
    aspect,
    millimetresPerRow,
    scale,
  });
}

function chestOfParts(
  right: Lung | undefined,
  left: Lung | undefined,
  heart: Heart | undefined,
  { aspect, millimetresPerRow, scale }: Pick<Chest, 'aspect' | 'scale'> & { millimetresPerRow: number | undefined },
): Chest | undefined {
  if (right === undefined || left === undefined || heart === undefined) return undefined;
  const thoracicWidth = greatestWidth(right.lateral, left.lateral);
  return {
    aspect,
    right,
    left,
    heart,
    thoracicWidth,
    cardiothoracicRatio: (heart.right - heart.left) / thoracicWidth,
    millimetresPerRow: millimetresPerRow ?? AVERAGE_THORAX_MM / (thoracicWidth * aspect),
    scale,
  };
}

export type ChestPart = 'right lung' | 'left lung' | 'heart';

/** What `chestOf` does not find in the same maps; none where it finds a chest. */
export function missingOf({ probabilities, width, height }: ChestSource): readonly ChestPart[] {
  const maps = Array.from({ length: ANATOMY_CLASSES }, (_, channel) => classMap(probabilities, channel));
  const aspect = width / height;
  const lung = (side: ChestSide, first: number): Lung | undefined => {
    const zones = maps.slice(first, first + 3) as readonly Field[] as Lung['zones'];
    return lungOf(side, together(zones), () => zones, aspect);
  };
  return [
    ...(lung('right', 1) === undefined ? (['right lung'] as const) : []),
    ...(lung('left', 4) === undefined ? (['left lung'] as const) : []),
    ...(heartOf(maps[7] as Field) === undefined ? (['heart'] as const) : []),
  ];
}

/** One class of the anatomist on CHEST_GRID, smooth. */
function classMap(probabilities: Float32Array, channel: number): Field {
  const side = Math.round(Math.sqrt(probabilities.length / ANATOMY_CLASSES));
  const own = Float32Array.from(
    { length: side * side },
    (_, cell) => probabilities[cell * ANATOMY_CLASSES + channel] as number,
  );
  const data = resizeBicubic(own, side, side, CHEST_GRID, CHEST_GRID).map((value) => Math.min(1, Math.max(0, value)));
  return blurred({ width: CHEST_GRID, height: CHEST_GRID, data }, 1.5);
}

/** What the zones of a lung come to together, on CHEST_GRID. */
function together(zones: Lung['zones']): Field {
  const [upper, mid, lower] = zones;
  return {
    ...upper,
    data: upper.data.map((value, cell) => value + (mid.data[cell] as number) + (lower.data[cell] as number)),
  };
}

/** A value that is made when it is first asked for. */
function later<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** @param whole its zones together */
function lungOf(side: ChestSide, whole: Field, zones: () => Lung['zones'], aspect: number): Lung | undefined {
  const data = whole.data.map((value) => Math.min(1, value));
  const own = largestPart(data);
  if (own.count < LEAST_LUNG) return undefined;
  const share: Field = {
    width: CHEST_GRID,
    height: CHEST_GRID,
    data: data.map((value, cell) => value * (own.near[cell] as number)),
  };
  const inside = share.data;
  const isOwn = Uint8Array.from(inside, (value) => (value > OWN ? 1 : 0));
  const isInside = (x: number, y: number): boolean => isOwn[y * CHEST_GRID + x] === 1;
  const [lateral, medial] = [new Float32Array(CHEST_GRID).fill(NaN), new Float32Array(CHEST_GRID).fill(NaN)];
  const [ceiling, floor] = [new Float32Array(CHEST_GRID).fill(NaN), new Float32Array(CHEST_GRID).fill(NaN)];
  let [top, bottom] = [CHEST_GRID, -1];
  for (let y = 0; y < CHEST_GRID; y++) {
    const span = extent(
      CHEST_GRID,
      (x) => isInside(x, y),
      (x) => inside[y * CHEST_GRID + x] as number,
    );
    if (span === undefined) continue;
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    lateral[y] = side === 'right' ? span[0] : span[1];
    medial[y] = side === 'right' ? span[1] : span[0];
  }
  for (let x = 0; x < CHEST_GRID; x++) {
    const span = extent(
      CHEST_GRID,
      (y) => isInside(x, y),
      (y) => inside[y * CHEST_GRID + x] as number,
    );
    if (span !== undefined) [ceiling[x], floor[x]] = span;
  }
  const corner = cornersOf(side, floor, bottom);
  const [ownZones, depth] = [later(zones), later(() => signedDistance(isOwn, aspect))];
  return {
    side,
    share,
    // A chest that is pushed aside anew for each step of a drag is seldom asked for these.
    get zones() {
      return ownZones();
    },
    get depth() {
      return depth();
    },
    top,
    bottom,
    lateral,
    medial,
    ceiling,
    floor,
    apex: highest(ceiling),
    // The hilum lies at about two fifths of the lung's height, at its medial edge.
    hilum: { x: medial[Math.round(top + 0.45 * (bottom - top))] as number, y: top + 0.45 * (bottom - top) },
    ...corner,
  };
}

/** Cells of the largest connected part above OWN, and a soft map that is 1 in and around it. */
function largestPart(data: Float32Array): { readonly count: number; readonly near: Float32Array } {
  const label = new Int32Array(data.length);
  let [best, most, next] = [0, 0, 0];
  // Each cell is put on it once.
  const stack = new Int32Array(data.length);
  let depth = 0;
  const visit = (cell: number): void => {
    if (cell < 0 || cell >= data.length || label[cell] !== 0 || (data[cell] as number) <= OWN) return;
    label[cell] = next;
    stack[depth++] = cell;
  };
  for (let start = 0; start < data.length; start++) {
    if (label[start] !== 0 || (data[start] as number) <= OWN) continue;
    next++;
    let count = 0;
    visit(start);
    while (depth > 0) {
      const cell = stack[--depth] as number;
      count++;
      const x = cell % CHEST_GRID;
      if (x > 0) visit(cell - 1);
      if (x < CHEST_GRID - 1) visit(cell + 1);
      visit(cell - CHEST_GRID);
      visit(cell + CHEST_GRID);
    }
    if (count > most) [best, most] = [next, count];
  }
  const own: Field = {
    width: CHEST_GRID,
    height: CHEST_GRID,
    data: Float32Array.from(label, (value) => (value === best && best > 0 ? 1 : 0)),
  };
  // Wide enough to keep the soft edge of the part that is kept.
  return { count: most, near: blurred(own, 4).data.map((value) => Math.min(1, value * 8)) };
}

/** First and last crossing of OWN along a line, between cells; undefined without one. */
function extent(
  length: number,
  isInside: (at: number) => boolean,
  value: (at: number) => number,
): readonly [number, number] | undefined {
  let [first, last] = [-1, -1];
  for (let at = 0; at < length; at++) {
    if (!isInside(at)) continue;
    if (first < 0) first = at;
    last = at;
  }
  if (first < 0) return undefined;
  const between = (inner: number, outer: number): number => {
    if (outer < 0 || outer >= length) return 0;
    const [a, b] = [value(inner), value(outer)];
    return a === b ? 0 : (a - OWN) / (a - b);
  };
  return [first + 0.5 - between(first, first - 1), last + 0.5 + between(last, last + 1)];
}

function highest(ceiling: Float32Array): ChestPoint {
  let best = { x: 0, y: Infinity };
  ceiling.forEach((y, x) => {
    if (y < best.y) best = { x: x + 0.5, y };
  });
  return best;
}

/** The outer and the inner end of the diaphragm: the lowest point of the lung's lateral and of its medial third. */
function cornersOf(side: ChestSide, floor: Float32Array, bottom: number): Pick<Lung, 'costophrenic' | 'cardiophrenic'> {
  const columns = Array.from(floor.keys()).filter((x) => !Number.isNaN(floor[x]));
  const [first = 0, last = 0] = [columns[0], columns.at(-1)];
  const third = (last - first) / 3;
  const lowest = (from: number, to: number): ChestPoint =>
    columns
      .filter((x) => x >= from && x <= to)
      .reduce((low, x) => ((floor[x] as number) > low.y ? { x: x + 0.5, y: floor[x] as number } : low), {
        x: from,
        y: -Infinity,
      });
  const [outer, inner] =
    side === 'right'
      ? [lowest(first, first + third), lowest(last - third, last)]
      : [lowest(last - third, last), lowest(first, first + third)];
  const found = (point: ChestPoint): ChestPoint => (Number.isFinite(point.y) ? point : { x: point.x, y: bottom });
  return { costophrenic: found(outer), cardiophrenic: found(inner) };
}

function heartOf(share: Field): Heart | undefined {
  let [sum, x, y] = [0, 0, 0];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < CHEST_GRID; row++) {
    const span = extent(
      CHEST_GRID,
      (column) => (share.data[row * CHEST_GRID + column] as number) > OWN,
      (column) => share.data[row * CHEST_GRID + column] as number,
    );
    if (span === undefined) continue;
    [left, right, top, bottom] = [
      Math.min(left, span[0]),
      Math.max(right, span[1]),
      Math.min(top, row),
      Math.max(bottom, row + 1),
    ];
  }
  share.data.forEach((value, cell) => {
    sum += value;
    x += value * ((cell % CHEST_GRID) + 0.5);
    y += value * (Math.floor(cell / CHEST_GRID) + 0.5);
  });
  if (sum < LEAST_LUNG / 2 || !Number.isFinite(left)) return undefined;
  return { share, centre: { x: x / sum, y: y / sum }, left, right, top, bottom };
}

function greatestWidth(right: Float32Array, left: Float32Array): number {
  return right.reduce((most, x, row) => Math.max(most, (left[row] as number) - x || 0), 1);
}
