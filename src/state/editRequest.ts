/** What the panel "What is different?" asks for, one per open radiograph: controls and words, always in step. Pure. */

import type { Edit, EditKind, SamplerName, SamplingOptions } from '../counterfactual/edit';
import { formatEdit, parseEdit } from '../findings/editText';
import { implausibility, impliedPlaces, knowledgeOf } from '../findings/knowledge';
import type { Unrecognised } from '../findings/parse';
import { MAX_SEVERITY, PLACES, ZONES, type Finding, type Place, type Severity } from '../findings/vocabulary';
import type { Mask } from '../imaging/radiograph';
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
  /** [0, 3]; 0 erases. */
  readonly severity: Severity;
  /** The same wish in words: as typed, or as written by the controls. */
  readonly text: string;
  readonly understanding: Understanding;
  readonly sampling: SamplingRequest;
}

export const STEPS = { min: 4, max: 50 } as const;
export const GUIDANCE = { min: 1, max: 20 } as const;
export const MAX_SEED = 2 ** 31 - 1;

const UNDERSTOOD: Understanding = { unrecognised: [], ignored: [] };

/** The controls changed: kind and words follow. */
function worded(request: EditRequest): EditRequest {
  const kind = request.severity === 0 ? 'remove' : request.kind === 'remove' ? 'add' : request.kind;
  const next = { ...request, kind, understanding: UNDERSTOOD } as const;
  return { ...next, text: formatEdit(next) };
}

export function initialRequest(sampler: SamplingRequest['sampler'] = 'auto'): EditRequest {
  return worded({
    kind: 'add',
    finding: 'lung_opacity',
    places: [],
    severity: 2,
    text: '',
    understanding: UNDERSTOOD,
    sampling: { seed: 1, seedLocked: false, steps: undefined, guidance: undefined, sampler },
  });
}

/** The words changed: the controls follow, unless the words name nothing that can be changed. */
export function withText(request: EditRequest, text: string): EditRequest {
  const parsed = parseEdit(text);
  if (!parsed.understood) {
    const { reason, advice, unrecognised } = parsed;
    return { ...request, text, understanding: { unrecognised, ignored: [], problem: { reason, advice } } };
  }
  const { edit, unrecognised, ignored } = parsed;
  return { ...request, ...edit, text, understanding: { unrecognised, ignored } };
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

export function withSeverity(request: EditRequest, severity: number): EditRequest {
  return worded({ ...request, severity: Math.min(MAX_SEVERITY, Math.max(0, severity)) });
}

export function withSampling(request: EditRequest, sampling: Partial<SamplingRequest>): EditRequest {
  return { ...request, sampling: { ...request.sampling, ...sampling } };
}

/** The seed of the next counterfactual, unless it is locked. */
export function withNextSeed(request: EditRequest): EditRequest {
  const { seed, seedLocked } = request.sampling;
  return seedLocked ? request : withSampling(request, { seed: (seed + 1) % (MAX_SEED + 1) });
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
  const { finding, places, severity } = request;
  return { kind: editKind(request, zoneSeverity), finding, places, severity, ...(mask === undefined ? {} : { mask }) };
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
    return 'Choose a zone, or paint where the change should be.';
  }
  // What is not supposed to be there may always be removed.
  return request.kind === 'remove' ? undefined : implausibility(request.finding, request.places)?.reason;
}
