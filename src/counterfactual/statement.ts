/** The source's statement as read, and the same with what the edit asks: p and p* of the method. */

import { gradeAt, isRemoval } from '../findings/change';
import { knowledgeOf } from '../findings/knowledge';
import { regionMap, type RegionMaps } from '../findings/regions';
import { canonicalPlaces } from '../findings/places';
import { encodeTokens, HOME_REGIONS, type TokenRows } from '../findings/tokens';
import { REGIONS, ZONES, type Finding, type Place, type Region, type Severity } from '../findings/vocabulary';
import { severityInside } from '../findings/seen';
import { zoneSeverities } from '../networks/calibration';
import type { Manifest } from '../networks/manifest';
import type { Edit, Reading } from './edit';
import { partsOf } from './parts';

/** Severity of an image-level positive in training, where nobody wrote it down. */
const PRESENT: Severity = 2;

/** Probability from which a finding is taken to be there. */
const SEEN = 0.5;

export interface EditStatements {
  readonly source: TokenRows;
  readonly target: TokenRows;
}

/** How a release's denoiser is told things. */
export interface Told {
  /** Severity of a place = min(3, scale x mean opacity probability). */
  readonly scale: number;
  /** Findings other than opacity of which it has learnt where they lie, so that they are stated by place, too. */
  readonly placed: readonly Finding[];
}

export function toldOf({ calibration, sampling }: Pick<Manifest, 'calibration' | 'sampling'>): Told {
  return { scale: calibration.severity.scale, placed: sampling.places };
}

/**
 * Rows of both worlds. Zones and focus carry lung opacity; any other finding is stated `anywhere` and in its home region, by
 * zone and focus where the denoiser has learnt that (`placed`), and where it looks like opacity the opacity rows follow.
 * @param mask [32 x 32], 1 where the latent may change
 */
export function editStatements(
  reading: Reading,
  edit: Edit,
  mask: Float32Array,
  regions: RegionMaps,
  { scale, placed }: Told,
): EditStatements {
  const parts: readonly Edit[] = partsOf(edit);
  const named = parts.filter(({ finding }) => finding !== 'lung_opacity');
  const source = rowsOf(
    reading.zoneSeverity,
    severityInside(reading.opacityMap, mask, scale),
    named.map((part) =>
      placed.includes(part.finding)
        ? presentBefore(part, reading)
        : anywhere(part, PRESENT * reading.findings[part.finding]),
    ),
  );
  const asked = named.map((part): Stated =>
    placed.includes(part.finding) ? placedAt(part) : anywhere(part, part.severity),
  );
  const opacity = asOneOpacity(parts);
  if (opacity === undefined) {
    return { source, target: rowsOf(reading.zoneSeverity, source.focus?.lung_opacity ?? 0, asked) };
  }
  const wish = askedByCell(opacity, regions);
  // What changes for another finding's sake keeps its opacity.
  const own = parts.length === 1 ? mask : withinPlaces(mask, opacity.places, regions);
  const wished = reading.opacityMap.map(
    (value, cell) => value * (1 - (own[cell] ?? 0)) + Math.min(1, wish.at(cell) / scale) * (own[cell] ?? 0),
  );
  const expected = zoneSeverities(wished, regions, scale);
  // Whole zones were asked for: their severity is stated as asked, not as averaged over the soft edge of their maps.
  const whole = edit.mask === undefined;
  const zones = ZONES.map((zone, index) =>
    whole && opacity.places.includes(zone) ? wish.in(zone) : (expected[index] ?? 0),
  );
  return {
    source,
    target: rowsOf(zones, parts.length === 1 ? wish.inside(mask) : severityInside(wished, mask, scale), asked),
  };
}

interface Stated {
  readonly finding: Finding;
  readonly severity: Severity;
  /** Of every zone and of what is edited; absent: not known by place. */
  readonly places?: Readonly<Partial<Record<Place, Severity>>>;
}

const anywhere = ({ finding }: Edit, severity: Severity): Stated => ({ finding, severity });

/** As it is asked, and nowhere else. */
function placedAt(part: Edit): Stated {
  const { finding, severity, places } = part;
  return { finding, severity, places: Object.fromEntries(places.map((place) => [place, gradeAt(part, place)])) };
}

/** What is to go is there, on the word of whoever asks; what is to come is there as far as the reader sees it. */
function presentBefore(part: Edit, { findings }: Reading): Stated {
  const { finding, places } = part;
  const read = findings[finding];
  const severity = isRemoval(part) ? PRESENT : read >= SEEN ? PRESENT * read : 0;
  return { finding, severity, places: Object.fromEntries(places.map((place) => [place, severity])) };
}

/** All that looks like opacity as one request: where several ask, the greatest grade. */
export function asOneOpacity(parts: readonly Edit[]): Edit | undefined {
  const [first, ...others] = parts.filter(({ finding }) => knowledgeOf(finding).opacityLike);
  if (first === undefined || others.length === 0) return first;
  const severities: Partial<Record<Place, Severity>> = {};
  for (const part of [first, ...others]) {
    for (const place of part.places) {
      severities[place] = Math.max(severities[place] ?? 0, gradeAt(part, place));
    }
  }
  return {
    ...first,
    kind: 'add',
    places: canonicalPlaces(Object.keys(severities) as Place[]),
    severity: Math.max(...Object.values(severities)),
    severities,
  };
}

/** As much of a mask [32 x 32] as lies in the places. */
function withinPlaces(mask: Float32Array, places: readonly Place[], regions: RegionMaps): Float32Array {
  const maps = places.map((place) => regionMap(regions, place));
  return mask.map(
    (value, cell) =>
      value *
      Math.min(
        1,
        maps.reduce((sum, map) => sum + (map[cell] ?? 0), 0),
      ),
  );
}

interface Wish {
  in(place: Place): Severity;
  /** Where places meet, each counts as much as the cell is its own. */
  at(cell: number): Severity;
  /** Mean over a mask [32 x 32]. */
  inside(mask: Float32Array): Severity;
}

/** One severity everywhere, or one a place. */
function askedByCell(edit: Edit, regions: RegionMaps): Wish {
  const { mask: painted, places, severity: asked } = edit;
  if (painted !== undefined || edit.kind === 'remove' || edit.severities === undefined) {
    return { in: () => asked, at: () => asked, inside: () => asked };
  }
  const inPlace = (place: Place): Severity => gradeAt(edit, place);
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

function rowsOf(zones: readonly Severity[], focus: Severity, stated: readonly Stated[]): TokenRows {
  const rows: Record<string, Partial<Record<Finding, Severity>>> = { focus: { lung_opacity: focus } };
  ZONES.forEach((zone, index) => {
    rows[zone] = { lung_opacity: zones[index] ?? 0 };
  });
  const say = (region: Region, finding: Finding, severity: Severity): void => {
    rows[region] = { ...rows[region], [finding]: severity };
  };
  for (const { finding, severity, places } of stated) {
    if (places !== undefined)
      for (const region of REGIONS)
        say(region, finding, region === 'focus' ? severity : (places[region as Place] ?? 0));
    say('anywhere', finding, severity);
    const home = HOME_REGIONS[finding];
    if (home !== undefined) say(home, finding, severity);
  }
  return rows;
}

/** True when nothing that is asked differs from what is read: a null edit. */
export function asksNothing({ source, target }: EditStatements): boolean {
  const before = encodeTokens(source);
  return encodeTokens(target).every((value, index) => value === before[index]);
}
