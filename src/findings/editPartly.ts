/** "Drop the effusion by half", "partly clear the right lung": less of it, not none. */

import { direction } from './editIdioms';
import type { Span } from './match';

/** How much of it shall go. */
const SHARE = /^(by half|in half|to half|half the|by a third|by a quarter|a bit)$/;
/** "By 100 %": all of it. */
const WHOLE = 'by all';
const MANNER = /^(incompletely|partially|partly|halfway|somewhat)$/;
/** Of what is named, not of what is done with it: "incomplete atelectasis". */
const KIND = /^(partial|incomplete)$/;
const BIT = 'a bit';

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding' && concept.certainty === undefined;
const isVerb = ({ concept }: Span): boolean => concept.kind === 'verb';
const ends = ({ concept }: Span): boolean => concept.kind === 'join' || concept.kind === 'boundary';
const isPartly = ({ phrase }: Span): boolean =>
  SHARE.test(phrase) || MANNER.test(phrase) || KIND.test(phrase) || phrase === WHOLE;
const removes = ({ concept, phrase }: Span): boolean =>
  (concept.kind === 'verb' && concept.edit === 'remove') || phrase === 'clear';

const lessen = (span: Span): Span => ({ ...span, phrase: 'less', concept: { kind: 'verb', edit: 'grade' } });
const remove = (span: Span): Span => ({ ...span, phrase: 'remove', concept: { kind: 'verb', edit: 'remove' } });
const quiet = (span: Span): Span => ({ ...span, phrase: '', concept: { kind: 'neutral' } });
/** A word of no effect is told to the user. */
const untold = (span: Span): Span => (span.phrase === BIT ? span : { ...span, concept: { kind: 'unknown' } });

export function partlyGone(sentence: readonly Span[]): readonly Span[] {
  return partsOf(sentence).flatMap((part) => withoutPresentGrade(lessOf(ofOneShare(part))));
}

/** "By half, and the nodule by 100 %": one verb cannot lessen the one and take the other away, and the user is told so. */
function ofOneShare(part: readonly Span[]): readonly Span[] {
  const isWhole = ({ phrase }: Span): boolean => phrase === WHOLE;
  const others = part.some((span) => isPartly(span) && !isWhole(span));
  return others ? part.map((span) => (isWhole(span) ? { ...untold(span), phrase: '' } : span)) : part;
}

/** Cut before each join that has a verb of its own behind it: what a verb governs ends there. */
function partsOf(sentence: readonly Span[]): readonly (readonly Span[])[] {
  const cuts = sentence.flatMap((span, at) => {
    const next = sentence.slice(at + 1).find((each) => each.concept.kind !== 'neutral' || isPartly(each));
    const own = next !== undefined && (isVerb(next) || removes(next) || MANNER.test(next.phrase));
    return ends(span) && own ? [at] : [];
  });
  return [0, ...cuts].map((from, order) => sentence.slice(from, cuts[order]));
}

function lessOf(part: readonly Span[]): readonly Span[] {
  const at = part.findIndex(isPartly);
  const partly = part[at];
  if (partly === undefined) return part;
  const verb = governing(part, at);
  const told = part.map((span, index) => (index === at ? untold(span) : span));
  if (KIND.test(partly.phrase) || (MANNER.test(partly.phrase) && isOfNext(part, at))) return told;
  const governed = part[verb];
  const named = part.some(isFinding);
  if (partly.phrase === WHOLE) return named ? allOf(part, at, verb) : told;
  if (governed === undefined) {
    const cut = part.findIndex(({ phrase }, index) => index < at && phrase === 'cut');
    if (cut >= 0 && named) return lessAt(part, at, cut);
    const first = part.slice(0, at).every(ends);
    return first && named && partly.phrase !== BIT
      ? part.map((span, index) => (index === at ? lessen(span) : span))
      : told;
  }
  if (removes(governed)) return named ? lessAt(part, at, verb) : lessOpacity(part, at, verb);
  if (governed.concept.kind !== 'verb' || governed.concept.edit !== 'grade' || !named) return told;
  const asked = direction([governed]);
  if (asked === 'more') return told;
  // "Make it half the size": the share tells the direction, where the verb does not.
  const share = asked === undefined && partly.phrase !== BIT && SHARE.test(partly.phrase);
  if (asked === undefined && !share) return told;
  return part.map((span, index) => (index === at ? { ...quiet(span), phrase: share ? 'less' : '' } : span));
}

/** "Reduce the effusion by 100 %": it goes. What grows by as much is only more. */
function allOf(part: readonly Span[], at: number, verb: number): readonly Span[] {
  const governed = part[verb];
  const cut = part.findIndex(({ phrase }, index) => index < at && phrase === 'cut');
  const lessens = governed !== undefined && (removes(governed) || direction([governed]) === 'less');
  const from = lessens ? verb : cut;
  return part.map((span, index) => (index === at ? quiet(span) : index === from ? remove(span) : span));
}

/** "Partly loculated", "the partly calcified nodule": it is of what is named. */
function isOfNext(part: readonly Span[], at: number): boolean {
  const [partly, next] = [part[at], part[at + 1]];
  if (ARTICLE.test(part[at - 1]?.phrase ?? '')) return true;
  // How something looks was taken out before.
  const looked = partly !== undefined && next !== undefined && next.start > partly.end + 1 && !isVerb(next);
  return (
    looked ||
    (next !== undefined &&
      ['neutral', 'unknown', 'other', 'state', 'severity', 'enlarged'].includes(next.concept.kind) &&
      !DETERMINER.test(next.phrase))
  );
}

const ARTICLE = /^(the|an?)$/;
const DETERMINER = /^(the|an?|all|both|this|that|these|it|them|my|his|her|its)$/;

/** The verb before it, else the first behind it; -1: none. */
function governing(part: readonly Span[], at: number): number {
  const verbs = part.flatMap((span, index) => (isVerb(span) || span.phrase === 'clear' ? [index] : []));
  return verbs.findLast((index) => index < at) ?? verbs[0] ?? -1;
}

const lessAt = (part: readonly Span[], at: number, verb: number): readonly Span[] =>
  part.map((span, index) => (index === at ? quiet(span) : index === verb ? lessen(span) : span));

/** "Partly clear the right lung": of its opacity. */
function lessOpacity(part: readonly Span[], at: number, verb: number): readonly Span[] {
  const lung = part.findIndex(({ concept }) => concept.kind === 'lung');
  if (lung < 0) return part;
  return lessAt(part, at, verb).flatMap((span, index): readonly Span[] =>
    index === lung
      ? [span, { ...span, phrase: 'opacity', concept: { kind: 'finding', finding: 'lung_opacity' } }]
      : [span],
  );
}

/** "Reduce the severe effusion": that is what it is now. What it shall be is said behind "to", or of nothing that changes. */
function withoutPresentGrade(part: readonly Span[]): readonly Span[] {
  const verb = part.findIndex(({ concept }) => concept.kind === 'verb' && concept.edit === 'grade');
  const governed = part[verb];
  if (governed === undefined || direction([governed]) === undefined) return part;
  const finding = part.findIndex((span, at) => at > verb && isFinding(span));
  const until = part.slice(verb, finding).some(({ phrase }) => /^(to|into)$/.test(phrase)) ? -1 : finding;
  return part.map((span, at) =>
    at > verb && at < until && span.concept.kind === 'severity' ? { ...span, concept: { kind: 'neutral' } } : span,
  );
}
