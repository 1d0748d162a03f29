/** Where words stand in a report: capitals, spaces and punctuation do not count, the words and their order do. */

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));

/** @returns offsets [start, end) into the text; undefined where the words do not stand there side by side */
export function findQuote(quote: string, text: string): { readonly start: number; readonly end: number } | undefined {
  const sought = wordsOf(quote).map(({ word }) => word);
  const words = wordsOf(text);
  if (sought.length === 0) return undefined;
  for (let from = 0; from + sought.length <= words.length; from += 1) {
    if (!sought.every((word, at) => words[from + at]?.word === word)) continue;
    const [first, last] = [words[from], words[from + sought.length - 1]];
    if (first !== undefined && last !== undefined) return { start: first.start, end: last.end };
  }
  return undefined;
}
