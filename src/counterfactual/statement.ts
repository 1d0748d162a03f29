/** The source's statement as read, and the same with what the edit asks: p and p* of the method. */

import { knowledgeOf } from '../findings/knowledge';
import { regionMap, type RegionMaps } from '../findings/regions';
import { encodeTokens, HOME_REGIONS, type TokenRows } from '../findings/tokens';
import { ZONES, type Finding, type Place, type Severity } from '../findings/vocabulary';
import { severityInside, zoneSeverities } from '../networks/calibration';
import type { Edit, Reading } from './edit';

/** Severity of an image-level positive in training, where nobody wrote it down. */
const PRESENT: Severity = 2;

export interface EditStatements {
  readonly source: TokenRows;
  readonly target: TokenRows;
}

/**
 * Rows of both worlds. Zones and focus carry lung opacity (the only thing known by place in training); any other finding
 * is stated `anywhere` and in its home region, and where it looks like opacity the opacity rows follow.
 * @param mask [32 x 32], 1 where the latent may change
 * @param scale severity of a place = min(3, scale x mean opacity probability)
 */
export function editStatements(
  reading: Reading,
  edit: Edit,
  mask: Float32Array,
  regions: RegionMaps,
  scale: number,
): EditStatements {
  const asked = edit.kind === 'remove' ? 0 : edit.severity;
  const own: Finding | undefined = edit.finding === 'lung_opacity' ? undefined : edit.finding;
  const source = rowsOf(
    reading.zoneSeverity,
    severityInside(reading.opacityMap, mask, scale),
    own,
    own === undefined ? 0 : PRESENT * reading.findings[own],
  );
  if (!knowledgeOf(edit.finding).opacityLike) {
    return { source, target: rowsOf(reading.zoneSeverity, source.focus?.lung_opacity ?? 0, own, asked) };
  }
  const wish = askedByCell(edit, asked, regions);
  const wished = reading.opacityMap.map(
    (opacity, cell) => opacity * (1 - (mask[cell] ?? 0)) + Math.min(1, wish.at(cell) / scale) * (mask[cell] ?? 0),
  );
  const expected = zoneSeverities(wished, regions, scale);
  // Whole zones were asked for: their severity is stated as asked, not as averaged over the soft edge of their maps.
  const whole = edit.mask === undefined;
  const zones = ZONES.map((zone, index) =>
    whole && edit.places.includes(zone) ? wish.in(zone) : (expected[index] ?? 0),
  );
  return { source, target: rowsOf(zones, wish.inside(mask), own, asked) };
}

interface Wish {
  in(place: Place): Severity;
  /** Where places meet, each counts as much as the cell is its own. */
  at(cell: number): Severity;
  /** Mean over a mask [32 x 32]. */
  inside(mask: Float32Array): Severity;
}

/** One severity everywhere, or one a place. */
function askedByCell({ kind, mask: painted, places, severities }: Edit, asked: Severity, regions: RegionMaps): Wish {
  if (severities === undefined || painted !== undefined || kind === 'remove') {
    return { in: () => asked, at: () => asked, inside: () => asked };
  }
  const inPlace = (place: Place): Severity => severities[place] ?? asked;
  const maps = places.map((place) => ({ severity: inPlace(place), map: regionMap(regions, place) }));
  const at = (cell: number): Severity => {
    const share = maps.reduce((sum, { map }) => sum + (map[cell] ?? 0), 0);
    return share === 0 ? asked : maps.reduce((sum, { severity, map }) => sum + severity * (map[cell] ?? 0), 0) / share;
  };
  const inside = (mask: Float32Array): Severity => {
    const covered = mask.reduce((sum, value) => sum + value, 0);
    return covered === 0 ? asked : mask.reduce((sum, value, cell) => sum + value * at(cell), 0) / covered;
  };
  return { in: inPlace, at, inside };
}

function rowsOf(zones: readonly Severity[], focus: Severity, own: Finding | undefined, severity: Severity): TokenRows {
  const rows: Record<string, Partial<Record<Finding, Severity>>> = { focus: { lung_opacity: focus } };
  ZONES.forEach((zone, index) => {
    rows[zone] = { lung_opacity: zones[index] ?? 0 };
  });
  if (own !== undefined) {
    rows['anywhere'] = { [own]: severity };
    const home = HOME_REGIONS[own];
    if (home !== undefined) rows[home] = { ...rows[home], [own]: severity };
  }
  return rows;
}

/** True when nothing that is asked differs from what is read: a null edit. */
export function asksNothing({ source, target }: EditStatements): boolean {
  const before = encodeTokens(source);
  return encodeTokens(target).every((value, index) => value === before[index]);
}
