/**
 * The edit line: "moderate left lower zone consolidation", "remove right lung opacity", "change left lower zone effusion to
 * mild", "severe left lower zone opacity; mild right mid zone opacity; no left upper zone opacity".
 */

import * as say from '../messages/en/findings';
import { listed } from '../messages/numbers';
import { nameAt } from './format';
import { impliedPlaces, knowledgeOf } from './knowledge';
import { matchSentences, type Span } from './match';
import { parse, type Unrecognised } from './parse';
import { canonicalPlaces, resolvePlaces } from './places';
import { DEFAULT_SEVERITY, roundSeverity, severityPhrase } from './severity';
import { MAX_SEVERITY, ZONES, type Finding, type Place, type Severity } from './vocabulary';

/** What an edit asks, without a mask. `counterfactual/edit.ts` extends it. */
export interface TextEdit {
  readonly kind: 'add' | 'remove' | 'grade';
  readonly finding: Finding;
  readonly places: readonly Place[];
  /** 0 for remove; the greatest of `severities`. */
  readonly severity: Severity;
  /** Of every place, where they differ; 0 clears a place. */
  readonly severities?: PlaceSeverities;
}

export type PlaceSeverities = Readonly<Partial<Record<Place, Severity>>>;

export type ParsedEdit =
  | {
      readonly understood: true;
      readonly edit: TextEdit;
      readonly unrecognised: readonly Unrecognised[];
      /** More findings were named than the one edited. */
      readonly ignored: readonly Finding[];
    }
  | {
      readonly understood: false;
      readonly reason: string;
      readonly advice: string;
      readonly unrecognised: readonly Unrecognised[];
    };

const SOFTER = /^(decrease|reduce|improve|lessen|lighten|lower the)$/;
const STRONGER = /^(increase|worsen|raise)$/;

/** Reads one request. Without a verb it adds; a denied finding is one to remove. */
export function parseEdit(text: string): ParsedEdit {
  const { statement, evidence, unrecognised } = parse(text);
  const spans = matchSentences(text).flat();
  const verb = spans.find((span) => span.concept.kind === 'verb');
  const clearing = isClearing(spans[0]);
  const first = clearing ? statement.items.findIndex((_, index) => evidence[index]?.start !== spans[0]?.start) : 0;
  const item = first < 0 ? undefined : statement.items[first];
  const remove = clearing || (verb?.concept.kind === 'verb' && verb.concept.edit === 'remove');
  if (item === undefined || item.finding === 'no_finding') {
    const normal = item?.finding === 'no_finding' && item.certainty !== 'negated';
    // "remove the catheter" must not clear the lungs.
    if ((!remove && !normal) || unrecognised.length > 0) return notUnderstood(unrecognised);
    const said = resolvePlaces(
      spans.filter((span) => ['side', 'level', 'lung', 'join'].includes(span.concept.kind)),
      ['upper', 'mid', 'lower'],
    );
    return understood(
      { kind: 'remove', finding: 'lung_opacity', places: said.length > 0 ? said : [...ZONES], severity: 0 },
      unrecognised,
      [],
    );
  }
  const rest = statement.items.slice(first);
  const ignored = rest.map((each) => each.finding).filter((finding) => finding !== item.finding);
  const placed = rest.filter((each) => each.finding === item.finding && each.places.length > 0);
  const places = impliedPlaces(item.finding, canonicalPlaces(placed.flatMap((each) => each.places)));
  if (remove || rest.every((each) => each.finding !== item.finding || each.certainty === 'negated')) {
    return understood({ kind: 'remove', finding: item.finding, places, severity: 0 }, unrecognised, ignored);
  }
  if (placed.length > 1) {
    const severities = Object.fromEntries(placed.flatMap((each) => each.places.map((place) => [place, each.severity])));
    return understood(
      canonicalEdit({ kind: 'add', finding: item.finding, places, severity: item.severity, severities }),
      unrecognised,
      ignored,
    );
  }
  const grade = verb?.concept.kind === 'verb' && verb.concept.edit === 'grade';
  const stated = evidence[first]?.severityStated === true;
  const severity = stated || !grade ? item.severity : unstatedGrade(verb);
  return understood({ kind: grade ? 'grade' : 'add', finding: item.finding, places, severity }, unrecognised, ignored);
}

/** "clear the right lung" asks; "lungs are clear" states. */
function isClearing(span: Span | undefined): boolean {
  return span?.phrase === 'clear';
}

function unstatedGrade(verb: Span): Severity {
  if (SOFTER.test(verb.phrase)) return 1;
  return STRONGER.test(verb.phrase) ? MAX_SEVERITY : DEFAULT_SEVERITY;
}

function understood(edit: TextEdit, unrecognised: readonly Unrecognised[], ignored: readonly Finding[]): ParsedEdit {
  return { understood: true, edit, unrecognised, ignored };
}

function notUnderstood(unrecognised: readonly Unrecognised[]): ParsedEdit {
  const words = listed(unrecognised.map(({ text }) => say.quoted({ text })));
  return {
    understood: false,
    reason: words === '' ? say.noneNamed() : say.noneNamedIn({ words }),
    advice: say.nameOne(),
    unrecognised,
  };
}

/** `parseEdit(formatEdit(e))` gives `canonicalEdit(e)` for every finding but no_finding. */
export function formatEdit(edit: TextEdit): string {
  const { kind, finding, places, severity, severities } = canonicalEdit(edit);
  if (severities !== undefined) return formatSeverities(finding, places, severities);
  if (kind === 'remove') return `remove ${nameAt(finding, places, '')}`;
  if (kind === 'add') return nameAt(finding, places, severityPhrase(severity));
  return `change ${nameAt(finding, places, '')} to ${severityPhrase(severity)}`;
}

/** The worst first, what is to be clear last. */
function formatSeverities(finding: Finding, places: readonly Place[], severities: PlaceSeverities): string {
  const degrees = [...new Set(places.map((place) => severities[place] ?? 0))].sort((one, other) => other - one);
  return degrees
    .map((degree) => {
      const there = places.filter((place) => (severities[place] ?? 0) === degree);
      return degree === 0 ? `no ${nameAt(finding, there, '')}` : nameAt(finding, there, severityPhrase(degree));
    })
    .join('; ');
}

/**
 * Places in order, implied place filled in, severities to three decimals; severity 0 is a removal. Severities that differ
 * are given for every place, and are stated, not graded; equal ones are one severity.
 */
export function canonicalEdit(edit: TextEdit): TextEdit {
  const { finding } = edit;
  const places = knowledgeOf(finding).site === 'chest' ? [] : canonicalPlaces(impliedPlaces(finding, edit.places));
  const asked = edit.kind === 'remove' ? {} : (edit.severities ?? {});
  const each = places.map((place) => [place, roundSeverity(asked[place] ?? edit.severity)] as const);
  const degrees = new Set(each.map(([, degree]) => degree));
  if (edit.kind !== 'remove' && degrees.size > 1) {
    return { kind: 'add', finding, places, severity: Math.max(...degrees), severities: Object.fromEntries(each) };
  }
  const severity = edit.kind === 'remove' ? 0 : ([...degrees][0] ?? roundSeverity(edit.severity));
  return { kind: severity === 0 ? 'remove' : edit.kind, finding, places, severity };
}
