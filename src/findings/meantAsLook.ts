/** Words that say how something looks only in some company: numbers, "collapse", "volume loss", "cavity". */

import { conceptOf } from './lexicon';
import { tokenise } from './tokenise';

const COUNTED = /^(?:nodule|mass|granuloma)$/;
/** Between a number and what it counts. */
const MOST_BETWEEN = 12;
const NOT_BETWEEN =
  /^(?:and|or|with|without|in|on|at|of|for|from|to|after|before|since|no|not|day|week|month|year|hour|view|film|exam|study|lead|clip|line|tube|rib|third|o|clock)$/;
/** "Grade 3 nodule" is one. */
const RANKED = /\b(?:grade|stage|type|class|category|level|score|severity|zone|rads)\s+$/i;
const UNIT = /^(?:mm|cm|millimeter|millimetre|centimeter|centimetre)$/;

/** "Two in the right lung and three in the left". */
const ELSEWHERE_TOO = /^\s+(?:more\s+)?(?:in|on|at)\b/i;

const COLLAPSE = /^(?:collapse|collapsed|lobe collapse|volume loss)$/;
/** A whole lobe or lung is named with it. */
const WHOLE = /\b(?:lobes?|lobar|lungs?|r[uml]l|l[ul]l)\b/i;
/** Beside fluid or air some of a lung is pressed together: the whole of it, where a lobe is named. */
const PRESSED = /\b(?:passive|compressive|compression|relaxation)\b/i;
const LOBE = /\b(?:lobes?|lobar|r[uml]l|l[ul]l)\b/i;
/** Said of plates and segments, and of what is no lung. */
const PARTIAL =
  /\b(?:sub-?segment|segment|linear|plate|disc|band|minor|minimal|areas?|bas(?:al|es?|ilar)|bibas|vertebra|trachea|patient|blood)/i;
const NEGATED = /\b(?:no|without|non|any)[\s-]+(?:\w+\s+)?$/i;
const ELSEWHERE = /\b(?:pleural|oral|abdominal|peritoneal|nasal|chest|thoracic|pelvic|cranial)\s+$/i;

/** Some words, and where they stand in a text: [start, end). */
interface Said {
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Whether words that can say how something looks do so here.
 * @param number they can say how many there shall be, and whether how many was said before
 */
export function isMeantAsLook(
  text: string,
  { phrase, start, end }: Said,
  number: false | { readonly again: boolean },
): boolean {
  if (number !== false) {
    const after = text.slice(end);
    return (
      !RANKED.test(text.slice(0, start)) && ((number.again && ELSEWHERE_TOO.test(after)) || countsSomething(after))
    );
  }
  if (phrase === 'cavity') return !NEGATED.test(text.slice(0, start)) && !ELSEWHERE.test(text.slice(0, start));
  if (!COLLAPSE.test(phrase)) return true;
  const from = Math.max(text.lastIndexOf('.', start), text.lastIndexOf(';', start), text.lastIndexOf(',', start)) + 1;
  const next = /[.;,]/.exec(text.slice(end));
  const clause = text.slice(from, next === null ? undefined : end + next.index);
  // "Pneumothorax and a collapsed lung" are one.
  const isAir = phrase !== 'volume loss' && /pneumothora|\bptx\b/i.test(text) && !/\blob/i.test(clause);
  const whole = PRESSED.test(clause) ? LOBE : WHOLE;
  return whole.test(clause) && !PARTIAL.test(clause) && !NEGATED.test(text.slice(0, start)) && !isAir;
}

/** Looks of several words, of which one alone may not stand between. */
const VARIANTS =
  /\b(?:with(?:out)? (?:an? )?(?:air[- ])?fluid level|(?:barely|hardly|clearly) visible|(?:in)?conspicuous|well[- ]seen)\b/gi;

function countsSomething(after: string): boolean {
  // Across a comma nothing is counted.
  const [clause = ''] = after.replace(VARIANTS, ' ').split(/[,;.:](?!\d)/);
  for (const { word } of tokenise(clause).slice(0, MOST_BETWEEN)) {
    if (COUNTED.test(word)) return true;
    const isOpen = /^\d/.test(word) || UNIT.test(word) || conceptOf(word) !== undefined || DESCRIBES.test(word);
    if (NOT_BETWEEN.test(word) || !isOpen) return false;
  }
  return false;
}

/** What may be said of a nodule between its number and its name, and means nothing alone. */
const DESCRIBES =
  /^(?:lobe|zone|lung|upper|lower|middle|mid|apical|basal|tiny|big|large|small|round|smooth|solid|soft|well|defined|ill|pulmonary|discrete|spiculated|spicular|lobulated|irregular|calcified|cavitating|cavitary|subsolid|part|bilateral|peripheral|new|more|further)$/;
