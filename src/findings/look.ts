/**
 * How a finding shall look, in the words of the edit line: its size or share ("3 cm", "25 mm", "35 %", "ratio 0.6") and its
 * variants ("spiculated", "ground glass", "subpulmonic"). Only findings that are drawn have a look; see drawn.ts.
 */

import { roundedAmount } from './amountWords';
import { amountOf, severityOfAmount, type AmountUnit } from './amounts';
import { DRAWN_FINDINGS, drawnKind, type DrawnChoice } from './drawn';
import { isMeantAsLook } from './meantAsLook';
import { tokenise, type Token } from './tokenise';
import type { Finding, Severity } from './vocabulary';
import type { SketchWish } from './wish';

/** A part of the text that says how something looks. Offsets are [start, end) into the text. */
export type Look = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'amount'; readonly unit: AmountUnit; readonly value: number }
  /** Words that mean a variant of some finding; which, the finding tells. */
  | { readonly kind: 'words'; readonly phrase: string }
);

/** Longest phrase of a variant in words. */
const MAX_WORDS = 4;
const MILLIMETRES: ReadonlyMap<string, number> = new Map(
  Object.entries({ mm: 1, millimeter: 1, millimetre: 1, cm: 10, centimeter: 10, centimetre: 10 }),
);
const PERCENT = new Set(['%', 'percent', 'per']);
const RATIO = new Set(['ratio', 'ctr']);
const HEART = /^(?:heart|cardiac|cardiomegaly|cardiothoracic)$/;
/** Numbers that are written out, of a size: "a two cm nodule". */
const WRITTEN = new Map(['one', 'two', 'three', 'four', 'five', 'six'].map((word, at) => [word, at + 1]));
/** Bare numbers in between are ratios, right after "cardiomegaly". */
const LEAST_RATIO = 0.45;
const GREATEST_RATIO = 0.8;

function normal(phrase: string): string {
  return tokenise(phrase)
    .map(({ word }) => word)
    .join(' ');
}

/** Of each finding: the variant that each phrase means. */
const VARIANTS = new Map(
  DRAWN_FINDINGS.map((finding) => [
    finding,
    new Map(
      (drawnKind(finding)?.options ?? []).flatMap(({ name, choices }) =>
        choices.flatMap(({ choice, words }) => words.map((each) => [normal(each), { [name]: choice }] as const)),
      ),
    ),
  ]),
);

const ALL_WORDS = new Set([...VARIANTS.values()].flatMap((variants) => [...variants.keys()]));

/** Everything in the text that may say how something looks, in reading order. */
export function looksIn(text: string): readonly Look[] {
  const tokens = tokenise(text);
  const looks: Look[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = amountAt(tokens, at) ?? wordsAt(tokens, at);
    if (found !== undefined && isMeant(text, found.look, looks)) looks.push(found.look);
    at += found?.length ?? 1;
  }
  return looks;
}

function isMeant(text: string, look: Look, before: readonly Look[]): boolean {
  return look.kind === 'amount' || isMeantAsLook(text, look, isNumber(look) && { again: before.some(isNumber) });
}

/** Whether one word says how some finding looks. */
export function isLookWord(word: string): boolean {
  return ALL_WORDS.has(word);
}

interface Found {
  readonly look: Look;
  /** Tokens that it takes. */
  readonly length: number;
}

function amountAt(tokens: readonly Token[], at: number): Found | undefined {
  const from = tokens[at];
  if (from === undefined) return undefined;
  if (RATIO.has(from.word)) {
    const number = tokens.slice(at + 1, at + 4).findIndex(({ word }) => /^\d/.test(word));
    const between = tokens.slice(at + 1, at + 1 + number).every(({ word }) => word === 'of' || word === 'to');
    const last = tokens[at + 1 + number];
    if (number < 0 || !between || last === undefined) return undefined;
    const after = tokens[at + 2 + number];
    const percent = after !== undefined && PERCENT.has(after.word) ? after : undefined;
    return {
      look: {
        kind: 'amount',
        unit: 'ratio',
        value: ratioOf(Number(last.word)),
        start: from.start,
        end: (percent ?? last).end,
      },
      length: number + (percent === undefined ? 2 : 3),
    };
  }
  const unit = tokens[at + 1];
  const written = WRITTEN.get(from.word);
  const scaleOf = (word: string | undefined): number | undefined =>
    word === undefined ? undefined : MILLIMETRES.get(word);
  if (written !== undefined && scaleOf(unit?.word) !== undefined && unit !== undefined)
    return {
      look: {
        kind: 'amount',
        unit: 'mm',
        value: written * (scaleOf(unit.word) ?? 1),
        start: from.start,
        end: unit.end,
      },
      length: 2,
    };
  if (!/^\d/.test(from.word)) return undefined;
  if (isBareRatio(tokens, at))
    return {
      look: { kind: 'amount', unit: 'ratio', value: Number(from.word), start: from.start, end: from.end },
      length: 1,
    };
  const scale = unit === undefined ? undefined : MILLIMETRES.get(unit.word);
  if (unit === undefined) return undefined;
  if (scale !== undefined)
    return {
      look: { kind: 'amount', unit: 'mm', value: Number(from.word) * scale, start: from.start, end: unit.end },
      length: 2,
    };
  if (!PERCENT.has(unit.word)) return undefined;
  const isOfHeart = isHeartTo(tokens, at);
  return {
    look: {
      kind: 'amount',
      unit: isOfHeart ? 'ratio' : 'share',
      value: Number(from.word) / 100,
      start: from.start,
      end: unit.end,
    },
    length: 2,
  };
}

/** "Cardiac enlargement to 65%". */
function isHeartTo(tokens: readonly Token[], at: number): boolean {
  const ratio = ratioOf(Number(tokens[at]?.word));
  return (
    tokens[at - 1]?.word === 'to' &&
    ratio >= LEAST_RATIO &&
    ratio <= GREATEST_RATIO &&
    tokens.slice(Math.max(0, at - 4), at - 1).some(({ word }) => HEART.test(word))
  );
}

/** "60 %" and "55" are hundredths: no heart is wider than the chest. */
function ratioOf(number: number): number {
  return number > 1 ? number / 100 : number;
}

/** "Cardiomegaly 0.6": a width of the heart over that of the thorax, as no grade is said that way. */
function isBareRatio(tokens: readonly Token[], at: number): boolean {
  const [before, number, unit] = [tokens[at - 1]?.word, Number(tokens[at]?.word), tokens[at + 1]?.word ?? ''];
  const isRatio = number >= LEAST_RATIO && number <= GREATEST_RATIO;
  return before === 'cardiomegaly' && isRatio && !MILLIMETRES.has(unit) && !PERCENT.has(unit);
}

function wordsAt(tokens: readonly Token[], at: number): Found | undefined {
  for (let length = Math.min(MAX_WORDS, tokens.length - at); length >= 1; length--) {
    const used = tokens.slice(at, at + length);
    const phrase = used.map(({ word }) => word).join(' ');
    const [first, last] = [used[0], used.at(-1)];
    if (first !== undefined && last !== undefined && ALL_WORDS.has(phrase))
      return { look: { kind: 'words', phrase, start: first.start, end: last.end }, length };
  }
  return undefined;
}

/** What a look asks of a finding; undefined: nothing, it has no such amount or variant. */
export function wishOf(finding: Finding, look: Look): Pick<SketchWish, 'amount' | 'options'> | undefined {
  const kind = drawnKind(finding);
  if (kind === undefined) return undefined;
  if (look.kind === 'amount') {
    return look.unit === kind.amount.unit && look.value > 0
      ? { amount: amountOf(kind.amount, { amount: look.value, severity: 0 }) }
      : undefined;
  }
  const options = VARIANTS.get(finding)?.get(look.phrase);
  return options === undefined ? undefined : { options };
}

/** It says how many there shall be. */
export function isNumber(look: Look): boolean {
  return look.kind === 'words' && DRAWN_FINDINGS.some((each) => wishOf(each, look)?.options?.['number'] !== undefined);
}

/** A round density is a nodule up to 30 mm and a mass beyond (Fleischner Society), whatever it is called. */
const LARGEST_NODULE = 30;

/** What a finding of that size is called. */
export function calledAt(finding: Finding, look: Look): Finding {
  if (look.kind !== 'amount' || look.unit !== 'mm') return finding;
  if (finding === 'nodule' && look.value > LARGEST_NODULE) return 'mass';
  return finding === 'mass' && look.value < LARGEST_NODULE ? 'nodule' : finding;
}

/** What is drawn in place of an amount that cannot be, in words; undefined: it can. */
export function keptAmount(finding: Finding, look: Look): string | undefined {
  const kind = drawnKind(finding);
  const amount = wishOf(finding, look)?.amount;
  return kind === undefined || look.kind !== 'amount' || amount === undefined || amount === look.value
    ? undefined
    : amountPhrase(amount, kind.amount.unit);
}

/** Several looks of one finding as one wish; the usual variants are not kept. Of two that differ the later counts. */
export function joinedWish(
  finding: Finding,
  wishes: readonly Pick<SketchWish, 'amount' | 'options'>[],
): SketchWish | undefined {
  const amount = wishes.findLast((wish) => wish.amount !== undefined)?.amount;
  const usual = new Map((drawnKind(finding)?.options ?? []).map(({ name, choices }) => [name, choices[0].choice]));
  const options = Object.fromEntries(
    Object.entries(Object.assign({}, ...wishes.map((wish) => wish.options ?? {})) as Record<string, string>).filter(
      ([name, choice]) => usual.get(name) !== choice,
    ),
  );
  const chosen = Object.keys(options).length > 0;
  return amount === undefined && !chosen
    ? undefined
    : { ...(amount === undefined ? {} : { amount }), ...(chosen ? { options } : {}) };
}

/** "30 mm", "35 %", "ratio 0.62": as the edit line writes an amount. */
export function amountPhrase(amount: number, unit: AmountUnit): string {
  const rounded = roundedAmount(amount, unit);
  if (unit === 'mm') return `${String(rounded)} mm`;
  return unit === 'share' ? `${String(Math.round(100 * rounded))} %` : `ratio ${rounded.toFixed(2)}`;
}

/** "spiculated, calcified" without the comma: the words of the variants that are not the usual ones, in the table's order. */
export function lookPhrase(finding: Finding, options: Readonly<Record<string, string>> = {}): string {
  const chosen = (drawnKind(finding)?.options ?? []).flatMap(({ name, choices }): readonly DrawnChoice[] => {
    const own = choices.find(({ choice }) => choice === options[name]);
    return own === undefined || own === choices[0] ? [] : [own];
  });
  return chosen.map(({ words }) => words[0]).join(' ');
}

/** Severity below which a drawn finding is not asked for: least visible is not absent. */
const LEAST_DRAWN = 0.05;

/** The grade that an amount is worth. */
export function severityAtAmount(finding: Finding, amount: number): Severity | undefined {
  const kind = drawnKind(finding);
  return kind === undefined ? undefined : Math.max(LEAST_DRAWN, severityOfAmount(kind.amount, amount));
}

/** What of a wish the edit line carries: the amount as fine as it is written, and the variants that are not the usual ones. */
export function writtenWish(finding: Finding, { amount, options = {} }: SketchWish = {}): SketchWish | undefined {
  const kind = drawnKind(finding);
  if (kind === undefined) return undefined;
  return joinedWish(finding, [
    { options, ...(amount === undefined ? {} : { amount: roundedAmount(amount, kind.amount.unit) }) },
  ]);
}
