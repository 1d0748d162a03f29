/** Turns of phrase in a request: "one" for what was named, "take it out of", "by half", "all but", "turn this into that". */

import type { Span } from './match';

const PARTLY =
  /^(incompletely|partially|partly|partial|incomplete|halfway|somewhat|by half|in half|to half|half the|by a third|by a quarter|a bit)$/;
const COMPARED = /^(less|more|fewer|smaller|larger|bigger|worse|better|milder)$/;
const BUT =
  /^(but|except|except for|excepting|other than|aside from|apart from|save for|besides|with the exception of)$/;
const ALL = /^(everything|all|anything|every|all finding|every finding)$/;
const TURNS = /^(turn|change|convert|transform|replace|exchange|substitute)$/;
const INTO = /^(into|to|with|by)$/;

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding' && concept.certainty === undefined;
const isPlace = ({ concept }: Span): boolean => concept.kind === 'side' || concept.kind === 'level';
const removes = ({ concept, phrase }: Span): boolean =>
  (concept.kind === 'verb' && concept.edit === 'remove') || phrase === 'clear';
const remove = (span: Span): Span => ({ ...span, concept: { kind: 'verb', edit: 'remove' } });

export const withTurns = (sentence: readonly Span[]): readonly Span[] =>
  intoAnother(keptOfAll(partlyGone(takenOut(oneMore(comparedAgain(sentence))))));

/** "Put a 2 cm one in the right": another of what was named before. */
function oneMore(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    const named = sentence.slice(0, at).findLast(isFinding);
    const next = sentence.slice(at + 1).find(({ concept }) => concept.kind !== 'neutral');
    const before = sentence.slice(0, at).findLast(({ concept }) => concept.kind !== 'neutral');
    const anew = before?.concept.kind === 'verb' || before?.concept.kind === 'severity';
    const placed = next?.concept.kind === 'preposition' || next === undefined;
    return /^ones?$/.test(span.phrase) && named !== undefined && anew && placed
      ? { ...span, phrase: named.phrase, concept: named.concept }
      : span;
  });
}

/** "Less effusion on the right, more on the left": each place is given the name. */
function comparedAgain(sentence: readonly Span[]): readonly Span[] {
  return sentence.flatMap((span, at): readonly Span[] => {
    const before = sentence.slice(0, at);
    const named = before.findLast(isFinding);
    const rest = sentence.slice(at + 1);
    const end = rest.findIndex(({ concept }) => concept.kind === 'join' || concept.kind === 'boundary');
    const part = end < 0 ? rest : rest.slice(0, end);
    const last = before.findLast(({ concept }) => concept.kind !== 'neutral');
    const again =
      COMPARED.test(span.phrase) &&
      named !== undefined &&
      (last?.concept.kind === 'join' || last?.concept.kind === 'boundary') &&
      part.some(isPlace) &&
      !part.some((each) => ['finding', 'verb', 'heart', 'other'].includes(each.concept.kind));
    return again ? [span, named] : [span];
  });
}

/** "Take the nodule out of the left lung": it goes from there. */
function takenOut(sentence: readonly Span[]): readonly Span[] {
  const take = sentence.findIndex(({ phrase }) => /^(take|get|cut|bring)$/.test(phrase));
  const out = sentence.findIndex(
    ({ phrase }, at) => at > take && phrase === 'out' && /^(of|from)$/.test(sentence[at + 1]?.phrase ?? ''),
  );
  if (take < 0 || out < 0 || !sentence.slice(take, out).some(isFinding)) return sentence;
  return sentence.map((span, at) =>
    at === take ? remove(span) : at === out ? { ...span, phrase: '', concept: { kind: 'neutral' } } : span,
  );
}

/** "Drop the effusion by half", "partly resolve the edema": less of it, not none. */
function partlyGone(sentence: readonly Span[]): readonly Span[] {
  const partly = sentence.findIndex(({ phrase }) => PARTLY.test(phrase));
  if (partly < 0 || !sentence.some(isFinding)) return sentence;
  const first = sentence.findIndex(({ concept }) => concept.kind === 'verb');
  if (first < 0 && partly !== 0) return sentence;
  return sentence.map((span, at) => {
    if (at === partly && first < 0) return { ...span, phrase: 'less', concept: { kind: 'verb', edit: 'grade' } };
    if (at === partly) return { ...span, phrase: '', concept: { kind: 'neutral' } };
    return removes(span) && span.concept.kind === 'verb'
      ? { ...span, phrase: 'less', concept: { kind: 'verb', edit: 'grade' } }
      : span;
  });
}

/** "Clear both lungs except for the scar", "remove everything but the nodule": what is named behind it stays. */
function keptOfAll(sentence: readonly Span[]): readonly Span[] {
  const first = sentence.findIndex(removes);
  if (first < 0) return sentence;
  return sentence.map((span, at) => {
    if (at < first || !BUT.test(span.phrase) || span.concept.kind === 'spared') return span;
    const own = sentence.slice(first, at);
    if (own.some(isFinding) || (span.phrase === 'but' && !own.some(({ phrase }) => ALL.test(phrase)))) return span;
    const named = sentence
      .slice(at + 1)
      .find(({ concept }) => !['neutral', 'severity', 'side', 'level', 'state'].includes(concept.kind));
    return named !== undefined && isFinding(named) ? { ...span, concept: { kind: 'verb', edit: 'keep' } } : span;
  });
}

/** "Turn the left consolidation into patchy opacity": the one goes, the other comes in its place. */
function intoAnother(sentence: readonly Span[]): readonly Span[] {
  const turn = sentence.findIndex(({ phrase }) => TURNS.test(phrase));
  const into = sentence.findIndex(
    ({ phrase }, at) => at > turn && INTO.test(phrase) && sentence.slice(turn, at).some(isFinding),
  );
  if (turn < 0 || into < 0) return sentence;
  const first = sentence.slice(turn, into).filter(isFinding);
  const rest = sentence.slice(into + 1);
  const second = rest.findIndex(isFinding);
  const [one, other] = [first[0]?.concept, rest[second]?.concept];
  if (one?.kind !== 'finding' || other?.kind !== 'finding' || first.length > 1 || one.finding === other.finding)
    return sentence;
  if (rest.slice(0, second).some(({ concept }) => ['verb', 'cue', 'join', 'boundary'].includes(concept.kind)))
    return sentence;
  const places = rest.some(isPlace) ? [] : sentence.slice(turn, into).filter(isPlace);
  return [
    ...sentence
      .slice(0, into)
      .map((span, at) =>
        at === turn
          ? remove(span)
          : span.concept.kind === 'severity'
            ? { ...span, concept: { kind: 'neutral' } as const }
            : span,
      ),
    { ...(sentence[into] as Span), concept: { kind: 'verb', edit: 'add' } },
    ...places,
    ...rest,
  ];
}
