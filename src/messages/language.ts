/** The language of the screen. English is where every message is declared; another language gives texts in its place, message by message. */

import type { CompiledMessage } from 'icu-minify/format';

/** What went wrong, as the screen says it. */
export interface Told {
  readonly message: string;
  readonly advice: string;
}

export interface Language {
  /** BCP 47. Also decides how numbers, dates and lists are written. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** The text in the place of an English one; undefined: it stays English. */
  readonly textOf: (message: object, english: CompiledMessage) => CompiledMessage | undefined;
  /** An error by its code; undefined: it speaks for itself, in English. */
  readonly errorOf: (code: string, english: Told) => Told | undefined;
}

export const ENGLISH: Language = {
  locale: 'en-GB',
  direction: 'ltr',
  textOf: () => undefined,
  errorOf: () => undefined,
};

let current = ENGLISH;

export function language(): Language {
  return current;
}

/** Before the first drawing: what is on the screen already does not follow. */
export function speak(next: Language): void {
  current = next;
}

/** An error in the language of the screen; its own words where the language has none for its code. */
export function toldError(problem: Told & { readonly code: string }): Told {
  return current.errorOf(problem.code, problem) ?? problem;
}
