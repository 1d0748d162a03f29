/**
 * Names that one asks by and a report is not coded by: "hyperinflated lungs", "white out", "vascular congestion", "left lower lobe
 * collapse", "cardiothoracic ratio 0.6"; and diagnoses, which are no findings, with what they look like.
 */

import type { Look } from './look';
import type { Span } from './match';
import type { Finding, Severity } from './vocabulary';

interface AskedName {
  /** All of some words in a row. */
  readonly words: RegExp;
  readonly finding: Finding;
  readonly severity?: Severity;
}

const NAMES: readonly AskedName[] = [
  { words: /^((hyper|over) ?(inflat(e|ed|ion)|expan(d|ded|sion))|air trapping)( lungs?)?$/, finding: 'emphysema' },
  { words: /^white ?outs?$|^white (lung|hemithorax)$/, finding: 'lung_opacity', severity: 3 },
  { words: /^fibrothorax$/, finding: 'pleural_thickening', severity: 3 },
  { words: /^deep sulcus( sign)?$/, finding: 'pneumothorax' },
  {
    words: /^((pulmonary|lung) )?((vascular|venous) )?(congestion|congested)$/,
    finding: 'edema',
    severity: 1,
  },
  { words: /^(cephali[sz]ation|upper lobe (blood )?diversion)$/, finding: 'edema', severity: 1 },
  { words: /^((bi)?basal |basilar )?reticulations?$/, finding: 'fibrosis' },
  { words: /^(flat(tened)? (hemi)?diaphragms?|barrel (shaped )?chest)$/, finding: 'emphysema' },
  { words: /^granulomas?$/, finding: 'nodule' },
];
const MOST_WORDS = 3;
/** Of an opacity: nothing of the lung is spared. */
const COMPLETE = /^(complete|total|entire|whole|full)$/;

/** A sentence in which those names are findings. */
export function withAskedNames(sentence: readonly Span[]): readonly Span[] {
  const out: Span[] = [];
  for (let at = 0; at < sentence.length;) {
    const found = nameAt(sentence, at);
    if (found === undefined) out.push(sentence[at] as Span);
    else out.push(found.span);
    at += found?.length ?? 1;
  }
  return out.map((span, at) => (isComplete(out, at) ? { ...span, concept: { kind: 'severity', value: 3 } } : span));
}

function nameAt(sentence: readonly Span[], at: number): { readonly span: Span; readonly length: number } | undefined {
  for (let length = Math.min(MOST_WORDS, sentence.length - at); length > 0; length--) {
    const words = sentence.slice(at, at + length);
    const [first, last] = [words[0], words.at(-1)];
    const phrase = words.map((word) => word.phrase).join(' ');
    const name = NAMES.find((each) => each.words.test(phrase));
    if (name === undefined || first === undefined || last === undefined) continue;
    const { finding, severity } = name;
    const concept = { kind: 'finding', finding, ...(severity === undefined ? {} : { severity }) } as const;
    return { span: { phrase, start: first.start, end: last.end, concept }, length };
  }
  return undefined;
}

function isComplete(sentence: readonly Span[], at: number): boolean {
  const [span, next] = [sentence[at], sentence[at + 1]];
  return (
    COMPLETE.test(span?.phrase ?? '') && next?.concept.kind === 'finding' && next.concept.finding === 'lung_opacity'
  );
}

/**
 * Some looks are of one finding alone, and name it where the words about them name nothing: a ratio is of the heart, a collapse of
 * a lobe. "Right upper lobe collapse and a left nodule" has both.
 */
export function withNamesOfLooks(
  sentences: readonly (readonly Span[])[],
  looks: readonly Look[],
): readonly (readonly Span[])[] {
  return looks.reduce((all, look) => {
    const finding = namedBy(look);
    if (finding === undefined) return all;
    const { start, end } = look;
    const span: Span = { phrase: finding, start, end, concept: { kind: 'finding', finding } };
    const own = all.findIndex((sentence) => (sentence.at(-1)?.end ?? 0) > start);
    const into = own < 0 ? all.length - 1 : own;
    if (into < 0) return [[span]];
    return all.map((sentence, at) => (at === into ? withName(sentence, span, look.kind === 'amount') : sentence));
  }, sentences);
}

/** The name where it is said, unless its clause names something already, or the sentence the same. */
function withName(sentence: readonly Span[], name: Span, isRatio: boolean): readonly Span[] {
  const at = sentence.findIndex(({ start }) => start > name.start);
  const cut = at < 0 ? sentence.length : at;
  const parts = (span: Span): boolean => ['join', 'boundary'].includes(span.concept.kind);
  const from = sentence.slice(0, cut).findLastIndex(parts) + 1;
  const next = sentence.slice(cut).findIndex(parts);
  const clause = sentence.slice(from, next < 0 ? undefined : cut + next);
  const names = ({ concept }: Span): boolean => concept.kind === 'finding' || concept.kind === 'heart';
  const { concept } = name;
  const same = sentence.some(
    (span) => span.concept.kind === 'finding' && concept.kind === 'finding' && span.concept.finding === concept.finding,
  );
  // A ratio is of the heart, whatever else its clause names: "CTR of 0.58 without edema".
  const named = isRatio ? clause.some(({ concept }) => concept.kind === 'heart') : clause.some(names);
  return same || named ? sentence : [...sentence.slice(0, cut), name, ...sentence.slice(cut)];
}

const LOOKS_OF_ONE: ReadonlyMap<string, Finding> = new Map([
  ['lobe collapse', 'atelectasis'],
  ['collapsed', 'atelectasis'],
  ['volume loss', 'atelectasis'],
  ['cavity', 'nodule'],
  ['hyperinflated', 'emphysema'],
]);

function namedBy(look: Look): Finding | undefined {
  if (look.kind === 'amount') return look.unit === 'ratio' ? 'cardiomegaly' : undefined;
  return LOOKS_OF_ONE.get(look.phrase);
}

/** Diagnoses, each with a request that `parseEdits` understands. */
export const DIAGNOSES: readonly { readonly words: RegExp; readonly looksLike: string }[] = [
  {
    words: /\b(chf|(congestive )?(heart|cardiac) failure|decompensation|(fluid|volume) overload)\b/i,
    looksLike: 'cardiomegaly; moderate pulmonary edema; small bilateral effusions',
  },
  { words: /\bards\b|\bacute respiratory distress\b/i, looksLike: 'severe opacity in both lungs' },
  {
    words: /\b(tb|tuberculosis)\b/i,
    looksLike: '2 cm cavitating nodule in the right upper zone; right upper zone consolidation',
  },
  {
    words: /\b(lung |bronchial )?(cancer|carcinoma|malignancy|tumou?r)\b/i,
    looksLike: '35 mm spiculated mass in the right upper zone',
  },
  { words: /\b(metastas[ie]s|metastatic)\b/i, looksLike: 'several 20 mm nodules in both lungs' },
  { words: /\bcopd\b/i, looksLike: 'moderate emphysema' },
  { words: /\b(uip|ipf|nsip|interstitial lung disease|ild)\b/i, looksLike: 'moderate pulmonary fibrosis' },
];
