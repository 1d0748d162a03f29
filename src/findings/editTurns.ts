/** Turns of phrase in a request: "one" for what was named, "take it out of", "by half", "all but", "turn this into that". */

import { partlyGone } from './editPartly';
import { matchSentences, type Span } from './match';

const COMPARED = /^(less|more|fewer|smaller|larger|bigger|worse|better|milder)$/;
const BUT =
  /^(but|except|except for|excepting|other than|aside from|apart from|save for|besides|with the exception of)$/;
const ALL = /^(everything|all|anything|every|all finding|every finding)$/;
const COUNTED = /^(one|two|three|a few|some)$/;
const TURNS = /^(turn|change|convert|transform|replace|exchange|substitute)$/;
const INTO = /^(into|to|with|by)$/;

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding' && concept.certainty === undefined;
const isPlace = ({ concept }: Span): boolean => concept.kind === 'side' || concept.kind === 'level';
const removes = ({ concept, phrase }: Span): boolean =>
  (concept.kind === 'verb' && concept.edit === 'remove') || phrase === 'clear';
/** "Everything", "all findings". */
export const meansAll = ({ phrase }: Span): boolean => ALL.test(phrase);
const remove = (span: Span): Span => ({ ...span, concept: { kind: 'verb', edit: 'remove' } });

export const withTurns = (sentence: readonly Span[]): readonly Span[] =>
  intoAnother(keptOfAll(partlyGone(takenOut(oneMore(comparedAgain(sentence))))));

/** "Put a 2 cm one in the right": another of what was named before. */
function oneMore(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    const named = sentence.slice(0, at).findLast(isFinding);
    const rest = sentence.slice(at + 1);
    const next = rest.find(({ concept }) => concept.kind !== 'neutral');
    const before = sentence.slice(0, at).findLast(({ concept }) => concept.kind !== 'neutral');
    const anew =
      before?.concept.kind === 'verb' || before?.concept.kind === 'severity' || INTO.test(before?.phrase ?? '');
    const placed = next?.concept.kind === 'preposition' || next === undefined;
    if (!/^ones?$/.test(span.phrase) || named === undefined || !anew || !placed) return span;
    // "Change the effusion to a small one" is of the same; "…and a small one in the left" has its name already.
    const end = rest.findIndex(({ concept }) => concept.kind === 'boundary' || concept.kind === 'verb');
    const again = (end < 0 ? rest : rest.slice(0, end)).some((each) => isFinding(each) && each.phrase === named.phrase);
    return again || (becomes(sentence.slice(0, at)) && !rest.some(isPlace))
      ? span
      : { ...span, phrase: named.phrase, concept: named.concept };
  });
}

/** "Turn the consolidation into atelectasis": what comes lies where the other was. */
export const turnsOne = (words: string): boolean =>
  matchSentences(words).some((sentence) =>
    sentence.some((span, at) => isFinding(span) && turnsInto(sentence.slice(0, at))),
  );

/** "Shrink the large mass to a small …". */
const becomes = (before: readonly Span[]): boolean =>
  turnsInto(before) ||
  (before.some(({ concept }) => concept.kind === 'verb' && concept.edit === 'grade') &&
    before.findLastIndex(({ phrase }) => phrase === 'to') > before.findLastIndex(isFinding));

/** "Change the effusion to …", up to there. */
function turnsInto(before: readonly Span[]): boolean {
  const into = before.findLastIndex(({ phrase }) => INTO.test(phrase));
  const own = before.slice(0, Math.max(0, into));
  return own.some(({ phrase }) => TURNS.test(phrase)) && own.some(isFinding);
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

/** "Clear both lungs except for the scar", "remove everything but the nodule": what is named behind it stays. */
function keptOfAll(asked: readonly Span[]): readonly Span[] {
  const sentence = allThatGoes(asked);
  const first = sentence.findIndex(removes);
  if (first < 0) return sentence;
  return sentence.map((span, at) => {
    if (at < first || !BUT.test(span.phrase) || span.concept.kind === 'spared') return span;
    const own = sentence.slice(first, at);
    if (own.some(isFinding) || (span.phrase === 'but' && !own.some(({ phrase }) => ALL.test(phrase)))) return span;
    const named = namedBehind(sentence, at);
    return named !== undefined && isFinding(named) ? { ...span, concept: { kind: 'verb', edit: 'keep' } } : span;
  });
}

const namedBehind = (sentence: readonly Span[], at: number): Span | undefined =>
  sentence
    .slice(at + 1)
    .find(({ concept }) => !['neutral', 'severity', 'side', 'level', 'state'].includes(concept.kind));

/** "Everything but the nodule", without a verb: all else goes. */
function allThatGoes(sentence: readonly Span[]): readonly Span[] {
  const all = sentence.findIndex(({ concept }) => concept.kind !== 'neutral');
  const but = sentence[all];
  const every = sentence.slice(0, Math.max(0, all)).findLastIndex(({ phrase }) => ALL.test(phrase));
  const named = but === undefined ? undefined : namedBehind(sentence, all);
  const told = sentence.some(
    (span) =>
      ['verb', 'normal', 'cue'].includes(span.concept.kind) || removes(span) || /^(gone|goes?)$/.test(span.phrase),
  );
  if (every < 0 || told || !BUT.test(but?.phrase ?? '') || named === undefined || !isFinding(named)) return sentence;
  return sentence.map((span, at) => (at === every ? remove(span) : span));
}

/** "All but one nodule": which of them stays is not said. The finding's span. */
export function oneOfAll(sentence: readonly Span[]): Span | undefined {
  const but = sentence.findIndex(
    ({ phrase }, at) => BUT.test(phrase) && sentence.slice(0, at).some((each) => ALL.test(each.phrase)),
  );
  const count = sentence[but + 1];
  if (but < 0 || count === undefined || !(COUNTED.test(count.phrase) || count.concept.kind === 'number'))
    return undefined;
  const behind = namedBehind(sentence, but + 1);
  // "All nodules but one".
  const placed = sentence.slice(but).some(isPlace);
  const named = behind ?? (placed ? undefined : sentence.slice(0, but).findLast(isFinding));
  return named !== undefined && isFinding(named) ? named : undefined;
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
  if (second < 0 && rest.some(isNormal))
    return before(sentence, turn, into).map((span, at) => (at === turn ? remove(span) : span));
  if (second < 0 && rest.some(isOne) && rest.some(({ concept }) => concept.kind === 'severity'))
    return [
      ...before(sentence, turn, into).map((span, at): Span =>
        at === turn ? { ...span, concept: { kind: 'verb', edit: 'grade' } } : span,
      ),
      { ...(sentence[into] as Span), phrase: 'to', concept: { kind: 'preposition' } },
      ...rest,
    ];
  if (one?.kind !== 'finding' || other?.kind !== 'finding' || first.length > 1) return sentence;
  // "Replace the left effusion with one on the right".
  if (
    one.finding === other.finding &&
    !(
      rest.some(isPlace) &&
      sentence.slice(turn, into).some(isPlace) &&
      /^(replace|exchange|substitute)$/.test(sentence[turn]?.phrase ?? '')
    )
  )
    return sentence;
  if (rest.slice(0, second).some(({ concept }) => ['verb', 'cue', 'join', 'boundary'].includes(concept.kind)))
    return sentence;
  const places = rest.some(isPlace) ? [] : sentence.slice(turn, into).filter(isPlace);
  return [
    ...before(sentence, turn, into).map((span, at) => (at === turn ? remove(span) : span)),
    { ...(sentence[into] as Span), concept: { kind: 'verb', edit: 'add' } },
    ...places,
    ...rest,
  ];
}

/** Up to what it shall become; the grades there are of what it is now. */
const before = (sentence: readonly Span[], turn: number, into: number): readonly Span[] =>
  sentence
    .slice(0, into)
    .map((span, at) =>
      at > turn && span.concept.kind === 'severity' ? { ...span, concept: { kind: 'neutral' } } : span,
    );
const isOne = ({ phrase }: Span): boolean => /^ones?$/.test(phrase);
/** "Normal lung", "clear lung", "nothing". */
const isNormal = ({ concept, phrase }: Span): boolean =>
  concept.kind === 'normal' ||
  (concept.kind === 'finding' && (concept.certainty === 'negated' || concept.finding === 'no_finding')) ||
  /^(healthy|nothing|air|clear)$/.test(phrase);
