/** Borrowing by statement: what the reader reads in one patient becomes a request on another. Pure. */

import type { Reading } from '../counterfactual/edit';
import type { PlaceSeverities } from '../findings/editText';
import { knowledgeOf } from '../findings/knowledge';
import { FINDINGS, MAX_SEVERITY, PLACES, ZONES, type Finding, type Place, type Severity, type Zone } from '../findings/vocabulary';

/** A finding as it can travel: its name, where it is, and how severe. */
export interface TravellingFinding {
  readonly finding: Finding;
  readonly probability: number;
  readonly severities: PlaceSeverities;
  /** False: the reader tells that it is there, not where; the places are the usual ones. */
  readonly placed: boolean;
}

/** Zone severity from which opacity counts as present, and as something to clear. */
export const PRESENT: Severity = 0.5;
/** Severity that stands for a finding known of the whole image only, at certainty; as in training. */
const WHOLE_IMAGE: Severity = 2;
/** Probability from which a finding is offered where the release gives no threshold. */
const USUAL_THRESHOLD = 0.5;

const tenths = (value: number): number => Math.round(Math.min(MAX_SEVERITY, value) * 10) / 10;

function opacityByZone({ zoneSeverity }: Pick<Reading, 'zoneSeverity'>): PlaceSeverities {
  return Object.fromEntries(
    ZONES.flatMap((zone, index) => {
      const severity = tenths(zoneSeverity[index] ?? 0);
      return severity < PRESENT ? [] : [[zone, severity]];
    }),
  );
}

function usualPlaces(finding: Finding): readonly Place[] {
  const { places, usualLevels } = knowledgeOf(finding);
  if (places.length === 1) return places;
  return places.filter((place) => usualLevels.some((level) => place.endsWith(level)));
}

/**
 * What of a reading can travel, opacity first, then by probability.
 * @param thresholds calibrated probability from which the reader calls a finding
 */
export function travellingFindings(reading: Reading, thresholds: Readonly<Partial<Record<Finding, number>>>): readonly TravellingFinding[] {
  const zones = opacityByZone(reading);
  const somewhere = Object.keys(zones).length > 0;
  const found = FINDINGS.flatMap((finding): readonly TravellingFinding[] => {
    const probability = reading.findings[finding];
    const { opacityLike } = knowledgeOf(finding);
    if (finding === 'no_finding' || (opacityLike && !somewhere)) return [];
    if (finding !== 'lung_opacity' && probability < (thresholds[finding] ?? USUAL_THRESHOLD)) return [];
    if (opacityLike) return [{ finding, probability, severities: zones, placed: true }];
    const severity = tenths(Math.max(1, WHOLE_IMAGE * probability));
    return [{ finding, probability, severities: Object.fromEntries(usualPlaces(finding).map((place) => [place, severity])), placed: false }];
  });
  const rank = ({ finding, probability }: TravellingFinding): number => (finding === 'lung_opacity' ? Infinity : probability);
  return [...found].sort((one, other) => rank(other) - rank(one));
}

/** Zones whose opacity the recipient has and does not keep. */
export function zonesToClear(recipient: Pick<Reading, 'zoneSeverity'>, taken: readonly Place[]): readonly Zone[] {
  return ZONES.filter((zone, index) => (recipient.zoneSeverity[index] ?? 0) >= PRESENT && !taken.includes(zone));
}

/**
 * What is asked of the recipient.
 * @param taken the places that travel
 * @param clear the recipient's own opacities elsewhere shall go; only what looks like opacity can ask for that
 */
export function borrowed(
  { finding, severities }: Pick<TravellingFinding, 'finding' | 'severities'>,
  taken: readonly Place[],
  recipient: Pick<Reading, 'zoneSeverity'>,
  clear: boolean,
): PlaceSeverities {
  const travels = PLACES.filter((place) => taken.includes(place) && severities[place] !== undefined);
  const cleared = clear && knowledgeOf(finding).opacityLike ? zonesToClear(recipient, travels) : [];
  return Object.fromEntries([...travels.map((place) => [place, severities[place] ?? 0] as const), ...cleared.map((zone) => [zone, 0] as const)]);
}
