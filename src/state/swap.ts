/** Borrowing by statement: what the reader reads in one patient becomes a request on another. Pure. */

import type { Reading } from '../counterfactual/edit';
import type { Radiograph } from '../imaging/radiograph';
import type { Thumbnail } from '../record/thumbnail';
import { combined, placesOf, type Combination, type PlacedFinding } from '../findings/combinations';
import { changeTo, type PlaceSeverities } from '../findings/change';
import { formatEdit } from '../findings/editText';
import { knowledgeOf, usualPlaces, type Side } from '../findings/knowledge';
import { TAKES_PATHOLOGY, type Pathology } from '../findings/pathology';
import {
  FINDINGS,
  MAX_SEVERITY,
  PLACES,
  ZONES,
  type Finding,
  type Place,
  type Severity,
  type Zone,
} from '../findings/vocabulary';

/** A finding as it can travel: its name, where it is, and how severe. */
export interface TravellingFinding {
  readonly finding: Finding;
  readonly probability: number;
  readonly severities: PlaceSeverities;
  /** False: the reader tells that it is there, not where; the places are the usual ones. */
  readonly placed: boolean;
}

/** A patient whose findings another is to show. */
export interface Donor {
  readonly title: string;
  readonly thumbnail: Thumbnail;
  readonly reading: Reading;
  /** What the reader calls in it. */
  readonly findings: readonly TravellingFinding[];
  /** What its film has more than without its opacities; absent: it has none, or the lungs were not found. */
  readonly pathology?: Pathology;
  /** Both streams to look at; with the pathology. */
  readonly streams?: DonorStreams;
  /** A child's film; absent: not known. */
  readonly paediatric?: boolean;
  /** It is the very film that it is to be borrowed for. */
  readonly isRecipient?: true;
  /** A sentence that says why it may be no frontal chest radiograph, upright and with both lungs. */
  readonly doubt?: string;
  /** It looks like the mirror image of a chest. */
  readonly mirrored?: true;
  /** As it was read. */
  readonly film?: Radiograph;
}

/** What a donor's film is taken apart into (blueprint, Method 4). */
export interface DonorStreams {
  /** Its anatomy: the film without its opacities, as the sampler makes it. */
  readonly healthy: Thumbnail;
  /** Its pathology, as it travels: the film with what the tokens tell over it. */
  readonly pathology: Thumbnail;
}

/** Zone severity from which opacity counts as present, and as something to clear. */
export const PRESENT: Severity = 0.5;
/** Severity that stands for a finding known of the whole image only, at certainty; as in training. */
export const WHOLE_IMAGE: Severity = 2;
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

/**
 * What of a reading can travel, opacity first, then by probability.
 * @param thresholds calibrated probability from which the reader calls a finding
 */
export function travellingFindings(
  reading: Reading,
  thresholds: Readonly<Partial<Record<Finding, number>>>,
): readonly TravellingFinding[] {
  const zones = opacityByZone(reading);
  const somewhere = Object.keys(zones).length > 0;
  const found = FINDINGS.flatMap((finding): readonly TravellingFinding[] => {
    const probability = reading.findings[finding];
    const { opacityLike } = knowledgeOf(finding);
    if (finding === 'no_finding' || (opacityLike && !somewhere)) return [];
    if (finding !== 'lung_opacity' && probability < (thresholds[finding] ?? USUAL_THRESHOLD)) return [];
    if (opacityLike) return [{ finding, probability, severities: zones, placed: true }];
    const severity = tenths(Math.max(1, WHOLE_IMAGE * probability));
    return [
      {
        finding,
        probability,
        severities: Object.fromEntries(usualPlaces(finding).map((place) => [place, severity])),
        placed: false,
      },
    ];
  });
  const rank = ({ finding, probability }: TravellingFinding): number =>
    finding === 'lung_opacity' ? Infinity : probability;
  return [...found].sort((one, other) => rank(other) - rank(one));
}

/** Zones whose opacity the recipient has and does not keep. */
export function zonesToClear(recipient: Pick<Reading, 'zoneSeverity'>, taken: readonly Place[]): readonly Zone[] {
  return ZONES.filter((zone, index) => tenths(recipient.zoneSeverity[index] ?? 0) >= PRESENT && !taken.includes(zone));
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
  return Object.fromEntries([
    ...travels.map((place) => [place, severities[place] ?? 0] as const),
    ...cleared.map((zone) => [zone, 0] as const),
  ]);
}

/** So many times the grades, up to severe; what has none keeps none. */
export function timesAsMuch(severities: PlaceSeverities, factor: number): PlaceSeverities {
  return Object.fromEntries(Object.entries(severities).map(([place, severity]) => [place, tenths(severity * factor)]));
}

/** With the donor's pathology, where the finding can be drawn by one. */
export function withPathology(each: PlacedFinding, pathology: Pathology | undefined): PlacedFinding {
  return pathology === undefined || !TAKES_PATHOLOGY.has(each.finding)
    ? each
    : { ...each, sketch: { ...each.sketch, pathology } };
}

/** Whether two films have the same pixels. */
export function isSameFilm(one: Radiograph, other: Radiograph): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    (one.pixels === other.pixels || one.pixels.every((value, at) => value === other.pixels[at]))
  );
}

/** What becomes of the recipient's own findings. */
export interface OwnFindings {
  /** Its opacities where the donor has none go. */
  readonly clear: boolean;
  /** Findings other than opacity that go. */
  readonly go: readonly Finding[];
}

/** The side of a pneumothorax that the donor's reading gives to both: it tells that it is there, not where. */
export const USUAL_SIDE: Side = 'right';

/** Whether the side of a pneumothorax is for the user to say. */
export function isWithoutSide({ finding, placed }: Pick<TravellingFinding, 'finding' | 'placed'>): boolean {
  return finding === 'pneumothorax' && !placed;
}

/** One lung is down, not both. */
function onSide(each: PlacedFinding, side: Side): PlacedFinding {
  const there = Object.entries(each.severities).filter(([place]) => place.startsWith(side));
  return each.finding === 'pneumothorax' && there.length > 0
    ? { ...each, severities: Object.fromEntries(there) }
    : each;
}

/** Findings that are read of the whole image, and so can stay or go as a whole. */
export function ownFindings(
  recipient: Reading,
  thresholds: Readonly<Partial<Record<Finding, number>>>,
): readonly TravellingFinding[] {
  return travellingFindings(recipient, thresholds).filter(({ finding }) => !knowledgeOf(finding).opacityLike);
}

/** Travels unless the user says otherwise: opacity, and all that is not another name for it. */
export function travelsByItself({ finding }: TravellingFinding): boolean {
  return finding === 'lung_opacity' || !knowledgeOf(finding).opacityLike;
}

/**
 * All that is asked of the recipient at once, made to agree with what is known of the findings; what comes before what goes.
 * @param travelling of the donor, each with the places that travel
 * @param own of the recipient, as `ownFindings` gives it
 * @param side of a pneumothorax that travels
 */
export function swapped(
  travelling: readonly PlacedFinding[],
  recipient: Pick<Reading, 'zoneSeverity'>,
  own: readonly TravellingFinding[],
  { clear, go }: OwnFindings,
  side: Side = USUAL_SIDE,
): Combination {
  const opaque = ({ finding }: PlacedFinding): boolean => knowledgeOf(finding).opacityLike;
  const first = travelling.find(opaque);
  const taken = travelling.filter(opaque).flatMap(placesOf);
  const cleared = Object.fromEntries((clear ? zonesToClear(recipient, taken) : []).map((zone) => [zone, 0]));
  const coming = travelling.map((each) =>
    each === first ? { ...each, severities: { ...each.severities, ...cleared } } : each,
  );
  const clearing =
    first === undefined && Object.keys(cleared).length > 0
      ? [{ finding: 'lung_opacity', severities: cleared } as const]
      : [];
  const brought = new Set(travelling.map(({ finding }) => finding));
  const going = own
    .filter(({ finding }) => go.includes(finding) && !brought.has(finding))
    .map(({ finding, severities }) => ({
      finding,
      severities: Object.fromEntries(Object.keys(severities).map((place) => [place, 0])),
    }));
  return combined([...coming.map((each) => onSide(each, side)), ...clearing, ...going]);
}

/** "severe left lower zone opacity; mild bilateral lower zone effusion; remove cardiomegaly in mediastinum". */
export function inWords(findings: readonly PlacedFinding[]): string {
  return findings
    .map(({ finding, severities }) => {
      return formatEdit(changeTo('add', finding, severities, placesOf({ severities })));
    })
    .join('; ');
}
