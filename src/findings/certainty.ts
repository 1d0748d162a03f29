/** Negation and uncertainty: which findings of a clause a cue reaches. Follows the idea of NegEx (Chapman 2001), with scope instead of a window. */

import type { AttributedClause } from './attribute';
import type { Span } from './match';
import type { Certainty } from './statement';

/** Certainty of each mention of the clause, in order. */
export function certainties(clause: AttributedClause): readonly Certainty[] {
  const { spans, mentions } = clause;
  const positions = mentions.map((mention) => mention.at);
  const result: Certainty[] = mentions.map(() => 'certain');
  const mark = (order: number, certainty: 'negated' | 'possible'): void => {
    // A denial outweighs a doubt.
    if (result[order] !== 'negated') result[order] = certainty;
  };
  spans.forEach((span, index) => {
    const { concept } = span;
    if (concept.kind !== 'cue') return;
    const following = reach(spans, index, concept.certainty);
    const reached = positions.flatMap((at, order) => (at > index && at < following ? [order] : []));
    if (concept.applies === 'after' || (concept.applies === 'either' && reached.length === 0)) {
      for (const order of coordinatedBefore(spans, positions, index)) mark(order, concept.certainty);
    } else {
      for (const order of reached) mark(order, concept.certainty);
    }
  });
  markAlternatives(spans, positions, result);
  return mentions.map((mention, order): Certainty => {
    const concept = spans[mention.at]?.concept;
    const own = concept?.kind === 'finding' ? (concept.certainty ?? 'certain') : 'certain';
    const cued = result[order] ?? 'certain';
    const inverted = concept?.kind === 'finding' && concept.inverted === true;
    if (inverted || own === 'negated')
      return cued === 'negated' ? 'certain' : cued === 'possible' && inverted ? 'possible' : 'negated';
    return cued === 'certain' ? own : cued;
  });
}

/** First index that a cue at `index` no longer reaches. */
function reach(spans: readonly Span[], index: number, certainty: 'negated' | 'possible'): number {
  for (let at = index + 1; at < spans.length; at += 1) {
    const { concept } = spans[at] ?? {};
    if (concept === undefined) break;
    if (concept.kind === 'cue' && concept.certainty !== certainty && concept.applies !== 'after') return at;
    if (concept.kind === 'join' && !listGoesOn(spans, at)) {
      if (concept.word === 'comma' && startsAnew(spans, at, certainty)) return at;
      if (concept.word !== 'or' && certainty === 'negated' && hasDegree(spans, at)) return at;
    }
    if (concept.kind === 'preposition' && spans[at]?.phrase === 'with' && certainty === 'negated') return at;
  }
  return spans.length;
}

/** "no effusion, pneumothorax, or consolidation", "no effusion, nodule/mass": a denied list closes with or. */
function listGoesOn(spans: readonly Span[], from: number): boolean {
  return spans.slice(from + 1).some((span) => span.concept.kind === 'join' && (span.concept.word === 'or' || span.concept.word === 'versus'));
}

/** "no pneumothorax, mild left effusion": a side of its own after the comma starts a new thought. */
function startsAnew(spans: readonly Span[], comma: number, certainty: 'negated' | 'possible'): boolean {
  if (certainty === 'possible') return true;
  const rest = spans.slice(comma + 1);
  const finding = rest.findIndex((span) => span.concept.kind === 'finding');
  return (
    finding > 0 &&
    rest
      .slice(0, finding)
      .some(
        (span) => span.concept.kind === 'side' || (span.concept.kind === 'level' && span.concept.sides !== undefined),
      )
  );
}

/** "no edema and severe cardiomegaly": what has a degree is there. */
function hasDegree(spans: readonly Span[], join: number): boolean {
  const rest = spans.slice(join + 1);
  const finding = rest.findIndex((span) => span.concept.kind === 'finding');
  return rest.slice(0, Math.max(0, finding)).some((span) => span.concept.kind === 'severity' || span.concept.kind === 'severityNumber');
}

/** Mentions before a trailing cue ("effusion and pneumothorax are not seen"), back to an earlier cue. */
function coordinatedBefore(spans: readonly Span[], positions: readonly number[], index: number): readonly number[] {
  const reached: number[] = [];
  for (let order = positions.length - 1; order >= 0; order -= 1) {
    const at = positions[order] ?? 0;
    if (at > index) continue;
    const next = reached.at(-1) === undefined ? index : (positions[order + 1] ?? index);
    const between = spans.slice(at + 1, next);
    if (reached.length > 0 && !between.some((span) => span.concept.kind === 'join')) break;
    if (reached.length > 0 && between.some((span) => span.concept.kind === 'cue')) break;
    reached.push(order);
  }
  return reached;
}

/** "atelectasis versus infiltrate", "atelectasis or infiltrate": either may be the truth. */
function markAlternatives(spans: readonly Span[], positions: readonly number[], result: Certainty[]): void {
  for (let order = 0; order + 1 < positions.length; order += 1) {
    const between = spans.slice((positions[order] ?? 0) + 1, positions[order + 1]);
    const alternative = between.some(
      (span) => span.concept.kind === 'join' && (span.concept.word === 'or' || span.concept.word === 'versus'),
    );
    if (!alternative) continue;
    for (const each of [order, order + 1]) if (result[each] === 'certain') result[each] = 'possible';
  }
}
