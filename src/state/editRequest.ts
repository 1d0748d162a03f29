/** What the panel "What is different?" asks for, one per open radiograph: controls and words, always in step. Pure. */

import type { Edit, EditKind, Further, SamplerName, SamplingOptions } from '../counterfactual/edit';
import { formatEdit, parseEdit, type PlaceSeverities } from '../findings/editText';
import { implausibility, impliedPlaces, knowledgeOf } from '../findings/knowledge';
import type { Unrecognised } from '../findings/parse';
import { MAX_SEVERITY, PLACES, ZONES, type Finding, type Place, type Severity } from '../findings/vocabulary';
import type { Mask } from '../imaging/radiograph';
import * as reasons from '../messages/en/reasons';
import type { SamplingDefaults } from './release';

export interface SamplingRequest {
  /** Seed of the next counterfactual. */
  readonly seed: number;
  /** False: the seed moves on by one after each counterfactual. */
  readonly seedLocked: boolean;
  /** Undefined: what the model release advises for the kind of edit. */
  readonly steps: number | undefined;
  readonly guidance: number | undefined;
  readonly sampler: SamplerName | 'auto';
}

/** How far the words were understood. */
export interface Understanding {
  readonly unrecognised: readonly Unrecognised[];
  /** Findings named beside the one edited. */
  readonly ignored: readonly Finding[];
  /** Set when the words name nothing that can be changed; the controls then keep what they had. */
  readonly problem?: { readonly reason: string; readonly advice: string };
}

export interface EditRequest {
  /** 'remove' exactly when severity is 0. */
  readonly kind: EditKind;
  readonly finding: Finding;
  /** In PLACES order. */
  readonly places: readonly Place[];
  /** [0, 3]; 0 erases. The greatest of `severities`. */
  readonly severity: Severity;
  /** Of every place, where they differ; 0 clears a place. Undefined: all places have `severity`. */
  readonly severities: PlaceSeverities | undefined;
  /** Findings that come or go in the same edit; they are not in the words. Absent: none. */
  readonly further?: readonly Further[];
  /** The same wish in words: as typed, or as written by the controls. */
  readonly text: string;
  readonly understanding: Understanding;
  readonly sampling: SamplingRequest;
}

export const STEPS = { min: 4, max: 50 } as const;
export const GUIDANCE = { min: 1, max: 20 } as const;
export const MAX_SEED = 2 ** 31 - 1;

const UNDERSTOOD: Understanding = { unrecognised: [], ignored: [] };

/** The controls changed: severities of single places, kind and words follow. */
function worded(request: EditRequest): EditRequest {
  const graded = { ...request, ...withoutNeedless(request) };
  const kind = graded.severity === 0 ? 'remove' : graded.kind === 'remove' ? 'add' : graded.kind;
  const next = { ...graded, kind, understanding: UNDERSTOOD } as const;
  return { ...next, text: formatEdit(worthSaying(next)) };
}

/** Severities for every place, or one for all where they are the same. */
function withoutNeedless({ places, severity, severities }: EditRequest): Pick<EditRequest, 'severity' | 'severities'> {
  if (severities === undefined || places.length === 0) return { severity, severities: undefined };
  const each = places.map((place) => [place, severities[place] ?? severity] as const);
  const greatest = Math.max(...each.map(([, degree]) => degree));
  const differ = each.some(([, degree]) => degree !== greatest);
  return { severity: greatest, severities: differ ? Object.fromEntries(each) : undefined };
}

/** An optional field is left out, not undefined. */
function worthSaying<Asked extends Pick<EditRequest, 'severities'>>({ severities, ...rest }: Asked) {
  return severities === undefined ? rest : { ...rest, severities };
}

export function initialRequest(sampler: SamplingRequest['sampler'] = 'auto'): EditRequest {
  return worded({
    kind: 'add',
    finding: 'lung_opacity',
    places: [],
    severity: 2,
    severities: undefined,
    text: '',
    understanding: UNDERSTOOD,
    sampling: { seed: 1, seedLocked: false, steps: undefined, guidance: undefined, sampler },
  });
}

/**
 * The words changed: the controls follow, unless the words name nothing that can be changed.
 * @param masked a mask says where; without one, opacity that is denied without a place goes from everywhere in the lungs
 */
export function withText(request: EditRequest, text: string, masked = false): EditRequest {
  const parsed = parseEdit(text);
  if (!parsed.understood) {
    const { reason, advice, unrecognised } = parsed;
    return { ...request, text, understanding: { unrecognised, ignored: [], problem: { reason, advice } } };
  }
  const { edit, unrecognised, ignored } = parsed;
  const everywhere = !masked && edit.kind === 'remove' && edit.places.length === 0 && knowledgeOf(edit.finding).opacityLike;
  return { ...request, severities: undefined, ...edit, ...(everywhere && { places: ZONES }), text, understanding: { unrecognised, ignored } };
}

/** Places where the finding cannot be are given up; a finding with one place takes it. */
export function withFinding(request: EditRequest, finding: Finding): EditRequest {
  const possible = request.places.filter((place) => knowledgeOf(finding).places.includes(place));
  return worded({ ...request, finding, places: impliedPlaces(finding, possible) });
}

export function withPlaces(request: EditRequest, places: readonly Place[]): EditRequest {
  return worded({ ...request, places: PLACES.filter((place) => places.includes(place)) });
}

export function withPlaceToggled(request: EditRequest, place: Place): EditRequest {
  const { places } = request;
  return withPlaces(request, places.includes(place) ? places.filter((each) => each !== place) : [...places, place]);
}

/** One severity for all places. */
export function withSeverity(request: EditRequest, severity: number): EditRequest {
  return worded({ ...request, severity: bounded(severity), severities: undefined });
}

/** The severity of one place; the others keep theirs. */
export function withPlaceSeverity(request: EditRequest, place: Place, severity: number): EditRequest {
  if (!request.places.includes(place)) return request;
  return worded({ ...request, severities: { ...severitiesOf(request), [place]: bounded(severity) } });
}

/** The finding moves from one place to another with its severity, in place of what was asked there. */
export function withPlaceMoved(request: EditRequest, from: Place, to: Place): EditRequest {
  if (from === to || !request.places.includes(from)) return request;
  const severity = severityAt(request, from);
  const places = PLACES.filter((place) => place !== from && (place === to || request.places.includes(place)));
  return worded({ ...request, places, severities: { ...severitiesOf(request), [to]: severity } });
}

/** Another patient's finding as read: where, and how severe in each place. */
export function withFindingAt(request: EditRequest, finding: Finding, severities: PlaceSeverities): EditRequest {
  const places = PLACES.filter((place) => severities[place] !== undefined);
  const bound = Object.fromEntries(places.map((place) => [place, bounded(severities[place] ?? 0)]));
  const { further: _former, ...rest } = request;
  return worded({ ...rest, kind: 'add', finding, places, severities: bound });
}

/** Several findings in one edit: the first as the request itself, the others beside it. */
export function withFindings(request: EditRequest, [first, ...further]: readonly Further[]): EditRequest {
  if (first === undefined) return request;
  const asked = withFindingAt(request, first.finding, first.severities);
  return further.length === 0 ? asked : { ...asked, further };
}

/** Without one of the findings beside the request's own. */
export function withoutFurther(request: EditRequest, finding: Finding): EditRequest {
  const { further = [], ...rest } = request;
  const left = further.filter((each) => each.finding !== finding);
  return left.length === 0 ? rest : { ...rest, further: left };
}

/** What is asked of one of the places. */
export function severityAt({ severity, severities }: Pick<EditRequest, 'severity' | 'severities'>, place: Place): Severity {
  return severities?.[place] ?? severity;
}

function severitiesOf(request: EditRequest): PlaceSeverities {
  return Object.fromEntries(request.places.map((place) => [place, severityAt(request, place)]));
}

function bounded(severity: number): Severity {
  return Math.min(MAX_SEVERITY, Math.max(0, severity));
}

export function withSampling(request: EditRequest, sampling: Partial<SamplingRequest>): EditRequest {
  return { ...request, sampling: { ...request.sampling, ...sampling } };
}

/** The seed of the next counterfactual, after so many used ones, unless it is locked. */
export function withNextSeed(request: EditRequest, used = 1): EditRequest {
  const { seed, seedLocked } = request.sampling;
  return seedLocked ? request : withSampling(request, { seed: (seed + used) % (MAX_SEED + 1) });
}

/** Read severity above which a request speaks of more or less of what is there, not of something new. */
const PRESENT = 0.75;

/**
 * An addition where the reader already sees opacity in every zone asked for is a change of degree.
 * @param zoneSeverity read severity in ZONES order; absent while the radiograph is not read
 */
export function editKind(request: Pick<EditRequest, 'kind' | 'finding' | 'places'>, zoneSeverity?: readonly number[]): EditKind {
  if (request.kind !== 'add' || !knowledgeOf(request.finding).opacityLike) return request.kind;
  const zones = ZONES.filter((zone) => request.places.includes(zone));
  const present = zones.length > 0 && zones.every((zone) => (zoneSeverity?.[ZONES.indexOf(zone)] ?? 0) >= PRESENT);
  return present ? 'grade' : 'add';
}

export function toEdit(request: EditRequest, mask: Mask | undefined, zoneSeverity?: readonly number[]): Edit {
  const { finding, places, severity, severities } = request;
  const kind = editKind(request, zoneSeverity);
  // A painted mask has one severity.
  if (mask !== undefined) return { kind, finding, places, severity, mask };
  const further = request.further?.filter((each) => each.finding !== finding) ?? [];
  return { kind, finding, places, severity, ...(severities === undefined ? {} : { severities }), ...(further.length === 0 ? {} : { further }) };
}

/** @param advised what the release advises for the kind of edit */
export function toSamplingOptions({ sampling }: EditRequest, advised: SamplingDefaults): SamplingOptions {
  const { seed, sampler, steps = advised.steps, guidance = advised.guidance } = sampling;
  return { seed, steps, sampler, guidance, maxTime: advised.maxTime };
}

/** Why the request cannot be carried out, in words; undefined when it can. */
export function obstacle(request: EditRequest, mask: Mask | undefined): string | undefined {
  if (request.understanding.problem !== undefined) return request.understanding.problem.reason;
  if (mask === undefined && request.places.length === 0) {
    return reasons.chooseZone();
  }
  // What is not supposed to be there may always be removed.
  return request.kind === 'remove' ? undefined : implausibility(request.finding, request.places)?.reason;
}
