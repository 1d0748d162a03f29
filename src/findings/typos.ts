/** Words one slip away from a known one: a letter wrong, missing, too many, or two that changed places. */

/** Shortest word that is mended by any slip; shorter ones only where two letters changed places. */
const LONG = 6;
const SHORT = 4;
/** English words that only look like slips. */
const OTHER_WORDS = new Set([
  'injection',
  'inflection',
  'interior',
  'module',
  'muddle',
  'riddle',
  'starring',
  'soaring',
  'staring',
  'defuse',
  'disuse',
  'hernial',
  'infusion',
  'trial',
  'lobe',
]);

/** Of the known words the only one that is a slip away; undefined where none or several are. */
export function meantWord(word: string, known: readonly string[]): string | undefined {
  if (word.length < SHORT || OTHER_WORDS.has(word)) return undefined;
  const near = known.filter(
    (each) => isSwapped(word, each) || (word.length >= LONG && each.length >= LONG && isOneOff(word, each)),
  );
  return near.length === 1 ? near[0] : undefined;
}

function isSwapped(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  return (
    at < word.length &&
    word[at] === other[at + 1] &&
    word[at + 1] === other[at] &&
    word.slice(at + 2) === other.slice(at + 2)
  );
}

function isOneOff(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  const skips = [word.length >= other.length ? 1 : 0, other.length >= word.length ? 1 : 0] as const;
  return word.slice(at + skips[0]) === other.slice(at + skips[1]);
}
