/** Which severity and place words belong to which finding of a clause. */

import { knowledgeOf, type Level } from './knowledge';
import type { Span } from './match';

export interface Mention {
  /** Index of the finding's span in the attributed clause. */
  readonly at: number;
  /** Severity and place spans that belong to it, in reading order. */
  readonly modifiers: readonly Span[];
  /** Modifiers that stand after it ("effusion in the left base"): they may serve its coordinated neighbours. */
  readonly trailing: readonly Span[];
  /** Levels meant where none is said, of a finding that lies beside another: "left effusion with adjacent atelectasis". */
  readonly beside?: readonly Level[];
}

const isPlace = (span: Span): boolean => ['side', 'level', 'mediastinum', 'lung'].includes(span.concept.kind);
const isSeverity = (span: Span): boolean => ['severity', 'severityNumber', 'number'].includes(span.concept.kind);
const isModifier = (span: Span): boolean => isPlace(span) || isSeverity(span) || span.concept.kind === 'spared';

export interface AttributedClause {
  /** The clause without the modifiers of foreign things. */
  readonly spans: readonly Span[];
  readonly mentions: readonly Mention[];
}

/** Attributes modifiers within one clause. Spans between two findings go to the first when a preposition opens them, up to the last conjunction. */
export function attribute(clause: readonly Span[], asked = false): AttributedClause {
  const kept = withoutForeign(clause);
  const findings = kept.flatMap((span, index) => (span.concept.kind === 'finding' ? [index] : []));
  const before = new Map<number, readonly Span[]>();
  const after = new Map<number, readonly Span[]>();
  findings.forEach((at, order) => {
    const previous = findings[order - 1];
    if (previous === undefined) {
      before.set(at, kept.slice(0, at));
    } else {
      const gap = kept.slice(previous + 1, at);
      const cut = splitGap(gap);
      after.set(previous, gap.slice(0, cut));
      before.set(at, gap.slice(cut));
    }
    if (order === findings.length - 1) after.set(at, kept.slice(at + 1));
  });
  const mentions = findings.map((at): Mention => {
    const trailing = onlyModifiers(after.get(at) ?? []);
    return { at, modifiers: [...onlyModifiers(before.get(at) ?? []), ...trailing], trailing };
  });
  return { spans: kept, mentions: share(mentions, kept, asked) };
}

/** How many spans of the gap belong to the finding on its left. */
function splitGap(gap: readonly Span[]): number {
  const lastBreak = gap.findLastIndex((span) => span.concept.kind === 'join' || span.concept.kind === 'cue');
  const linked = gap.findLastIndex((span) => span.phrase === 'with');
  const cut = Math.max(lastBreak, linked);
  if (cut >= 0) {
    // "right upper and left lower opacity": a conjunction between two places keeps them together.
    const joinsPlaces =
      gap[cut]?.concept.kind === 'join' &&
      isPlaceAround(gap, cut) &&
      gap[0]?.concept.kind !== 'preposition' &&
      !gap.slice(0, cut).some((span) => span.concept.kind === 'preposition');
    const earlier = gap.slice(0, cut).findLastIndex((span) => span.concept.kind === 'join' || span.phrase === 'with');
    return joinsPlaces ? earlier + 1 : cut;
  }
  return gap.some((span) => span.concept.kind === 'preposition' || span.phrase === 'throughout') ? gap.length : 0;
}

function isPlaceAround(gap: readonly Span[], at: number): boolean {
  const previous = gap[at - 1];
  const next = gap[at + 1];
  return previous !== undefined && next !== undefined && isPlace(previous) && isPlace(next);
}

/** Joins stay, so that "right, left lower" keeps its grouping. */
function onlyModifiers(spans: readonly Span[]): readonly Span[] {
  return spans.some(isModifier) ? spans.filter((span) => isModifier(span) || span.concept.kind === 'join') : [];
}

const TELLS = /^(represent|representing|reflect|reflecting|overlying|due|secondary|which)$/;

/** Drops the modifiers of things that are no finding: "left hemidiaphragm", "upper abdomen", "normal heart". */
function withoutForeign(clause: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  let skipUntil = 0;
  for (const [at, span] of clause.entries()) {
    if (at < skipUntil) continue;
    const { kind } = span.concept;
    // "Right upper lobe volume loss and fibrosis": both are there.
    const shared = /^(volume loss|bronchiectasis)$/.test(span.phrase) && clause[at + 1]?.concept.kind === 'join';
    if ((kind === 'other' && !(shared && clause[at + 2]?.concept.kind === 'finding')) || kind === 'heart') {
      while (kept.length > 0) {
        const last = kept.at(-1);
        if (last === undefined || !(isModifier(last) || ['neutral', 'state', 'unknown'].includes(last.concept.kind)))
          break;
        // "Density in the left base represents a granuloma": the place is the density's.
        if (TELLS.test(last.phrase)) break;
        kept.pop();
      }
    }
    kept.push(span);
    if (kind === 'other' && span.concept.sided === true) skipUntil = endOfSide(clause, at);
  }
  return kept;
}

/** What follows is another thing. */
const CAUSES = /^(with|because of|caused by|by)$/;
const isDegree = (kind: string): boolean => kind === 'severity' || kind === 'severityNumber';

/** "Pacemaker on the left", "shift to the right": the side belongs to the thing, unless a finding follows it at once. */
function endOfSide(clause: readonly Span[], at: number): number {
  const rest = clause.slice(at + 1);
  const length = rest.findIndex(
    (span) =>
      !(
        isModifier(span) ||
        ['neutral', 'state', 'unknown', 'heart'].includes(span.concept.kind) ||
        (span.concept.kind === 'other' && !span.concept.abnormal) ||
        (span.concept.kind === 'preposition' && !CAUSES.test(span.phrase))
      ),
  );
  const run = length < 0 ? rest : rest.slice(0, length);
  // A thing has one side: "deviated to the left by a large right effusion".
  const side = run.findIndex(({ concept }) => concept.kind === 'side');
  const until =
    side < 0
      ? -1
      : run.findIndex(
          ({ concept }, index) =>
            index > side && (concept.kind === 'side' || concept.kind === 'preposition' || isDegree(concept.kind)),
        );
  const own = until < 0 ? run : run.slice(0, until);
  const claimed =
    rest[own.length]?.concept.kind === 'finding' && !own.some(({ concept }) => concept.kind === 'preposition');
  return claimed ? at + 1 : at + 1 + own.length;
}

/** Coordinated findings share a place: "left basal consolidation and effusion", "consolidation and effusion in the left base". */
function share(mentions: readonly Mention[], clause: readonly Span[], asked: boolean): readonly Mention[] {
  // The heart is where it is: "left basal opacity and cardiomegaly".
  const fixed = ({ at }: Mention): boolean => {
    const concept = clause[at]?.concept;
    return concept?.kind === 'finding' && knowledgeOf(concept.finding).places.length === 1;
  };
  const hasPlace = (mention: Mention): boolean => fixed(mention) || mention.modifiers.some(isPlace);
  const result = [...mentions];
  let coordinated = false;
  for (let index = result.length - 2; index >= 0; index -= 1) {
    const here = result[index];
    const next = result[index + 1];
    if (here === undefined || next === undefined) continue;
    const joins = clause.slice(here.at + 1, next.at);
    // Asked, "emphysema, mass in the right base" is two requests, "effusion, atelectasis and opacity in the right base" one.
    coordinated =
      joins.every(({ concept }) => concept.kind === 'join') &&
      (!asked || coordinated || joins.some(({ concept }) => concept.kind === 'join' && concept.word !== 'comma'));
    if (hasPlace(here) || !next.trailing.some(isPlace)) continue;
    if (coordinated || (!asked && isToldAs(joins))) {
      const borrowed = next.trailing.filter((span) => !isSeverity(span));
      result[index] = { ...here, modifiers: [...here.modifiers, ...borrowed], trailing: borrowed };
    }
  }
  for (let index = 1; index < result.length; index += 1) {
    const previous = result[index - 1];
    const here = result[index];
    if (previous === undefined || here === undefined || hasPlace(here) || !hasPlace(previous)) continue;
    const between = clause.slice(previous.at + 1, here.at);
    if (
      between.every(
        (span) =>
          span.concept.kind !== 'other' &&
          span.concept.kind !== 'heart' &&
          !(span.concept.kind === 'cue' && span.concept.certainty !== 'possible'),
      )
    ) {
      const beside = between.some(({ phrase }) => BESIDE.test(phrase))
        ? levelsBeside(previous, clause)
        : previous.beside;
      result[index] = {
        ...here,
        modifiers: [...here.modifiers, ...previous.modifiers.filter((span) => !isSeverity(span))],
        ...(beside === undefined ? {} : { beside }),
      };
    }
  }
  return result;
}

/** "Opacity compatible with scarring in the left base", "fibrotic appearing opacity": one thing by two names. */
const isToldAs = (between: readonly Span[]): boolean =>
  between.some(({ phrase }) => TOLD_AS.test(phrase)) &&
  between.every(
    ({ concept, phrase }) =>
      concept.kind === 'neutral' ||
      concept.kind === 'severity' ||
      phrase === 'with' ||
      phrase === 'of' ||
      (concept.kind === 'cue' && concept.certainty === 'possible'),
  );
const TOLD_AS = /^(compatible|consistent|representing|represent|reflecting|reflect|appearing|suggestive of)$/;

const BESIDE =
  /^(adjacent|associated|underlying|overlying|accompanying|subjacent|surrounding|neighboring|related|compressive|passive|relaxation|reactive)$/;

/** Fluid lies low, and so does the lung beside it; what lies beside anything else may be as large as it ever is. */
function levelsBeside(neighbour: Mention, clause: readonly Span[]): readonly Level[] | undefined {
  if (neighbour.beside !== undefined) return neighbour.beside;
  const concept = clause[neighbour.at]?.concept;
  const known = concept?.kind === 'finding' ? knowledgeOf(concept.finding) : undefined;
  return known?.falls === true ? known.usualLevels : undefined;
}
