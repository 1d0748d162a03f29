/** What the panel "What is different?" asks for, one per open radiograph: controls and words, always in step. Pure. */

import type { EditKind, Further, Way } from '../counterfactual/edit';
import { amountOf } from '../findings/amounts';
import { roundedAmount } from '../findings/amountWords';
import { placesOf, type PlacedFinding } from '../findings/combinations';
import { drawnKind } from '../findings/drawn';
import { changeOf, gradesOf, isRemoval, type FindingChange, type PlaceSeverities } from '../findings/change';
import { formatEdits } from '../findings/editText';
import { knowledgeOf, placesWhereItComes, usualPlaces } from '../findings/knowledge';
import type { Mended, Unrecognised } from '../findings/parse';
import { parseEdits } from '../findings/parseEdits';
import { severityAtAmount } from '../findings/look';
import { DEFAULT_SEVERITY, roundSeverity } from '../findings/severity';
import type { Statement } from '../findings/statement';
import { MAX_SEVERITY, PLACES, ZONES, type Finding, type Place, type Severity } from '../findings/vocabulary';
import { withWish, type SketchWish } from '../findings/wish';

export interface SamplingRequest {
  /** Seed of the next counterfactual. */
  readonly seed: number;
  /** False: the seed moves on by one after each counterfactual. */
  readonly seedLocked: boolean;
  /** Undefined: what the model release advises for the kind of edit. */
  readonly steps: number | undefined;
  readonly guidance: number | undefined;
  readonly sampler: Way;
}

/** How far the words were understood. */
export interface Understanding {
  readonly unrecognised: readonly Unrecognised[];
  /** Words that were read as others; absent: none. */
  readonly mended?: readonly Mended[];
  /** What "it" and "everything" stood for, where the words named no finding that shall change. */
  readonly ofSeen?: readonly Finding[];
  /** Set when the words name nothing that can be changed; the controls then keep what they had. */
  readonly problem?: { readonly reason: string; readonly advice: string; readonly instead?: string };
}

/** A finding beside the one in the controls. A project of an earlier version has no more than its places. */
export interface FurtherAsked extends Further {
  /** What is asked where no place is chosen yet. */
  readonly severity?: Severity;
  /** It is to become more or less, not to come. */
  readonly kind?: 'grade';
}

/** One or several findings, one of which the controls act on: its own fields are the request's. */
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
  /** How it is drawn, where that is not left to severity and seed; undefined, and absent in projects of earlier versions: it is. */
  readonly sketch?: SketchWish | undefined;
  /** Findings that come or go in the same edit; each finding once. */
  readonly further: readonly FurtherAsked[];
  /** Where among them the finding in the controls stands: in the words, and on the screen. */
  readonly position: number;
  /** All of it in words: as typed, or as written by the controls. */
  readonly text: string;
  readonly understanding: Understanding;
  readonly sampling: SamplingRequest;
}

export const STEPS = { min: 4, max: 50 } as const;
export const GUIDANCE = { min: 1, max: 20 } as const;
export const MAX_SEED = 2 ** 31 - 1;

const UNDERSTOOD: Understanding = { unrecognised: [] };

/** The controls changed: severities of single places, kind and words follow. */
function worded(request: EditRequest): EditRequest {
  const graded = { ...request, ...withoutNeedless(request) };
  const kind = graded.severity === 0 ? 'remove' : isRemoval(graded) ? 'add' : graded.kind;
  const next = { ...graded, kind, understanding: UNDERSTOOD } as const;
  return { ...next, text: formatEdits(allAsked(next)) };
}

/** Severities for every place, or one for all where they are the same. */
function withoutNeedless({ places, severity, severities }: EditRequest): Pick<EditRequest, 'severity' | 'severities'> {
  if (severities === undefined || places.length === 0) return { severity, severities: undefined };
  const each = places.map((place) => [place, severities[place] ?? severity] as const);
  const greatest = Math.max(...each.map(([, degree]) => degree));
  const differ = each.some(([, degree]) => degree !== greatest);
  return { severity: greatest, severities: differ ? Object.fromEntries(each) : undefined };
}

/** Every finding that is asked, in order; the one in the controls stands at `position`. */
export function allAsked(request: EditRequest): readonly FindingChange[] {
  const { further, position } = request;
  const others = further.map(asTextEdit);
  return [...others.slice(0, position), changeOf(request), ...others.slice(position)];
}

const wished = (sketch: SketchWish | undefined): { readonly sketch?: SketchWish } =>
  sketch === undefined ? {} : { sketch };

function asTextEdit({ finding, severities, severity = 0, kind, sketch }: FurtherAsked): FindingChange {
  const places = placesOf({ severities });
  const degrees = places.map((place) => severities[place] ?? 0);
  const greatest = places.length === 0 ? severity : Math.max(...degrees);
  const differ = degrees.some((degree) => degree !== greatest);
  return changeOf({
    kind: greatest === 0 ? 'remove' : (kind ?? 'add'),
    finding,
    places,
    severity: greatest,
    severities: differ ? severities : undefined,
    sketch,
  });
}

function asFurther(change: FindingChange): FurtherAsked {
  const { kind, finding, places, severity, sketch } = change;
  return {
    finding,
    severities: gradesOf(change),
    ...(places.length === 0 ? { severity } : {}),
    ...(kind === 'grade' ? { kind } : {}),
    ...wished(sketch),
  };
}

/** With the severity of each place. */
export function asPlaced(edit: FindingChange): PlacedFinding {
  const { finding, severities, sketch } = asFurther(edit);
  return { finding, severities, ...wished(sketch) };
}

/** With these findings, one of them in the controls; the words stay. */
function withAllAsked(request: EditRequest, asked: readonly FindingChange[], position: number): EditRequest {
  const own = asked[position];
  if (own === undefined) return request;
  const further = asked.filter((_, index) => index !== position).map(asFurther);
  return { ...request, severities: undefined, sketch: undefined, ...own, further, position };
}

export function initialRequest(sampler: SamplingRequest['sampler'] = 'auto'): EditRequest {
  return worded({
    kind: 'add',
    finding: 'lung_opacity',
    places: [],
    severity: 2,
    severities: undefined,
    sketch: undefined,
    further: [],
    position: 0,
    text: '',
    understanding: UNDERSTOOD,
    sampling: { seed: 1, seedLocked: false, steps: undefined, guidance: undefined, sampler },
  });
}

/**
 * The words changed: the controls follow, unless the words name nothing that can be changed. They keep the finding that they
 * were on, where it is still asked.
 * @param seen what the picture shows at present, for "make it worse"; undefined while nothing is read
 * @param masked a mask says where; without one, what is denied without a place goes from wherever it may be
 */
export function withText(request: EditRequest, text: string, masked = false, seen?: Statement): EditRequest {
  const parsed = parseEdits(text, seen);
  const { unrecognised } = parsed;
  if (!parsed.understood) {
    const { reason, advice, instead } = parsed;
    const problem = { reason, advice, ...(instead === undefined ? {} : { instead }) };
    return { ...request, text, understanding: { unrecognised, problem } };
  }
  const asked = (masked ? parsed.edits : parsed.edits.map(fromEverywhere).map(toWhereItComes)).map((edit) =>
    keptCentre(edit, request),
  );
  const same = asked.findIndex(({ finding }) => finding === request.finding);
  const position = same >= 0 ? same : asked.length === request.further.length + 1 ? request.position : 0;
  const { mended, ofSeen } = parsed;
  const understanding = {
    unrecognised,
    ...(mended.length === 0 ? {} : { mended }),
    ...(ofSeen === undefined ? {} : { ofSeen }),
  };
  return { ...withAllAsked(request, asked, position), text, understanding };
}

/** "Mild pulmonary edema" means both lungs, and so do several nodules. */
function toWhereItComes(edit: FindingChange): FindingChange {
  if (isRemoval(edit) || edit.places.length > 0) return edit;
  const isSeveral = edit.sketch?.options?.['number'] !== undefined;
  return { ...edit, places: isSeveral ? ZONES : placesWhereItComes(edit.finding) };
}

/** Words do not say where the centre lies, nor what a donor gave: they stay as long as the finding stays in its places. */
function keptCentre(edit: FindingChange, request: EditRequest): FindingChange {
  const before = allAsked(request).find(({ finding }) => finding === edit.finding);
  const { at, shape, pathology, taken } = before?.sketch ?? {};
  if (isRemoval(edit) || before === undefined) return edit;
  // What was taken lies where it lay: fewer places get a part of it.
  if (taken !== undefined && edit.places.every((place) => before.places.includes(place)))
    return changeOf({ ...edit, sketch: withWish(edit.sketch, { taken }) });
  const same = before.places.join() === edit.places.join();
  const none = [at, shape, pathology].every((each) => each === undefined);
  return none || !same ? edit : changeOf({ ...edit, sketch: withWish(edit.sketch, { at, shape, pathology }) });
}

/** Opacity goes from all zones, other findings from where they usually are. */
function fromEverywhere(edit: FindingChange): FindingChange {
  if (!isRemoval(edit) || edit.places.length > 0) return edit;
  return { ...edit, places: knowledgeOf(edit.finding).opacityLike ? ZONES : usualPlaces(edit.finding) };
}

/** Other changes in place of all that is asked, each of the kind that it is; the first in the controls. */
export function withChanges(request: EditRequest, changes: readonly FindingChange[]): EditRequest {
  return worded(withAllAsked(request, changes, 0));
}

/** The controls go to another of the findings that are asked; the words stay. */
export function withChosen(request: EditRequest, finding: Finding): EditRequest {
  const asked = allAsked(request);
  return withAllAsked(
    request,
    asked,
    asked.findIndex((each) => each.finding === finding),
  );
}

/** One more finding, last, in the controls: a moderate one, where it can only be, or nowhere yet. */
export function withAdded(request: EditRequest, finding: Finding): EditRequest {
  const asked = allAsked(request);
  if (asked.some((each) => each.finding === finding)) return withChosen(request, finding);
  const added: FindingChange = {
    kind: 'add',
    finding,
    places: placesWhereItComes(finding),
    severity: DEFAULT_SEVERITY,
  };
  return worded(withAllAsked(request, [...asked, added], asked.length));
}

/** Without one of several findings; the controls go to its neighbour. The last one stays. */
export function withoutAsked(request: EditRequest, finding: Finding): EditRequest {
  const asked = allAsked(request);
  const left = asked.filter((each) => each.finding !== finding);
  if (left.length === 0 || left.length === asked.length) return request;
  const same = left.findIndex((each) => each.finding === request.finding);
  return worded(withAllAsked(request, left, same >= 0 ? same : Math.min(request.position, left.length - 1)));
}

/**
 * Another finding in the controls: one that is asked already is gone to. Places where it cannot be are given up; a finding with
 * one place takes it.
 */
export function withFinding(request: EditRequest, finding: Finding): EditRequest {
  if (request.further.some((each) => each.finding === finding)) return withChosen(request, finding);
  const possible = request.places.filter((place) => knowledgeOf(finding).places.includes(place));
  return worded({
    ...request,
    finding,
    places: possible.length === 0 ? placesWhereItComes(finding) : possible,
    sketch: undefined,
  });
}

export function withPlaces(request: EditRequest, places: readonly Place[]): EditRequest {
  // A centre is one of a place that was chosen with it.
  return worded({
    ...request,
    places: PLACES.filter((place) => places.includes(place)),
    sketch: withWish(request.sketch, { at: undefined }),
  });
}

export function withPlaceToggled(request: EditRequest, place: Place): EditRequest {
  const { places } = request;
  return withPlaces(request, places.includes(place) ? places.filter((each) => each !== place) : [...places, place]);
}

/** One severity for all places. */
export function withSeverity(request: EditRequest, severity: number): EditRequest {
  return worded({
    ...request,
    severity: bounded(severity),
    severities: undefined,
    sketch: withWish(request.sketch, { amount: undefined }),
  });
}

/** The severity of one place; the others keep theirs. */
export function withPlaceSeverity(request: EditRequest, place: Place, severity: number): EditRequest {
  if (!request.places.includes(place)) return request;
  return worded({
    ...request,
    severities: { ...severitiesOf(request), [place]: bounded(severity) },
    sketch: withWish(request.sketch, { amount: undefined }),
  });
}

/** The finding moves from one place to another with its severity, in place of what was asked there. */
export function withPlaceMoved(request: EditRequest, from: Place, to: Place): EditRequest {
  if (from === to || !request.places.includes(from)) return request;
  const severity = severityAt(request, from);
  const places = PLACES.filter((place) => place !== from && (place === to || request.places.includes(place)));
  return worded({
    ...request,
    places,
    severities: { ...severitiesOf(request), [to]: severity },
    sketch: withWish(request.sketch, { at: undefined }),
  });
}

/** Other findings in place of all that is asked, each with the severity of its places; the first in the controls. */
export function withFindings(request: EditRequest, findings: readonly PlacedFinding[], position = 0): EditRequest {
  const bound = findings.map(({ finding, severities, sketch }) => ({
    finding,
    ...wished(sketch),
    severities: Object.fromEntries(placesOf({ severities }).map((place) => [place, bounded(severities[place] ?? 0)])),
  }));
  return findings.length === 0
    ? request
    : worded(withAllAsked(request, bound.map(asTextEdit), Math.min(position, findings.length - 1)));
}

/** The finding's own quantity, once for all places; the severity follows. */
export function withAmount(request: EditRequest, amount: number): EditRequest {
  const kind = drawnKind(request.finding);
  const held = kind && roundedAmount(amountOf(kind.amount, { amount, severity: 0 }), kind.amount.unit);
  const severity = held === undefined ? undefined : severityAtAmount(request.finding, held);
  if (severity === undefined) return request;
  // An amount of nothing is no erasure.
  return worded({
    ...request,
    severity: roundSeverity(severity),
    severities: undefined,
    sketch: withWish(request.sketch, { amount: held }),
  });
}

/** One of its variants; the usual one is not kept. */
export function withOption(request: EditRequest, name: string, choice: string): EditRequest {
  const option = drawnKind(request.finding)?.options.find((each) => each.name === name);
  if (option === undefined) return request;
  const { [name]: _before, ...others } = request.sketch?.options ?? {};
  const options = option.choices[0].choice === choice ? others : { ...others, [name]: choice };
  return worded({ ...request, sketch: withWish(request.sketch, { options }) });
}

/** Its centre, and the zone that lies there; undefined: somewhere in its places, by the seed. */
export function withCentre(request: EditRequest, at: SketchWish['at'], place?: Place): EditRequest {
  const places = place === undefined ? request.places : [place];
  return worded({
    ...request,
    places,
    severities: place === undefined ? request.severities : undefined,
    sketch: withWish(request.sketch, { at }),
  });
}

/** As the finding is drawn by itself, and added to what this patient has: neither a donor's nor what was taken here. */
export function withoutDonor(request: EditRequest): EditRequest {
  const nobodys = { shape: undefined, pathology: undefined, taken: undefined };
  return { ...request, sketch: withWish(request.sketch, nobodys) };
}

/** What is asked of one of the places. */
export function severityAt(
  { severity, severities }: Pick<EditRequest, 'severity' | 'severities'>,
  place: Place,
): Severity {
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

/** As an earlier version kept it: what it asked beside the first finding was not in the words. */
export function inStep(request: EditRequest): EditRequest {
  const kept: Partial<EditRequest> = request;
  if (kept.further !== undefined && kept.position !== undefined) return request;
  const whole = { ...request, further: kept.further ?? [], position: 0 };
  return whole.further.length === 0 ? whole : worded(whole);
}
