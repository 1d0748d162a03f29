/**
 * Which language words are in, where it is not English: told by words that English reports do not use. The parser knows none of
 * them, and what is left would be read as its opposite ("kein Pneumothorax").
 */

export type OtherLanguage = 'german' | 'french' | 'spanish' | 'italian' | 'portuguese' | 'dutch' | 'script';

const WORDS: readonly (readonly [Exclude<OtherLanguage, 'script'>, string])[] = [
  [
    'german',
    'kein keine keinen keiner ohne nicht und mit rechts links rechte linke rechter linker rechten linken beidseits beidseitig beidseitige erguss pleuraerguss lunge herz herzgröße vergrößert großer große leichte leichter schwere verdichtung stauung rundherd',
  ],
  [
    'french',
    'aucun aucune avec droit droite gauche épanchement poumon poumons cœur bilatéral bilatérale opacité pleurale léger légère sévère œdème',
  ],
  [
    'spanish',
    'sin derecho derecha izquierdo izquierda derrame pulmón pulmones neumotórax neumonía leve nódulo opacidad',
  ],
  [
    'italian',
    'senza destro destra sinistro sinistra versamento polmone polmoni pneumotorace polmonite lieve nodulo opacità',
  ],
  ['portuguese', 'sem direito direita esquerdo esquerda derrame pulmão pulmões pneumotórax leve não nódulo opacidade'],
  ['dutch', 'geen niet rechts links rechter linker pleuravocht vergroot zonder longen'],
];

const LANGUAGES_OF = new Map<string, OtherLanguage[]>();
for (const [language, words] of WORDS)
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);

/** The likeliest of them; undefined: English, or no words that tell. */
export function otherLanguageOf(text: string): OtherLanguage | undefined {
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /[\p{Script=Latin}\p{Script=Greek}]/u.test(letter)).length;
  if (letters.length - latin > latin) return 'script';
  const counts = new Map<OtherLanguage, number>();
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu))
    for (const language of LANGUAGES_OF.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}
