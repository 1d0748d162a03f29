/**
 * A language that nobody speaks: English with accents, in brackets and a third longer. What stays plain on the screen was not
 * taken from the catalogue, and what breaks here breaks in German. For development and tests only.
 */

import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../language';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

function accented(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => ACCENTED.charAt(PLAIN.indexOf(letter)));
}

/** Translations of short texts grow the most. */
function padding(length: number): string {
  return '·'.repeat(Math.max(1, Math.ceil(length * 0.3)));
}

type Node = Exclude<CompiledMessage, string>[number] | 0;

function accentedNode(node: Node): Node {
  if (typeof node === 'string') return accented(node);
  if (!Array.isArray(node)) return node;
  const [name, kind, ...rest] = node as readonly [string, unknown, ...unknown[]];
  if (kind === undefined) return node;
  // A tag: its words follow its name.
  if (typeof kind !== 'number' || kind === 0)
    return [name, ...[kind, ...rest].map((each) => accentedNode(each as Node))] as Node;
  const [options] = rest;
  if (typeof options !== 'object' || options === null || !('other' in options)) return node;
  return [
    name,
    kind,
    Object.fromEntries(Object.entries(options).map(([key, value]) => [key, branch(value as CompiledMessage | 0)])),
  ] as Node;
}

function branch(value: CompiledMessage | 0): unknown {
  return Array.isArray(value) ? value.map(accentedNode) : accentedNode(value);
}

function lettersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value)
    ? value.reduce<number>((sum, each) => sum + (typeof each === 'string' ? each.length : 0), 0)
    : 0;
}

/** The message in the made-up language; its values stay as they are. */
export function pretend(english: CompiledMessage): CompiledMessage {
  const parts = typeof english === 'string' ? [english] : english;
  return ['[', ...parts.map(accentedNode), ` ${padding(lettersOf(parts))}]`] as CompiledMessage;
}

const saidSo = (text: string): string => `[${accented(text)} ${padding(text.length)}]`;

const pseudo: Language = {
  locale: 'en-XA',
  direction: 'ltr',
  textOf: (_message, english) => pretend(english),
  errorOf: (_code, { message, advice }) => ({ message: saidSo(message), advice: saidSo(advice) }),
};

export default pseudo;
