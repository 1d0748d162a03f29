/** Words one slip away from a known one: a letter wrong, missing, too many, or two that changed places. */

/** Shortest word that is mended by any slip; shorter ones only where the keys tell it: swapped, doubled, left out, or a neighbour hit. */
const LONG = 6;
const SHORT = 4;
const VOWEL = /[aeiou]/;
/** "mld", "lft": the one vowel is missing. */
const isWithoutVowel = (word: string): boolean => word.length === SHORT - 1 && !/[aeiouy]/.test(word);
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
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
  'mind',
  'mold',
  'mess',
  'moss',
  'male',
  'mask',
  'held',
  'heed',
  'head',
  'ride',
  'rises',
  'tight',
  'fight',
  'lent',
  'lest',
  'leave',
  'mint',
  'smell',
  'bath',
  'both',
  'bade',
  'pint',
  'erode',
  'given',
  'adds',
  'dyeing',
  'grown',
  'grove',
  'cheat',
  'chest',
  'sets',
]);

/** Of the known words the only one that is a slip away; undefined where none or several are. */
export function meantWord(word: string, known: readonly string[]): string | undefined {
  if (OTHER_WORDS.has(word)) return undefined;
  if (word.length < SHORT - 1) return undefined;
  const near = known.filter(
    (each) =>
      (word.length >= SHORT && isSwapped(word, each)) ||
      (word.length >= LONG && each.length >= LONG && isOneOff(word, each)) ||
      (each.length >= SHORT && isSlip(word, each)),
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

/** Behind the first letter one doubled, one left out that stands elsewhere too or is a vowel, or the key beside it. */
function isSlip(word: string, meant: string): boolean {
  if (word[0] !== meant[0]) return false;
  let at = 0;
  while (at < word.length && word[at] === meant[at]) at += 1;
  if (word.length === meant.length + 1) {
    const twice = word[at] === word[at - 1];
    return twice && word.slice(at + 1) === meant.slice(at);
  }
  if (word.length === meant.length - 1) {
    const twice = meant[at] === meant[at - 1];
    const told = meant.length > SHORT || twice || (isWithoutVowel(word) && VOWEL.test(meant[at] ?? ''));
    return told && word.slice(at) === meant.slice(at + 1);
  }
  if (word.length !== meant.length || word.slice(at + 1) !== meant.slice(at + 1)) return false;
  return isBeside(word[at] ?? '', meant[at] ?? '');
}

const isBeside = (one: string, other: string): boolean =>
  ROWS.some((row) => row.includes(one) && row.includes(other) && Math.abs(row.indexOf(one) - row.indexOf(other)) === 1);
