/**
 * Edits of what is seen at present, where the words name no finding, or only the one that shall stay: "make it worse", "back to
 * normal", "everything but the nodule".
 */

import type { FindingChange } from './change';
import { canonicalEdit } from './editText';
import { direction } from './editIdioms';
import type { Span } from './match';
import { canonicalPlaces, resolvePlaces } from './places';
import type { Statement } from './statement';
import { MAX_SEVERITY, type Finding, type Place, type Severity } from './vocabulary';

const NORMAL = /^(normal|healthy|clean|well|unremarkable|cured|normalise|normalize)$/;
const ALL = /^(everything|all|all finding|every finding|it|nothing|them|this|every)$/;
const BUT =
  /^(but|except|except for|apart from|aside from|other than|besides|save for|excepting|beyond|with the exception of)$/;
const ONLY = /^(only|just|nothing but|alone)$/;
const STAYS = /^(stay|remain|remaining|leave|keep|retain|preserve|left|stays)$/;
const GOES = /^(go|away|gone|disappear|vanish|go away)$/;
/** The least that a finding becomes when it is to be milder. */
const LEAST = 0.5;

/** One finding as it is seen, with the severity of each place. */
interface SeenFinding {
  readonly finding: Finding;
  readonly places: readonly Place[];
  readonly severityAt: (place: Place | undefined) => Severity;
}

/** "Clear" and "normal" name no finding that could be changed. */
const isNamed = ({ concept }: Span): boolean =>
  concept.kind === 'finding' && concept.finding !== 'no_finding' && concept.certainty === undefined;

/** @returns undefined where the words are not about all that is seen */
export function editsOfSeen(
  sentences: readonly (readonly Span[])[],
  seen: Statement,
): readonly FindingChange[] | undefined {
  const spans = sentences.flat();
  const found = seenFindings(seen);
  if (found.length === 0 || spans.length === 0) return undefined;
  const kept = !spans.some(isNamed) ? [] : keptOf(spans);
  if (kept === undefined) return undefined;
  const change = changeOf(spans, kept.length > 0);
  if (change === undefined) return undefined;
  const said = resolvePlaces(
    spans.filter(({ concept }) => ['side', 'level', 'lung', 'spared', 'join'].includes(concept.kind)),
    ['upper', 'mid', 'lower'],
  );
  return found
    .filter(({ finding }) => !kept.includes(finding))
    .flatMap((each) => changed(each, kept.length > 0 ? [] : said, change));
}

type Change = (before: Severity) => Severity;

/** What becomes of a severity; 0 removes. */
function changeOf(spans: readonly Span[], rest: boolean): Change | undefined {
  const stated = spans.flatMap(({ concept }, at) => {
    if (concept.kind === 'severity' && !/^(more|less|much|a|bit)$/.test(spans[at - 1]?.phrase ?? ''))
      return [concept.value];
    return concept.kind === 'number' && spans[at - 1]?.concept.kind === 'severityNumber' ? [concept.value] : [];
  })[0];
  const normal = spans.some(
    ({ concept, phrase }) =>
      NORMAL.test(phrase) ||
      concept.kind === 'normal' ||
      (concept.kind === 'finding' && concept.finding === 'no_finding' && concept.inverted !== true),
  );
  const removes =
    spans.some(
      ({ concept, phrase }) =>
        (concept.kind === 'verb' && concept.edit === 'remove') || GOES.test(phrase) || (rest && phrase === 'clear'),
    ) && spans.some(({ phrase }) => ALL.test(phrase));
  const asked = direction(spans);
  if (asked === undefined && stated !== undefined) return () => Math.min(MAX_SEVERITY, Math.max(0, stated));
  if (asked === 'more') return (before) => Math.min(MAX_SEVERITY, before + 1);
  if (asked === 'less') return (before) => Math.max(LEAST, before - 1);
  if (normal || removes || rest) return () => 0;
  return undefined;
}

/** The findings that shall stay, of words that name some; undefined where these are named for another reason. */
function keptOf(spans: readonly Span[]): readonly Finding[] | undefined {
  const first = spans.findIndex(isNamed);
  const before = spans.slice(0, first);
  const but = before.findLastIndex(({ phrase }) => BUT.test(phrase));
  const allBut = but >= 0 && before.slice(0, but).some(({ phrase }) => ALL.test(phrase));
  const only =
    before.some(({ phrase }) => ONLY.test(phrase)) &&
    spans.some(({ phrase, concept }) => STAYS.test(phrase) || (concept.kind === 'verb' && concept.edit === 'keep'));
  const other = spans.some(({ concept }, at) => concept.kind === 'verb' && concept.edit === 'add' && at < first);
  if (other || !(allBut || only)) return undefined;
  return spans.flatMap((span) => (isNamed(span) && span.concept.kind === 'finding' ? [span.concept.finding] : []));
}

function changed(each: SeenFinding, said: readonly Place[], change: Change): readonly FindingChange[] {
  const within =
    said.length === 0 || each.places.length === 0 ? each.places : each.places.filter((place) => said.includes(place));
  if (said.length > 0 && each.places.length > 0 && within.length === 0) return [];
  const places = within.length > 0 ? within : each.places.length > 0 ? within : said;
  const severity = change(Math.max(...(places.length > 0 ? places : [undefined]).map(each.severityAt)));
  if (severity === 0) return [canonicalEdit({ kind: 'remove', finding: each.finding, places, severity: 0 })];
  const edit = canonicalEdit({
    kind: 'grade',
    finding: each.finding,
    places,
    severity,
    severities: Object.fromEntries(places.map((place) => [place, change(each.severityAt(place))])),
  });
  return [edit];
}

/** What is said to be there, each finding once. */
function seenFindings({ items }: Statement): readonly SeenFinding[] {
  const there = items.filter(
    ({ finding, certainty, severity }) => finding !== 'no_finding' && certainty !== 'negated' && severity > 0,
  );
  return [...new Set(there.map(({ finding }) => finding))].map((finding) => {
    const own = there.filter((item) => item.finding === finding);
    const most = Math.max(...own.map(({ severity }) => severity));
    return {
      finding,
      places: canonicalPlaces(own.flatMap(({ places }) => places)),
      severityAt: (place) =>
        Math.max(
          0,
          ...own.flatMap((item) => (place === undefined || item.places.includes(place) ? [item.severity] : [])),
        ) || most,
    };
  });
}
