/** How a language says its messages: each in the place of an English one, with the same values. */

import type { CompiledMessage } from 'icu-minify/format';
import type { Language, Told } from './language';
import type { Message, ValuesOf } from './message';

export interface Translated {
  readonly message: object;
  readonly text: CompiledMessage;
}

/** The values that the text asks for have to be among those of the message; it need not use all. */
export function inPlaceOf<Values, const Text extends string>(
  message: Message<Values>,
  text: Values extends ValuesOf<Text> ? Text : never,
): Translated {
  return { message, text };
}

interface Translation extends Pick<Language, 'locale' | 'direction'> {
  readonly texts: readonly Translated[];
  /** By the code of the error. They know no values: what is shown beside them names the file. */
  readonly errors?: Readonly<Partial<Record<string, Told>>>;
}

export function languageOf({ locale, direction, texts, errors = {} }: Translation): Language {
  const known = new Map(texts.map(({ message, text }) => [message, text]));
  return { locale, direction, textOf: (message) => known.get(message), errorOf: (code) => errors[code] };
}
