/**
 * Which language words are in, where it is not English: told by words that English reports do not use. The parser knows none of
 * them, and what is left would be read as its opposite ("kein Pneumothorax").
 */

import * as say from '../messages/en/findings';
import type { Words } from '../messages/message';
import { isKnownWord } from './lexicon';
import { tokenise } from './tokenise';

type Spoken = 'german' | 'french' | 'spanish' | 'italian' | 'portuguese' | 'dutch' | 'scandinavian';
/** `unknown`: which one is not known, but it is not English. */
type OtherLanguage = Spoken | 'script' | 'unknown';

/** Words that deny and are neither English nor names: one is enough, as what it denies would be read as there. */
const DENIALS: readonly (readonly [Spoken, string])[] = [
  ['german', 'kein keine keinen keinem keines keinerlei ohne nicht weder ausgeschlossen'],
  ['french', 'aucun aucune'],
  ['spanish', 'ningún ninguna'],
  ['italian', 'senza nessun nessuno nessuna'],
  ['portuguese', 'não nenhum nenhuma'],
  ['dutch', 'geen niet zonder'],
  ['scandinavian', 'ingen inget ikke inte uten utan'],
];
const FRENCH_NOT = /(?<!\p{L})pas d(?:e\s|['’])/iu;

/** Words that tell by their number, as each may be a name or an abbreviation in an English report ("Sin Nombre", "MIT", "SEM"). */
const WORDS: readonly (readonly [Spoken, string])[] = [
  [
    'german',
    'keiner und mit rechts links rechte linke rechter linker rechten linken beidseits beidseitig beidseitige erguss pleuraerguss lunge herz herzgröße vergrößert großer große leichte leichter schwere verdichtung stauung rundherd',
  ],
  [
    'french',
    'pas sans ni avec droit droite gauche épanchement poumon poumons cœur bilatéral bilatérale opacité pleurale léger légère sévère œdème',
  ],
  [
    'spanish',
    'sin ni derecho derecha izquierdo izquierda derrame pulmón pulmones neumotórax neumonía leve nódulo opacidad',
  ],
  [
    'italian',
    'né destro destra sinistro sinistra versamento polmone polmoni pneumotorace polmonite lieve nodulo opacità',
  ],
  ['portuguese', 'sem nem direito direita esquerdo esquerda derrame pulmão pulmões pneumotórax leve nódulo opacidade'],
  ['dutch', 'rechts links rechter linker pleuravocht vergroot longen'],
  ['scandinavian', 'och høyre venstre höger vänster lungor lungene hjärta hjertet forstørret förstorat'],
];

/** Words that only English reports use, of those that almost every one of them has. */
const ENGLISH = new Set(
  'the and with without there are has have been from not within this that which right left both lung lungs heart chest upper lower large small mild moderate seen evidence clear size enlarged unchanged disease fluid remove add'.split(
    ' ',
  ),
);

/** Names that look like words: the signature "Dr. Herz", and a virus. */
const NAMES = /(?<!\p{L})(?:(?:dr|prof)\.?\s+(?:\p{L}\.\s*)*\p{L}+|sin nombre)(?!\p{L})/giu;

const LANGUAGES_OF = new Map<string, Spoken[]>();
for (const [language, words] of [...DENIALS, ...WORDS])
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
const DENYING = new Set(DENIALS.flatMap(([, words]) => words.split(' ')));

/** The likeliest of them; undefined: English, or no words that tell. */
export function otherLanguageOf(text: string): OtherLanguage | undefined {
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /[\p{Script=Latin}\p{Script=Greek}]/u.test(letter)).length;
  if (letters.length - latin > latin) return 'script';
  // Accents may stand behind their letters, as macOS writes them into the names of files and what is copied from there.
  const told = text.normalize('NFC').replaceAll(NAMES, ' ');
  const counts = new Map<Spoken, number>();
  let english = 0;
  let denies = false;
  for (const [word] of told.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (ENGLISH.has(word)) english += 1;
    if (DENYING.has(word)) denies = true;
    for (const language of LANGUAGES_OF.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [[language, count] = [undefined, 0]] = [...counts].toSorted(([, one], [, other]) => other - one);
  if (FRENCH_NOT.test(told)) return denies ? language : 'french';
  if (denies || count > english) return language;
  return english === 0 && !DEVICES.test(told) && isStrange(told) ? 'unknown' : undefined;
}

/** Lines of English reports that tell of no finding. */
const DEVICES =
  /\b(catheter|tip|tube|line|wires?|clips?|leads?|position|placement|stable|terminat\w+|result|views?)\b/i;
/** Fewer words than these may be names, or an abbreviated note. */
const LEAST_WORDS = 4;
/** Share of words known to the parser below which a text is not English; of the 3,080 Indiana reports none is below it. */
const LEAST_KNOWN = 0.25;

const CAPITALS = /(?<=[^\s.!?][^\S\n]+)\p{Lu}\p{Ll}+/gu;

/** Hardly a word of it is one of a report's. */
function isStrange(text: string): boolean {
  // What has a capital inside a sentence may be a name.
  const words = tokenise(text.replaceAll(CAPITALS, ' ')).flatMap(({ word }) =>
    /^\p{L}{3,}/u.test(word) ? [word] : [],
  );
  return words.length >= LEAST_WORDS && words.filter(isKnownWord).length < LEAST_KNOWN * words.length;
}

const LANGUAGES: Readonly<Record<Spoken, Words>> = {
  german: say.german,
  french: say.french,
  spanish: say.spanish,
  italian: say.italian,
  portuguese: say.portuguese,
  dutch: say.dutch,
  scandinavian: say.scandinavian,
};

/** "German"; undefined of a text in English, in a language that is not known, or in a script that is not read at all. */
export function languageNameOf(text: string): string | undefined {
  const language = otherLanguageOf(text);
  return language === undefined || language === 'script' || language === 'unknown' ? undefined : LANGUAGES[language]();
}

/** Says in words that a text is not in English; undefined where it is. */
export function remarkOnLanguage(text: string): string | undefined {
  const language = otherLanguageOf(text);
  if (language === undefined) return undefined;
  if (language === 'unknown') return say.unknownLanguage();
  return language === 'script' ? say.otherScript() : say.notEnglish({ language: LANGUAGES[language]() });
}
