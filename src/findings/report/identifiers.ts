/**
 * Blanks what tells whose report it is, before a text leaves the page. Lengths stay, so that offsets into the blanked text are offsets
 * into the report. It errs on the side of blanking; the kinds follow the Safe Harbor list (45 CFR 164.514(b)(2)) as far as text shows
 * them. No rule finds every name, so the user is shown what would be sent.
 */

import { conceptOf, longestFrom } from '../lexicon';
import { tokenise } from '../tokenise';

/** In the place of each blanked character. */
const BLANK = '_';

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** One word of a name: capitalised or in capitals, with hyphens and apostrophes. */
const NAME = String.raw`(?:[A-Z][\p{L}'’-]*\.?)`;

const PATTERNS: readonly RegExp[] = [
  // E-mail and web addresses.
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /\b(?:https?:\/\/|www\.)\S+/gi,
  // Dates and times.
  /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b/g,
  new RegExp(String.raw`\b\d{1,2}(?:st|nd|rd|th)?[ -](?:${MONTH})\.?(?:[ ,-]+\d{2,4})?\b`, 'gi'),
  new RegExp(String.raw`\b(?:${MONTH})\.?[ -]\d{1,2}(?:st|nd|rd|th)?(?:[ ,-]+\d{4})?\b`, 'gi'),
  new RegExp(String.raw`\b(?:${MONTH})\.?,? (?:19|20)\d{2}\b`, 'gi'),
  /\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?\b)?/gi,
  /\b\d{1,2} ?[ap]\.?m\.?\b/gi,
  /\b(?:19|20)\d{2}\b/g,
  // Numbers that are kept of people and studies: telephone, record, accession, security.
  /(?:\+\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]\d{3,4}[ .-]\d{3,4}\b/g,
  /\b\d{3}-\d{2}-\d{4}\b/g,
  /\b(?=[A-Z0-9-]*\d{4})[A-Z0-9][A-Z0-9-]{4,}\b/gi,
  // Ages of 90 and above stand for few people.
  /\b(?:9\d|1[01]\d)(?=[ -]?(?:years?|yrs?|y\.?o\.?|y\/o)\b)/gi,
  // Streets.
  /\b\d+ (?:[A-Z][\w'’-]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Place)\b\.?/g,
];

/** A key, and the value after it that is blanked to the end of its line or sentence. */
const KEYED =
  /(?<=\b(?:patient(?:'s)?(?: name| id)?|name|mrn|medical record(?: number| no\.?)?|accession(?: number| no\.?)?|id|dob|d\.o\.b\.|date(?: of birth)?|born|ssn|nhs(?: number)?|insurance|address|phone|telephone|tel|fax|hospital|institution|department|ward|room|bed|location|attending|referr(?:ing|ed by)(?: physician| doctor)?|ordering(?: physician| provider)?|physician|doctor|provider|radiologist|resident|dictated(?: and signed)? by|(?:electronically )?signed by|read by|reported by|reviewed by|approved by|interpreted by|transcribed by)[ \t]*[:#=][ \t]*)\S[^\n;]*/gi;

/** The same without a colon, where a name follows, and titles. */
const CALLED: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<=\b(?:[Dd]ictated|[Ss]igned|[Rr]ead|[Rr]eported|[Rr]eviewed|[Aa]pproved|[Ii]nterpreted|[Tt]ranscribed|[Rr]eferred|[Oo]rdered) by )${NAME}(?:,? ${NAME}){0,4}`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<=\b(?:[Dd]iscussed with|[Cc]ommunicated (?:to|with)|[Cc]alled to|[Nn]otified|[Rr]elayed to|[Ii]nformed|[Ss]poke(?:n)? (?:to|with)) )(?:the )?${NAME}(?:,? ${NAME}){0,4}`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<=\b(?:Dr|DR|Mr|MR|Mrs|MRS|Ms|MS|Miss|Prof|PROF|Professor|Doctor|Nurse|Sister)\b\.? )${NAME}(?: ${NAME}){0,2}`,
    'gu',
  ),
  new RegExp(String.raw`\b${NAME}(?: ${NAME}){1,3}(?=,? (?:M\.?D|D\.?O|R\.?N|P\.?A|N\.?P|FRCR|MBBS|PhD)\b)`, 'gu'),
];

/** Capitalised inside a sentence, and nobody's name here. */
const EPONYMS =
  /^(?:kerley|swan|ganz|hickman|groshong|brixia|chilaiditi|bochdalek|morgagni|westermark|hampton|fleischner|ghon|ranke|pancoast|x|i|ct|mri|us|pa|ap|copd|chf|picc|et|ng|svc|ivc|icd|tb|ards)$/i;

/** The report with underscores in the place of what may tell whose it is. */
export function withoutIdentifiers(report: string): string {
  const blanked = [...PATTERNS, KEYED, ...CALLED].reduce(
    (text, pattern) => text.replaceAll(pattern, (found) => found.replaceAll(/[^\s_]/g, BLANK)),
    report,
  );
  return withoutNames(blanked);
}

/** Capitalised words inside a sentence that are no word of the lexicon: most are names of people and places. */
function withoutNames(text: string): string {
  const sentences = text.matchAll(/[^.!?:;\n]+/g);
  let left = text;
  for (const { 0: sentence, index: from } of sentences) {
    const words = [...sentence.matchAll(/[\p{L}'’-]+/gu)];
    // In a line of capitals, or as a title, the first word is no more capital than the rest: there any unknown one may be a name.
    const capitals = words.filter(([word]) => /^\p{Lu}/u.test(word)).length;
    const titled = words.length > 1 && capitals > words.length / 2;
    const pattern = titled ? /^\p{Lu}[\p{L}'’-]+$/u : /^\p{Lu}\p{Ll}+(?:['’-]\p{Lu}?\p{Ll}+)*$/u;
    for (const { 0: word, index } of titled ? words : words.slice(1)) {
      if (!pattern.test(word) || EPONYMS.test(word) || isKnown(word)) continue;
      const start = from + index;
      left = left.slice(0, start) + word.replaceAll(/[^-'’]/g, BLANK) + left.slice(start + word.length);
    }
  }
  return left;
}

const isKnown = (word: string): boolean => {
  const [token] = tokenise(word);
  return token !== undefined && (longestFrom(token.word) > 0 || conceptOf(token.word) !== undefined);
};
