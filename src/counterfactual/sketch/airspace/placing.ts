/** Where in the lungs a request lies: zones, a point, or a painted mask, as one weight on CHEST_GRID. */

import { resizeArea } from '../../../imaging/resample';
import { PLACES, type Finding } from '../../../findings/vocabulary';
import { SketchImpossibleError } from '../../errors';
import type { Chest } from '../chest';
import { blurred, CHEST_GRID, fieldAt, makeField, smoothstep, type Field } from '../field';
import { lungFrame, sidesOf, zonesOf, zoneWeight, type LungFrame } from './lungFrame';
import { smoothNoise } from '../noise';
import { lastKeptBy } from '../kept';
import type { SketchRequest } from '../sketch';

export interface Placing {
  readonly frame: LungFrame;
  readonly asked: readonly [boolean, boolean, boolean];
  /** 1 where it shall be, soft at its borders, 0 outside the lung. */
  readonly weight: Field;
  /** 0 to 1 across the place: to which side of it what is drawn leans. Absent: a point or paint says where. */
  readonly lean?: Float32Array;
}

/** Radius of a finding placed by a point, in mm, at severity 0 and 3. */
const FOCUS_MM = [16, 58] as const;
/** Zones are the reader's, not the disease's: over so many mm it fades, and so far (one standard deviation) its border strays. */
const ZONE_FADE_MM = 30;
const ZONE_STRAY_MM = 16;
/** Cells of CHEST_GRID that a painted place needs within the lungs. */
const LEAST_PAINTED = 12;

/**
 * The lungs that are meant, one entry each.
 * @throws SketchImpossibleError where point or paint lie outside the lungs
 */
export function placings(chest: Chest, request: SketchRequest): readonly Placing[] {
  if (request.mask !== undefined || request.at !== undefined) return placed(chest, request);
  // Named zones lie where they do however much is drawn: the same objects again, by which more is kept.
  return inZones(chest, [request.seed, ...request.places].join(' '), () => placed(chest, request));
}

const inZones = lastKeptBy<readonly Placing[]>();

function placed(chest: Chest, request: SketchRequest): readonly Placing[] {
  const painted = request.mask === undefined ? undefined : paintedField(request.mask);
  const sides =
    painted !== undefined || request.at !== undefined ? (['right', 'left'] as const) : sidesOf(request.places);
  const found = sides.map((side) => {
    const frame = lungFrame(chest, side);
    const asked = zonesOf(side, request.places);
    const zones =
      painted === undefined && request.at === undefined ? raggedZones(chest, frame, asked, request.seed) : undefined;
    const focus = request.at === undefined ? undefined : focusField(chest, request.at, request.severity, request.seed);
    const data = frame.reach.data.map(
      (reach, cell) => reach * (zones?.data[cell] ?? 1) * (focus?.data[cell] ?? 1) * (painted?.data[cell] ?? 1),
    );
    const lean = zones === undefined ? undefined : leaning(data, chest.aspect, request.seed);
    return { frame, asked, weight: { ...frame.inside, data }, ...(lean && { lean }) };
  });
  const used = found.filter(({ weight }) => weight.data.reduce((sum, value) => sum + value, 0) >= LEAST_PAINTED);
  if (used.length === 0 || (request.at !== undefined && !isInLungs(chest, request.at)))
    throw outsideLungs(request.finding);
  return used;
}

function outsideLungs(finding: Finding): SketchImpossibleError {
  return new SketchImpossibleError(
    `${finding.replaceAll('_', ' ')} lies in the lungs, and the place that was given does not.`,
    `Point at a lung, paint over a lung, or name one of its zones (${PLACES[0].replace('_', ' ')}, for instance).`,
  );
}

function isInLungs(chest: Chest, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return Math.max(fieldAt(chest.right.share, x, y), fieldAt(chest.left.share, x, y)) > 0.3;
}

/** The asked zones with borders that follow no line between zones. */
function raggedZones(chest: Chest, frame: LungFrame, asked: readonly [boolean, boolean, boolean], seed: number): Field {
  const zones = zoneWeight(chest, frame, asked, ZONE_FADE_MM);
  if (asked.every(Boolean)) return zones;
  const stream = frame.lung.side === 'right' ? 6 : 8;
  const [wide, narrow] = [smoothNoise(seed, stream, 0.07), smoothNoise(seed, stream + 1, 0.025)];
  const rows = ZONE_STRAY_MM / chest.millimetresPerRow;
  return makeField(CHEST_GRID, (x, y) => {
    const [u, v] = [(x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID];
    const stray = 0.85 * fieldAt(wide, u, v) + 0.45 * fieldAt(narrow, u, v);
    return fieldAt(zones, u, Math.min(1, Math.max(0, v + (rows * Math.max(-2, Math.min(2, stray))) / CHEST_GRID)));
  });
}

/** Between seeds that follow each other, so that a few of them lean to sides far apart. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** From 0 at one side of a place to 1 at the other, the side by the seed. */
function leaning(weight: Float32Array, aspect: number, seed: number): Float32Array {
  const toward = seed * GOLDEN_ANGLE;
  const along = (cell: number): number =>
    (cell % CHEST_GRID) * aspect * Math.cos(toward) + Math.floor(cell / CHEST_GRID) * Math.sin(toward);
  let [all, sum, squares] = [0, 0, 0];
  weight.forEach((own, cell) => {
    if (own === 0) return;
    const at = along(cell);
    [all, sum, squares] = [all + own, sum + own * at, squares + own * at * at];
  });
  const mean = sum / Math.max(1e-6, all);
  const spread = Math.sqrt(Math.max(1, squares / Math.max(1e-6, all) - mean * mean));
  return weight.map((own, cell) => (own === 0 ? 0 : smoothstep(-1.3, 1.3, (along(cell) - mean) / spread)));
}

/** Round, grown with severity, its border pushed in and out by the seed. */
function focusField(
  chest: Chest,
  { x, y }: { readonly x: number; readonly y: number },
  severity: number,
  seed: number,
): Field {
  const rows = (FOCUS_MM[0] + ((FOCUS_MM[1] - FOCUS_MM[0]) * severity) / 3) / chest.millimetresPerRow;
  const wobble = smoothNoise(seed, 5, 0.05);
  return makeField(CHEST_GRID, (column, row) => {
    const [u, v] = [(column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID];
    const distance = Math.hypot((u - x) * CHEST_GRID * chest.aspect, (v - y) * CHEST_GRID);
    return smoothstep(1.35, 0.35, distance / rows + 0.16 * fieldAt(wobble, u, v));
  });
}

/** A painted mask on CHEST_GRID, faded inward so that its border does not show. */
function paintedField({ width, height, data }: NonNullable<SketchRequest['mask']>): Field {
  const values = resizeArea(
    Float32Array.from(data, (value) => (value > 0 ? 1 : 0)),
    width,
    height,
    CHEST_GRID,
    CHEST_GRID,
  );
  const own: Field = { width: CHEST_GRID, height: CHEST_GRID, data: values };
  const soft = blurred(own, 2.5).data;
  return { ...own, data: values.map((value, cell) => value * smoothstep(0.45, 0.95, soft[cell] as number)) };
}
