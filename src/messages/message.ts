/**
 * One message: ICU MessageFormat in English. Its type knows the values that the text asks for; scripts/vite/compile-messages.ts
 * compiles the text when the studio is built, so that no parser and no eval is shipped.
 */

import type { GetICUArgs } from '@schummar/icu-type-parser';
import type { CompiledMessage } from 'icu-minify/format';
import format from 'icu-minify/format';
import { formatters } from './formatters';
import { ENGLISH, language } from './language';

/** The values that a text asks for. */
export type ValuesOf<Text extends string> = GetICUArgs<
  Text,
  { ICUNumberArgument: number; ICUDateArgument: Date; ICUArgument: string | number }
>;

type Given<Values> = keyof Values extends never ? readonly [] : readonly [values: Values];

/** Call it to get the words. */
export interface Message<Values = unknown> {
  (...given: Given<Values>): string;
  readonly english: CompiledMessage;
}

/** A message that asks for no values. */
export type Words = ReturnType<typeof message<''>>;

type AnyValues = Parameters<typeof format>[2];

/** Declares a message. The text has to be a literal. */
export function message<const Text extends string>(text: Text): Message<ValuesOf<Text>> {
  const said = (values?: AnyValues): string =>
    format(...textOf(said as unknown as Message, text), values, { formatters }) as string;
  return Object.assign(said, { english: text }) as unknown as Message<ValuesOf<Text>>;
}

/** The text in the language of the screen, else in English with the rules of English. */
function textOf(said: Message, english: CompiledMessage): readonly [CompiledMessage, string] {
  const { locale, textOf: other } = language();
  const text = other(said, english);
  return text === undefined ? [english, ENGLISH.locale] : [text, locale];
}

/** The parts of a message with tags (`<b>so</b>`), each tag made into something by its function. */
export function partsOf<Part>(
  said: Message<never>,
  tags: Readonly<Record<string, (children: readonly (Part | string)[]) => Part>>,
  values: Readonly<Record<string, string | number>> = {},
): readonly (Part | string)[] {
  const parts = format<Part>(
    ...textOf(said as unknown as Message, said.english),
    { ...values, ...tags },
    { formatters },
  );
  return Array.isArray(parts) ? parts : [parts];
}
