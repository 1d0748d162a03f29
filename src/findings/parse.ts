/** Text to statement by rules: one-liners and short reports. What is not understood is reported, never dropped in silence. */

import { attribute, type AttributedClause, type Mention } from './attribute';
import { certainties, type Doubt } from './certainty';
import { knowledgeOf } from './knowledge';
import { otherLanguageOf } from './language';
import { clausesOf, matchSentences, type Span } from './match';
import { resolvePlaces } from './places';
import { withReferences } from './references';
import { seenSections } from './sections';
import { twofold } from './twofold';
import { DEFAULT_SEVERITY, severityOf } from './severity';
import type { Certainty, Statement, StatementItem } from './statement';
import { MAX_SEVERITY } from './vocabulary';

/** A part of the text that no finding was made of. Offsets are [start, end) into the text. */
export interface Unrecognised {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A word the parser does not know, or a thing it knows that is no finding of the vocabulary. */
  readonly reason: 'unknown-word' | 'outside-vocabulary';
}

/** Where an item of the statement was said, item by item. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly severityStated: boolean;
  readonly placeStated: boolean;
  /** A side was said, and no level of it: every usual level is among the places. */
  readonly sideAlone?: true;
  /** How it is doubted; of a possible finding alone. */
  readonly doubt?: Doubt;
}

/** A word that was read as another, one slip of the keys away. */
export interface Mended {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What it was read as. */
  readonly read: string;
}

export interface Parsed {
  readonly statement: Statement;
  readonly evidence: readonly Evidence[];
  readonly unrecognised: readonly Unrecognised[];
  readonly mended: readonly Mended[];
}

/** Items in reading order; a finding said twice gives two items (see `mergeStatement`). Text of another language gives none. */
export function parse(text: string): Parsed {
  if (otherLanguageOf(text) !== undefined)
    return {
      statement: { items: [] },
      evidence: [],
      unrecognised: [{ text, start: 0, end: text.length, reason: 'unknown-word' }],
      mended: [],
    };
  const sentences = matchSentences(seenSections(text));
  const parsed = withReferences(parseSentences(sentences, text), sentences, text);
  const told = parsed.evidence.flatMap((evidence, index) => {
    const item = parsed.statement.items[index];
    return item === undefined ? [] : twofold({ item, evidence }, text);
  });
  return {
    ...parsed,
    statement: { items: told.map(({ item }) => item) },
    evidence: told.map(({ evidence }) => evidence),
  };
}

/** Of sentences that were matched in the text. @param asked they are a request: a comma begins the next */
export function parseSentences(sentences: readonly (readonly Span[])[], text: string, asked = false): Parsed {
  const items: StatementItem[] = [];
  const evidence: Evidence[] = [];
  const unrecognised: Unrecognised[] = [];
  for (const sentence of sentences) {
    const first = items.length;
    unrecognised.push(...sentence.flatMap((span) => remarkOn(span, text)));
    for (const clause of clausesOf(sentence).map((each) => attribute(each, asked))) {
      const sure = certainties(clause);
      clause.mentions.forEach((mention, order) => {
        const { said, doubt } = sure[order] ?? { said: 'certain' };
        if (said === 'unsaid') return;
        for (const modifiers of degreesOf(mention.modifiers)) {
          const read = itemOf(clause, { ...mention, modifiers }, said);
          if (read === undefined) return;
          items.push(read.item);
          evidence.push(
            doubt === undefined || read.item.certainty !== 'possible' ? read.evidence : { ...read.evidence, doubt },
          );
        }
      });
    }
    withoutSigns(items, evidence, first, text);
    // "No abnormality other than a nodule": the rest of the sentence tells what the chest is not free of.
    const found = items
      .slice(first)
      .some(({ finding, certainty }) => finding !== 'no_finding' && certainty !== 'negated');
    if (found && sentence.some(({ phrase }) => EXCEPTS.test(phrase))) {
      for (let at = items.length - 1; at >= first; at -= 1) {
        if (items[at]?.finding !== 'no_finding') continue;
        items.splice(at, 1);
        evidence.splice(at, 1);
      }
    }
  }
  return { statement: { items }, evidence, unrecognised, mended: sentences.flatMap((each) => mendedIn(each, text)) };
}

/** "Blunting of the left angle without effusion": what the sentence denies its sign does not suggest. */
function withoutSigns(items: StatementItem[], evidence: Evidence[], first: number, text: string): void {
  const denied = items.slice(first).some(({ finding, certainty }) => finding === 'effusion' && certainty === 'negated');
  if (!denied) return;
  for (let at = items.length - 1; at >= first; at -= 1) {
    const { start = 0, end = 0 } = evidence[at] ?? {};
    if (items[at]?.finding !== 'effusion' || !SIGN.test(text.slice(start, end))) continue;
    items.splice(at, 1);
    evidence.splice(at, 1);
  }
}

const SIGN = /^(blunt|obliterat|effac)/i;
const EXCEPTS =
  /^(other than|aside from|apart from|except|except for|excepting|besides|save for|beyond|with the exception of)$/;

const isDegree = (span: Span): boolean => span.concept.kind === 'severity' || span.concept.kind === 'severityNumber';
const isLocation = (span: Span): boolean => ['side', 'level', 'mediastinum'].includes(span.concept.kind);

/** "severe left lower and mild right mid zone opacity" names one finding in two degrees: the modifiers of each. */
function degreesOf(modifiers: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  modifiers.forEach((span, index) => {
    const previous = modifiers.slice(0, index).findLast((each) => each.concept.kind !== 'join');
    // A degree right after a degree makes a range: "mild to moderate".
    const begins = isDegree(span) && (previous === undefined || isLocation(previous));
    if (begins || groups.length === 0) groups.push([span]);
    else groups.at(-1)?.push(span);
  });
  return groups.length > 1 && groups.every((group) => group.some(isDegree) && group.some(isLocation))
    ? groups
    : [modifiers];
}

/** What was read of words that are spelt otherwise, each once. */
export function mendedIn(sentence: readonly Span[], text: string): readonly Mended[] {
  const slips = sentence.filter(({ mended }) => mended === true);
  return slips
    .filter(({ start }, at) => slips.findIndex((other) => other.start === start) === at)
    .map(({ start, end, phrase }) => ({ text: text.slice(start, end), start, end, read: phrase }));
}

function remarkOn(span: Span, text: string): readonly Unrecognised[] {
  const { kind } = span.concept;
  const at = { text: text.slice(span.start, span.end), start: span.start, end: span.end };
  if (kind === 'unknown') return [{ ...at, reason: 'unknown-word' }];
  if (kind === 'other' && span.concept.abnormal) return [{ ...at, reason: 'outside-vocabulary' }];
  return [];
}

function itemOf(
  clause: AttributedClause,
  mention: Mention,
  certainty: Certainty,
): { item: StatementItem; evidence: Evidence } | undefined {
  const span = clause.spans[mention.at];
  if (span?.concept.kind !== 'finding') return undefined;
  const { finding } = span.concept;
  const knowledge = knowledgeOf(finding);
  const places =
    knowledge.site === 'chest' ? [] : resolvePlaces(mention.modifiers, mention.beside ?? knowledge.usualLevels);
  const stated = severityOf(mention.modifiers, span);
  const usual = finding === 'no_finding' ? MAX_SEVERITY : (span.concept.severity ?? DEFAULT_SEVERITY);
  // "severity 0" denies.
  const denied = certainty === 'negated' || stated === 0;
  const present = finding === 'no_finding' ? usual : (stated ?? usual);
  return {
    item: { finding, places, severity: denied ? 0 : present, certainty: denied ? 'negated' : certainty },
    evidence: {
      start: span.start,
      end: span.end,
      severityStated: stated !== undefined,
      placeStated: places.length > 0,
      ...(sideAlone(mention) ? { sideAlone: true } : {}),
    },
  };
}

const sideAlone = ({ modifiers }: Mention): boolean =>
  modifiers.some(({ concept }) => concept.kind === 'side') &&
  !modifiers.some(({ concept }) => ['level', 'mediastinum', 'spared'].includes(concept.kind));

const WEIGHT: Readonly<Record<Certainty, number>> = { negated: 0, possible: 1, certain: 2 };

/**
 * One item a finding, as a whole report means it: presence outweighs denial, the surer mention gives the certainty,
 * the worst gives the severity, places are united; a normal chest holds only if nothing is found.
 */
export function mergeStatement(statement: Statement): Statement {
  const merged = new Map<string, StatementItem>();
  for (const item of statement.items) {
    const known = merged.get(item.finding);
    if (known === undefined || (WEIGHT[known.certainty] === 0 && WEIGHT[item.certainty] > 0)) {
      merged.set(item.finding, item);
    } else if (WEIGHT[known.certainty] > 0 === WEIGHT[item.certainty] > 0) {
      merged.set(item.finding, {
        finding: item.finding,
        places: [...new Set([...known.places, ...item.places])],
        severity: Math.max(known.severity, item.severity),
        certainty: WEIGHT[item.certainty] > WEIGHT[known.certainty] ? item.certainty : known.certainty,
      });
    }
  }
  const items = [...merged.values()];
  const abnormal = items.some((item) => item.finding !== 'no_finding' && item.certainty !== 'negated');
  return { items: abnormal ? items.filter((item) => item.finding !== 'no_finding') : items };
}
