/**
 * A lung's own coordinates: how far down, how far out, how far from the hilum and the wall each place of it lies. Findings
 * that follow the lung are described in these, so that they bend with it. Fields are on CHEST_GRID.
 */

import type { Place } from '../../../findings/vocabulary';
import { blurred, CHEST_GRID, makeField, smoothstep, type Field } from '../field';
import type { Chest, ChestSide, Lung } from '../chest';

export interface LungFrame {
  readonly lung: Lung;
  /** 1 in the lung, falling to 0 at its edge. */
  readonly inside: Field;
  /** The same, reaching some millimetres over the borders with heart and diaphragm, which filled lung hides. */
  readonly reach: Field;
  /** 1 along the borders with heart and diaphragm and beyond, 0 a centimetre and a half into the lung. */
  readonly border: Field;
  /** Row of the diaphragm at each column, without steps. */
  readonly floor: Float32Array;
  /** 0 at the apex, 1 along the whole diaphragm. */
  readonly down: Field;
  /** 0 at the mediastinum, 1 at the chest wall. */
  readonly out: Field;
  /** Millimetres to the hilum, and to the lung's nearest edge. */
  readonly fromHilum: Field;
  readonly fromEdge: Field;
  /** Millimetres to the chest wall alone, along the row. */
  readonly fromWall: Field;
}

/** A chest does not change; its frames are kept while it is in use, so that a drag pays for them once. */
const frames = new WeakMap<Chest, Map<ChestSide, LungFrame>>();

export function lungFrame(chest: Chest, side: ChestSide): LungFrame {
  const known = frames.get(chest) ?? new Map<ChestSide, LungFrame>();
  frames.set(chest, known);
  const frame = known.get(side) ?? frameOf(chest, side);
  known.set(side, frame);
  return frame;
}

function frameOf(chest: Chest, side: ChestSide): LungFrame {
  const lung = chest[side];
  const { aspect, millimetresPerRow: mm } = chest;
  const lateral = filled(lung.lateral);
  const medial = filled(lung.medial);
  // Beside the heart a column ends at its border, far above the diaphragm.
  const highest = Math.min(lung.costophrenic.y, lung.bottom) - 0.2 * (lung.bottom - lung.top);
  const floor = smoothLine(
    filled(lung.floor).map((y) => Math.max(y, highest)),
    3,
  );
  const outward = side === 'right' ? -1 : 1;
  const inside = mapped(lung.share, (share) => smoothstep(0.3, 0.85, share));
  const fromEdge = mapped(lung.depth, (depth) => depth * mm);
  const fromWall = makeField(CHEST_GRID, (x, y) => ((lateral[y] as number) - x - 0.5) * outward * aspect * mm);
  // Chest wall and apex are no silhouettes that are lost.
  const inner = mapped(
    fromWall,
    (distance, cell) =>
      smoothstep(2, 14, distance) *
      smoothstep(0.1, 0.3, (Math.floor(cell / CHEST_GRID) - lung.top) / (lung.bottom - lung.top)),
  );
  return {
    lung,
    floor: smoothLine(floor, 5),
    inside,
    reach: mapped(inside, (own, cell) => {
      const [x, y] = [cell % CHEST_GRID, Math.floor(cell / CHEST_GRID)];
      // The outline is coarse, so what is dark beside it is filled, too; further up lies the trachea, which stays clear.
      const reachMm =
        y > (floor[x] as number) ? 14 : 6 + 18 * smoothstep(0.25, 0.5, (y - lung.top) / (lung.bottom - lung.top));
      return Math.max(
        own,
        smoothstep(-reachMm, -0.5 * reachMm, fromEdge.data[cell] as number) * (inner.data[cell] as number),
      );
    }),
    border: mapped(inner, (own, cell) => own * smoothstep(16, 3, fromEdge.data[cell] as number)),
    down: blurred(
      makeField(CHEST_GRID, (x, y) => clamp01((y + 0.5 - lung.top) / Math.max(8, (floor[x] as number) - lung.top))),
      2,
    ),
    out: blurred(
      makeField(CHEST_GRID, (x, y) =>
        clamp01(
          (x + 0.5 - (medial[y] as number)) / stable((lateral[y] as number) - (medial[y] as number), outward * 4),
        ),
      ),
      2,
    ),
    fromHilum: makeField(
      CHEST_GRID,
      (x, y) => Math.hypot((x + 0.5 - lung.hilum.x) * aspect, y + 0.5 - lung.hilum.y) * mm,
    ),
    fromEdge,
    fromWall,
  };
}

/** The sides that places lie on; both where only the mediastinum is named. */
export function sidesOf(places: readonly Place[]): readonly ChestSide[] {
  const named = (['right', 'left'] as const).filter((side) => places.some((place) => place.startsWith(side)));
  return named.length === 0 ? ['right', 'left'] : named;
}

/** Which of a lung's zones are asked, upper to lower; all where none of this lung is named. */
export function zonesOf(side: ChestSide, places: readonly Place[]): readonly [boolean, boolean, boolean] {
  const asked = (level: string): boolean => places.some((place) => place === `${side}_${level}`);
  const zones = [asked('upper'), asked('mid'), asked('lower')] as const;
  return zones.some(Boolean) ? zones : [true, true, true];
}

/**
 * How much a place belongs to the asked zones: 1 within, fading over `softMm` across borders between zones, so that no border
 * of a zone shows; the lung's own edge does not matter to it.
 */
export function zoneWeight(chest: Chest, { lung }: LungFrame, asked: readonly boolean[], softMm = 14): Field {
  if (asked.every(Boolean)) return makeField(CHEST_GRID, () => 1);
  const rows = softMm / chest.millimetresPerRow;
  const own = new Float32Array(CHEST_GRID * CHEST_GRID);
  lung.zones.forEach((zone, level) => {
    if (asked[level] === true) zone.data.forEach((share, cell) => (own[cell] = (own[cell] as number) + share));
  });
  const wide = blurred({ ...lung.share, data: own }, rows / chest.aspect, rows).data;
  const all = blurred(lung.share, rows / chest.aspect, rows).data;
  return {
    ...lung.share,
    data: wide.map((share, cell) => smoothstep(0.12, 0.88, share / Math.max(all[cell] as number, 1e-3))),
  };
}

export function mapped(field: Field, value: (value: number, cell: number) => number): Field {
  return { ...field, data: field.data.map((at, cell) => value(at, cell)) };
}

/** Nearest known value where there is none. */
function filled(line: Float32Array): Float32Array {
  const out = line.slice();
  for (let at = 1; at < out.length; at++) if (Number.isNaN(out[at])) out[at] = out[at - 1] as number;
  for (let at = out.length - 2; at >= 0; at--) if (Number.isNaN(out[at])) out[at] = out[at + 1] as number;
  return out;
}

function smoothLine(line: Float32Array, sigma: number): Float32Array {
  return blurred({ width: line.length, height: 1, data: line }, sigma, 0).data;
}

/** Away from zero, with the sign of `least`. */
function stable(value: number, least: number): number {
  return least > 0 ? Math.max(value, least) : Math.min(value, least);
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
