/** What one asks for in words that a report has not: "enlarge the heart", "a healthy version of this patient"; and looks that are denied. */

import { isLookWord } from './look';

/** What is asked, and the same in words that are read; never longer than what they stand for. */
const SAID: readonly (readonly [asked: RegExp, read: string])[] = [
  [/\b(?:enlarge|widen|expand|grow)\s+(?:(?:the|this|his|her)\s+)?(?:heart|cardiac silhouette)\b/gi, 'big heart'],
  [/\bbigger heart\b/gi, 'larger heart'],
  [/\b(?:make|turn|render)\s+(?:this|the)\s+(?:patient|chest|film|radiograph)\s+healthy\b/gi, 'make it normal'],
  [/\bhealthy (?:version|copy|twin)(?: of (?:this|the) (?:patient|chest|film|radiograph))?/gi, 'normal chest'],
  [/\bhealthy (?:chest|patient|film|radiograph)\b/gi, 'normal chest'],
  [/\b(?:no disease|disease[- ]free)\b/gi, 'normal'],
  [/\bfree (?:of|from) /gi, 'without '],
  [/\bwith no volume loss\b/gi, 'without volume loss'],
];
/** What is not solid is ground glass or part solid, which is for the user to say. */
const SOLID = /^solid$/i;

/** The text in such words, with spaces where a look is denied: the usual one, of which nothing is said. As long as it was. */
export function withAskedWords(text: string): string {
  const read = SAID.reduce(
    (said, [asked, as]) => said.replaceAll(asked, (own) => as.padEnd(own.length)),
    withShares(text),
  );
  return read
    .replaceAll(/\b(?:non[\s-]?|un[\s-]?|not )([a-z]+)\b/gi, (denied, look: string) =>
      isLookWord(look.toLowerCase()) && !SOLID.test(look) ? ' '.repeat(denied.length) : denied,
    )
    .replaceAll(
      /\b(?:without|no) (?:any )?(?:cavitation|calcification|spiculation|lobulation|layering)s?\b/gi,
      (denied) => ' '.repeat(denied.length),
    );
}

/** "By 50 %" lessens, "by 100 %" takes all: it is no size. As long as the words that it stands for. */
function withShares(text: string): string {
  return text.replaceAll(/\bby (?:about )?(\d+(?:\.\d+)?) ?(?:%|percent\b|per ?cent\b)/gi, (share, of: string) =>
    (Number(of) >= 100 ? 'by all' : share.length < 7 ? 'a bit' : 'by half').padEnd(share.length),
  );
}
