/** How one asks, beside what a report says: "less opacity", "opacity 2.5", "whiter on the right", "remove the effusion but not the nodule". */

import type { EditVerb } from './lexicon';
import type { Span } from './match';
import { MAX_SEVERITY } from './vocabulary';

const SOFTER =
  /^(decrease|reduce|improve|lessen|lighten|lower the|shrink|diminish|soften|weaken|fade|minimi[sz]e|downgrade|tone down|turn down|scale down|cut down|make less|halve|ease|less|fewer|smaller|milder|fainter|lighter|thinner|darker|blacker|clearer|better|weaker)$/;
const STRONGER =
  /^(increase|worsen|raise|enlarge|grow|expand|intensify|strengthen|deepen|aggravate|exacerbate|upgrade|amplify|boost|scale up|turn up|make more|more|larger|worse|denser|stronger|heavier|greater|severer)$/;
const COMPARED =
  /^(less|fewer|smaller|milder|fainter|lighter|thinner|weaker|more|larger|worse|stronger|heavier|greater|severer)$/;
const WHITE = /^(whiter|brighter|denser|hazier|cloudier|opaquer|darker|blacker|clearer|whiten|darken)$/;
const UNTOUCHED = /^(untouched|alone|stay|as it is|as they are|as is)$/;
const TO_NUMBER = /^(to|at|of|=)$/;

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';
const isHeart = ({ concept }: Span): boolean => concept.kind === 'heart';
const verb = (span: Span, edit: EditVerb): Span => ({ ...span, concept: { kind: 'verb', edit } });

/** Whether the words ask for less or for more of what they name, where they tell no grade. */
export function direction(spans: readonly Span[]): 'less' | 'more' | undefined {
  if (spans.some(({ phrase }) => SOFTER.test(phrase))) return 'less';
  return spans.some(({ phrase }) => STRONGER.test(phrase)) ? 'more' : undefined;
}

export function withIdioms(sentence: readonly Span[]): readonly Span[] {
  const named = sentence.some((span) => isFinding(span) || isHeart(span));
  const heart = sentence.some(isHeart);
  const governed = sentence.some(({ concept }) => concept.kind === 'verb');
  const removes = sentence.findIndex(
    ({ concept, phrase }) => (concept.kind === 'verb' && concept.edit === 'remove') || phrase === 'clear',
  );
  return sentence.map((span, at): Span => {
    const { phrase, concept } = span;
    const before = sentence[at - 1];
    if (phrase === 'shift' && at === 0) return verb(span, 'move');
    if (concept.kind === 'number' && isGrade(sentence, at))
      return { ...span, concept: { kind: 'severity', value: concept.value } };
    if (!named && WHITE.test(phrase)) return { ...span, concept: { kind: 'finding', finding: 'lung_opacity' } };
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
  if (concept?.kind !== 'number' || concept.value > MAX_SEVERITY || before === undefined) return false;
  const next = sentence[at + 1];
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
