/** What a request asks of the networks, and why it cannot be carried out. Pure. */

import type { Edit, EditKind, SamplingOptions } from '../counterfactual/edit';
import { combined, goingElsewhere, placesOf, type PlacedFinding } from '../findings/combinations';
import {
  changeOf,
  comingFirst,
  gradeAt,
  isRemoval,
  type FindingChange,
  type PlaceSeverities,
} from '../findings/change';
import { implausibility, knowledgeOf } from '../findings/knowledge';
import { lessWanted } from '../findings/lessWanted';
import { MAX_SEVERITY, ZONES, type Place } from '../findings/vocabulary';
import { findingName } from '../findings/words';
import type { Mask } from '../imaging/radiograph';
import * as reasons from '../messages/en/reasons';
import { allAsked, asPlaced, type EditRequest } from '../record/editRequest';
import type { SamplingDefaults } from './release';

/** Read severity above which a request speaks of more or less of what is there, not of something new. */
export const PRESENT = 0.75;

/**
 * An addition where the reader already sees opacity in every zone asked for is a change of degree.
 * @param zoneSeverity read severity in ZONES order; absent while the radiograph is not read
 */
export function editKind(
  request: Pick<EditRequest, 'kind' | 'finding' | 'places'>,
  zoneSeverity?: readonly number[],
): EditKind {
  if (request.kind !== 'add' || !knowledgeOf(request.finding).opacityLike) return request.kind;
  const zones = ZONES.filter((zone) => request.places.includes(zone));
  const present = zones.length > 0 && zones.every((zone) => (zoneSeverity?.[ZONES.indexOf(zone)] ?? 0) >= PRESENT);
  return present ? 'grade' : 'add';
}

/**
 * What is asked of the networks. The first finding decides how it is made: one that comes, where any does.
 * @param mask painted; it is of the finding in the controls alone, with one severity
 */
export function toEdit(request: EditRequest, mask: Mask | undefined, zoneSeverity?: readonly number[]): Edit {
  if (mask !== undefined)
    return { ...changeOf({ ...request, kind: editKind(request, zoneSeverity), severities: undefined }), mask };
  return editOf(noMoreThanSeen(allAsked(request), request.text, zoneSeverity), zoneSeverity);
}

/** "Reduce the opacity to mild" raises no place that is read as less than mild: it stays as it is. */
function noMoreThanSeen(
  asked: readonly FindingChange[],
  words: string,
  zoneSeverity: readonly number[] | undefined,
): readonly FindingChange[] {
  if (zoneSeverity === undefined || asked.every(({ kind }) => kind !== 'grade')) return asked;
  const less = lessWanted(words);
  return asked.map((change) => {
    const { kind, finding, places } = change;
    const isLess = less.has(finding) || (asked.length === 1 && less.size > 0);
    if (kind !== 'grade' || !isLess || !knowledgeOf(finding).opacityLike) return change;
    const seen = (place: Place): number => zoneSeverity[ZONES.findIndex((zone) => zone === place)] ?? MAX_SEVERITY;
    if (places.every((place) => gradeAt(change, place) <= seen(place))) return change;
    const severities = Object.fromEntries(
      places.map((place) => [place, Math.min(gradeAt(change, place), seen(place))] as const),
    );
    return changeOf({ ...change, severities, severity: Math.max(...Object.values(severities)) });
  });
}

function editOf(asked: readonly FindingChange[], zoneSeverity?: readonly number[]): Edit {
  const going = goingElsewhere(asked.map(asPlaced));
  const parts = asked.map((edit, index) =>
    isRemoval(edit) ? { ...edit, places: placesOf(going[index] ?? asPlaced(edit)) } : edit,
  );
  const [first, ...others] = comingFirst(parts);
  if (first === undefined) throw new RangeError('A request is for one finding at least.');
  return {
    ...changeOf({ ...first, kind: editKind(first, zoneSeverity) }),
    ...(others.length === 0 ? {} : { further: others.map(asPlaced) }),
  };
}

/** A donor's opacity is swept from none to so many times what was borrowed, or to severe. */
const MOST_OF_A_DONOR = 1.5;

/**
 * The finding in the controls at several grades, with all else that is asked as it is; another name for its opacity would hide
 * what differs, and stays away. What a donor gave stays the donor's, each place in its own proportion.
 * @param grades from 0 to severe
 */
export function toSweep(request: EditRequest, mask: Mask | undefined, grades: readonly number[]): readonly Edit[] {
  const { finding, places } = request;
  if (mask !== undefined && request.sketch?.taken !== undefined)
    return donorAtGrades({ ...request, severities: undefined }, grades).map((edit) => ({ ...edit, mask }));
  if (mask !== undefined) return grades.map((severity) => ({ kind: 'grade', finding, places, severity, mask }));
  const others = allAsked(request).filter(
    (each) => each.finding !== finding && (isRemoval(each) || !knowledgeOf(each.finding).opacityLike),
  );
  const further = goingElsewhere([
    { finding, severities: Object.fromEntries(places.map((place) => [place, MAX_SEVERITY])) },
    ...others.map(asPlaced),
  ]).slice(1);
  const graded = isAnothers(request)
    ? donorAtGrades(request, grades)
    : grades.map((severity) => ({ kind: 'grade', finding, places, severity }) as const);
  return graded.map((edit) => ({ ...edit, ...(further.length === 0 ? {} : { further }) }));
}

function isAnothers({ severity, sketch }: EditRequest): boolean {
  const { pathology, shape, taken } = { ...sketch };
  return severity > 0 && [pathology, shape, taken].some((each) => each !== undefined);
}

function donorAtGrades(
  { finding, places, severity, severities, sketch }: EditRequest,
  grades: readonly number[],
): readonly FindingChange[] {
  const most = Math.min(MAX_SEVERITY, MOST_OF_A_DONOR * severity);
  return grades.map((grade) => {
    const greatest = hundredths((grade / MAX_SEVERITY) * most);
    const own = places.map((place) => [place, hundredths(((severities?.[place] ?? severity) / severity) * greatest)]);
    return greatest === 0
      ? { kind: 'grade', finding, places, severity: 0 }
      : {
          kind: 'grade',
          finding,
          places,
          severity: greatest,
          ...(severities === undefined ? {} : { severities: Object.fromEntries(own) as PlaceSeverities }),
          ...(sketch === undefined ? {} : { sketch }),
        };
  });
}

const hundredths = (value: number): number => Math.round(100 * value) / 100;

/** @param advised what the release advises for the kind of edit */
export function toSamplingOptions({ sampling }: EditRequest, advised: SamplingDefaults): SamplingOptions {
  const { seed, sampler, steps = advised.steps, guidance = advised.guidance } = sampling;
  const chosen = (['steps', 'guidance'] as const).filter((name) => sampling[name] !== undefined);
  return { seed, steps, sampler, guidance, maxTime: advised.maxTime, ...(chosen.length > 0 && { chosen }) };
}

/** What has to be changed before several findings can be asked together, each change with its reason; undefined: nothing. */
export interface Disagreement {
  readonly reasons: readonly string[];
  /** What can be asked instead; undefined: nothing near it can. */
  readonly instead: readonly PlacedFinding[] | undefined;
}

/** Of findings that all have a place; a single one is judged by itself. */
export function disagreement(request: EditRequest): Disagreement | undefined {
  const asked = allAsked(request);
  if (asked.length < 2 || asked.some(({ places }) => places.length === 0)) return undefined;
  const { findings, repairs, refusal } = combined(asked.map(asPlaced));
  if (refusal !== undefined) return { reasons: [refusal], instead: undefined };
  return repairs.length === 0 ? undefined : { reasons: repairs, instead: findings };
}

/** Why the request cannot be carried out, in words; undefined when it can. */
export function obstacle(request: EditRequest, mask: Mask | undefined): string | undefined {
  if (request.understanding.problem !== undefined) return request.understanding.problem.reason;
  if (mask === undefined) {
    if (request.places.length === 0) return reasons.chooseZone();
    const nowhere = request.further.find(({ severities }) => placesOf({ severities }).length === 0);
    if (nowhere !== undefined) return reasons.chooseZoneFor({ finding: findingName(nowhere.finding) });
    const together = disagreement(request);
    if (together !== undefined) return together.reasons[0];
  }
  // What is not supposed to be there may always be removed.
  return isRemoval(request) ? undefined : implausibility(request.finding, request.places)?.reason;
}

/** Whether nothing comes. */
export function onlyErases(request: EditRequest, mask: Mask | undefined): boolean {
  return mask === undefined ? allAsked(request).every(isRemoval) : isRemoval(request);
}
