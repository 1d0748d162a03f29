/** How one asks, beside what a report says: "less opacity", "opacity 2.5", "whiter on the right", "remove the effusion but not the nodule". */

import type { EditVerb } from './lexicon';
import type { Span } from './match';
import { MAX_SEVERITY } from './vocabulary';

const SOFTER =
  /^(decrease|reduce|improve|lessen|lighten|lower the|shrink|diminish|soften|weaken|fade|minimi[sz]e|downgrade|tone down|turn down|scale down|cut down|make less|halve|ease|less|fewer|smaller|milder|fainter|lighter|thinner|darker|blacker|clearer|better|weaker|thinner|narrower|gentler|subtler|dial down|bring down|abate|alleviate|dampen|attenuate|calm|ease off|slow|mitigate|(less|not so|not as) .+)$/;
const STRONGER =
  /^(increase|worsen|raise|enlarge|grow|expand|intensify|strengthen|deepen|aggravate|exacerbate|upgrade|amplify|boost|scale up|turn up|make more|more|larger|worse|denser|stronger|heavier|greater|severer|bigger|thicker|wider|taller|higher|dial up|bump up|ramp up|crank up|step up|bring up|swell|double|triple|augment|accentuate|magnify|escalate|heighten|advance|more .+)$/;
const COMPARED =
  /^(less|fewer|smaller|milder|fainter|lighter|thinner|weaker|better|more|larger|bigger|thicker|worse|stronger|heavier|greater|severer)$/;
/** Shades that lung opacity gives, and takes. */
const WHITER =
  /^(whiter|brighter|denser|hazier|cloudier|foggier|opaquer|whiten|brighten|opacify|more (white|opaque|hazy|dense|cloudy|bright|foggy)|less (black|dark|lucent|clear|transparent)|too (black|dark|lucent|clear|transparent))$/;
const DARKER =
  /^(darker|blacker|clearer|darken|blacken|less (white|opaque|hazy|dense|cloudy|bright|foggy)|more (black|dark|lucent|clear|transparent)|too (white|opaque|hazy|dense|cloudy|bright|foggy))$/;
/** What is named goes. */
const GO_AWAY = /^(disappear|vanish|gone|go away|away|go)$/;
/** Bring, take and the like are moves where a place to go to is said. */
const CARRIES = /^(take|bring|carry|switch|swap|slide|push|shift|drag|get|pull|put|place|transport|reposition)$/;
/** "More severe" and "less extensive" are of a direction, not of a grade. */
const COMPARES = /^(more|less|as|so)$/;
const UNTOUCHED = /^(untouched|alone|stay|remain|unchanged|unaltered|as it is|as they are|as is|as before)$/;
const TO_NUMBER = /^(to|at|of|=)$/;

const EXPANDS = /^(re ?expand|re ?inflate)$/;
const DRAINS = /^(drain|tap)$/;

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';
const isHeart = ({ concept }: Span): boolean => concept.kind === 'heart';
const verb = (span: Span, edit: EditVerb): Span => ({ ...span, concept: { kind: 'verb', edit } });

/** Whether the words ask for less or for more of what they name, where they tell no grade. */
export function direction(spans: readonly Span[]): 'less' | 'more' | undefined {
  if (spans.some(({ phrase }) => SOFTER.test(phrase) || DARKER.test(phrase))) return 'less';
  return spans.some(({ phrase }) => STRONGER.test(phrase)) ? 'more' : undefined;
}

/** A shade is no direction of what it names. */
const isShade = ({ phrase }: Span): boolean => WHITER.test(phrase) || DARKER.test(phrase);
const isPlace = ({ concept }: Span): boolean => concept.kind === 'side' || concept.kind === 'level';

/** Rewritten in the words that the edit line reads. */
export function withIdioms(sentence: readonly Span[]): readonly Span[] {
  return withPlainIdioms(
    stays(withShades(withMoves(goneAway(drainedTo(expandedAgain(intoGrades(compared(sentence)))))))),
  );
}

/** "Re-expand the right lung": the air beside it goes, unless something else is named. */
function expandedAgain(sentence: readonly Span[]): readonly Span[] {
  const at = sentence.findIndex(({ phrase }) => EXPANDS.test(phrase));
  const end = sentence.findIndex(
    ({ concept }, index) => index > at && (concept.kind === 'join' || concept.kind === 'boundary'),
  );
  const part = sentence.slice(Math.max(0, at), end < 0 ? undefined : end);
  const lung = part.find(({ concept }) => concept.kind === 'lung');
  if (at < 0 || lung === undefined || part.some(isFinding)) return sentence;
  const air: Span = { ...lung, phrase: 'pneumothorax', concept: { kind: 'finding', finding: 'pneumothorax' } };
  return sentence.map((span) => (span === lung ? air : span));
}

/** "Drain the effusion to mild": less of it, not none. */
function drainedTo(sentence: readonly Span[]): readonly Span[] {
  const drains = sentence.findIndex(
    ({ concept, phrase }, at) =>
      (concept.kind === 'verb' && concept.edit === 'remove') || (at === 0 && DRAINS.test(phrase)),
  );
  const finding = sentence.findIndex((span, at) => at > drains && isFinding(span));
  const graded = sentence.some(
    ({ concept }, at) => at > finding && concept.kind === 'severity' && sentence[at - 1]?.phrase === 'to',
  );
  if (drains < 0 || finding < 0 || !graded) return sentence;
  return sentence.map((span, at) => (at === drains ? verb(span, 'grade') : span));
}

/** "The effusion stays": a sentence of its own. */
function stays(sentence: readonly Span[]): readonly Span[] {
  const first = sentence[0];
  if (first === undefined || sentence.some(({ concept }) => concept.kind === 'verb') || !staysBehind(sentence, -1))
    return sentence;
  return [verb({ ...first, phrase: 'keep' }, 'keep'), ...sentence];
}

/** "Make it less severe". */
function compared(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) =>
    span.concept.kind === 'severity' &&
    Number.isInteger(span.concept.value) &&
    COMPARES.test(sentence[at - 1]?.phrase ?? '')
      ? { ...span, concept: { kind: 'neutral' } }
      : span,
  );
}

/** "Turn the severe edema into mild edema": the name and the grade that are turned into. */
function intoGrades(sentence: readonly Span[]): readonly Span[] {
  const into = sentence.findIndex(({ phrase }) => phrase === 'into');
  const graded = sentence
    .slice(0, Math.max(0, into))
    .some(({ concept }) => concept.kind === 'verb' && concept.edit === 'grade');
  const after = sentence.slice(into + 1);
  const grade = after.findIndex(({ concept }) => concept.kind === 'severity' || concept.kind === 'severityNumber');
  if (into < 0 || !graded || grade < 0 || after.slice(0, grade).some(isFinding)) return sentence;
  const name = after.find(isFinding);
  return sentence.map((span, at) => {
    const first =
      at < into && isFinding(span) && isFinding(name ?? span) && name !== undefined && sameFinding(span, name);
    return at < into && (span.concept.kind === 'severity' || first) ? { ...span, concept: { kind: 'neutral' } } : span;
  });
}

const sameFinding = ({ concept }: Span, other: Span): boolean =>
  concept.kind === 'finding' && other.concept.kind === 'finding' && concept.finding === other.concept.finding;

/** "Make the effusion disappear", "take the opacity away", "the edema should go". */
function goneAway(sentence: readonly Span[]): readonly Span[] {
  const gone = sentence.findIndex(
    ({ phrase }, at) =>
      (GO_AWAY.test(phrase) || (phrase === 'out' && at === sentence.length - 1)) &&
      sentence.slice(0, at).some(isFinding),
  );
  if (gone < 0) return sentence;
  const from = sentence
    .slice(0, gone)
    .findLastIndex(({ concept }) => concept.kind === 'join' || concept.kind === 'boundary');
  return sentence.map((span, at) => {
    if (at === gone) return verb(span, 'remove');
    return at > from && at < gone && span.concept.kind === 'verb' ? { ...span, concept: { kind: 'neutral' } } : span;
  });
}

/** "Bring the opacity over to the left lung", "take it from the base and put it in the apex". */
function withMoves(sentence: readonly Span[]): readonly Span[] {
  const start = sentence.findIndex(({ phrase }) => CARRIES.test(phrase));
  const finding = sentence.findIndex(isFinding);
  if (start < 0 || finding < start) return sentence;
  const again = sentence.findIndex(
    ({ phrase }, at) =>
      at > finding && /^(put|place|drop|set|move)$/.test(phrase) && /^(it|them)$/.test(sentence[at + 1]?.phrase ?? ''),
  );
  const to =
    again >= 0 ? again : sentence.findIndex(({ phrase }, at) => at > finding && /^(to|into|across|over)$/.test(phrase));
  const target = to < 0 ? [] : sentence.slice(to + 1);
  const first = target.findIndex(
    (span) => isPlace(span) || span.concept.kind === 'severity' || span.concept.kind === 'number',
  );
  const aims = target[first];
  const puts = /^(put|place)$/.test(sentence[start]?.phrase ?? '') && again < 0;
  if (aims === undefined || !isPlace(aims) || puts) return sentence;
  return sentence.flatMap((span, at): readonly Span[] => {
    if (at === start) return [verb(span, 'move')];
    if (again >= 0 && at >= again - 1 && at <= again + 1) {
      if (at === again) return [{ ...span, phrase: 'to', concept: { kind: 'preposition' } }];
      return at === again - 1 && span.concept.kind !== 'join' ? [span] : [];
    }
    return [span];
  });
}

/** "Whiter on the right", "darken the left base": of opacity, where no finding is named. */
function withShades(sentence: readonly Span[]): readonly Span[] {
  const named = sentence.some((span) => isFinding(span) || isHeart(span));
  const shades = sentence.flatMap((span, at) => (isShade(span) ? [at] : []));
  const last = shades.at(-1);
  if (named || last === undefined) return sentence;
  const darker = DARKER.test(sentence[last]?.phrase ?? '');
  return sentence.flatMap((span, at): readonly Span[] => {
    if (at === last) {
      const opacity: Span = { ...span, concept: { kind: 'finding', finding: 'lung_opacity' } };
      // Its phrase tells the direction, where there is one.
      return [darker ? opacity : { ...opacity, phrase: 'opacity' }];
    }
    // "Make it whiter" adds; "too white, make it darker" is one wish.
    if (span.concept.kind === 'verb' && span.concept.edit === 'grade')
      return [{ ...span, concept: { kind: 'neutral' } }];
    return [span.concept.kind === 'join' && shades.length > 1 ? { ...span, concept: { kind: 'neutral' } } : span];
  });
}

function withPlainIdioms(sentence: readonly Span[]): readonly Span[] {
  const named = sentence.some((span) => isFinding(span) || isHeart(span));
  const heart = sentence.some(isHeart);
  const governed = sentence.some(({ concept }) => concept.kind === 'verb');
  const removes = sentence.findIndex(
    ({ concept, phrase }) => (concept.kind === 'verb' && concept.edit === 'remove') || phrase === 'clear',
  );
  return sentence.map((span, at): Span => {
    const { phrase, concept } = span;
    const before = sentence[at - 1];
    if (DRAINS.test(phrase) && at === 0) return verb(span, 'remove');
    if (phrase === 'shift' && at === 0) return verb(span, 'move');
    if (concept.kind === 'number' && isGrade(sentence, at))
      return { ...span, concept: { kind: 'severity', value: concept.value } };
    if (heart && /^(larger|smaller)$/.test(phrase)) return { ...span, concept: { kind: 'enlarged' } };
    if (named && !governed && COMPARED.test(phrase)) return verb(span, 'grade');
    if (
      phrase === 'not' &&
      removes >= 0 &&
      removes < at &&
      (before?.concept.kind === 'join' || before?.concept.kind === 'boundary')
    )
      return verb(span, 'keep');
    if (concept.kind === 'join' && removes >= 0 && staysBehind(sentence, at)) return verb(span, 'keep');
    return span;
  });
}

/** "Opacity 2.5 in the left mid zone", "set the effusion to 1": no count, no size. */
function isGrade(sentence: readonly Span[], at: number): boolean {
  const { concept } = sentence[at] ?? {};
  const before = sentence[at - 1];
  if (concept?.kind !== 'number' || concept.value > MAX_SEVERITY) return false;
  const next = sentence[at + 1];
  // "2.5 opacity", but "2 nodules" are counted.
  if (before === undefined) return !Number.isInteger(concept.value) && next !== undefined && isFinding(next);
  if (next?.concept.kind === 'number' || next?.phrase === '/' || next?.concept.kind === 'unknown') return false;
  const end = next === undefined || next.concept.kind === 'join';
  return (
    isFinding(before) ||
    (TO_NUMBER.test(before.phrase) && sentence.slice(0, at).some(isFinding)) ||
    (end && sentence.slice(0, at).some(isFinding)) ||
    !Number.isInteger(concept.value)
  );
}

/** "…, effusion unchanged": what follows the join shall stay as it is. */
function staysBehind(sentence: readonly Span[], join: number): boolean {
  const rest = sentence.slice(join + 1);
  const end = rest.findIndex(({ concept }) => concept.kind === 'join' || concept.kind === 'verb');
  const part = end < 0 ? rest : rest.slice(0, end);
  const finding = part.findIndex(
    (span) => isFinding(span) || span.concept.kind === 'lung' || span.concept.kind === 'side',
  );
  return (
    finding >= 0 &&
    part
      .slice(finding + 1)
      .some(({ concept, phrase }) => UNTOUCHED.test(phrase) || (concept.kind === 'state' && concept.still))
  );
}
