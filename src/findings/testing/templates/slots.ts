/**
 * The words that fill a template's slots, with what they mean. Names are common ones of the field; where a side is said without a
 * level, the levels are those that the knowledge table gives the finding.
 */

import { knowledgeOf } from '../../knowledge';
import { ZONES, type Finding, type Place } from '../../vocabulary';

export interface Random {
  /** In [0, 1). */
  next(): number;
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
}

/** A repeatable source of choices (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: <T>(choices: readonly T[]): T => {
      const chosen = choices[Math.floor(next() * choices.length)];
      if (chosen === undefined) throw new RangeError('Nothing to pick from.');
      return chosen;
    },
  };
}

type Named = readonly [Finding, string];

/** Findings of any site, for sentences without a place. */
export const ANY: readonly Named[] = [
  ['pneumothorax', 'pneumothorax'],
  ['effusion', 'pleural effusion'],
  ['effusion', 'effusion'],
  ['consolidation', 'consolidation'],
  ['consolidation', 'lobar consolidation'],
  ['atelectasis', 'atelectasis'],
  ['atelectasis', 'subsegmental atelectasis'],
  ['edema', 'pulmonary edema'],
  ['edema', 'pulmonary oedema'],
  ['lung_opacity', 'airspace opacity'],
  ['pneumonia', 'pneumonia'],
  ['pleural_thickening', 'pleural thickening'],
  ['emphysema', 'emphysema'],
  ['fibrosis', 'pulmonary fibrosis'],
  ['infiltration', 'infiltrate'],
];
/** Findings that a lobe or zone can be said of. */
export const IN_LUNG: readonly Named[] = [
  ['consolidation', 'consolidation'],
  ['lung_opacity', 'opacity'],
  ['lung_opacity', 'airspace opacity'],
  ['atelectasis', 'atelectasis'],
  ['infiltration', 'infiltrate'],
  ['nodule', 'nodule'],
  ['mass', 'mass'],
];
/** Findings that have a side and a size. */
export const ON_SIDE: readonly Named[] = [
  ['effusion', 'effusion'],
  ['effusion', 'pleural effusion'],
  ['pneumothorax', 'pneumothorax'],
];

/** Adjective, phrase with its preposition, zone. */
export const LOBES: readonly (readonly [string, string, Place])[] = [
  ['right upper lobe', 'in the right upper lobe', 'right_upper'],
  ['right middle lobe', 'in the right middle lobe', 'right_mid'],
  ['right lower lobe', 'in the right lower lobe', 'right_lower'],
  ['left upper lobe', 'in the left upper lobe', 'left_upper'],
  ['left lower lobe', 'in the left lower lobe', 'left_lower'],
  ['right mid zone', 'within the right mid zone', 'right_mid'],
  ['left mid zone', 'within the left mid zone', 'left_mid'],
  ['right basal', 'at the right base', 'right_lower'],
  ['left basal', 'at the left lung base', 'left_lower'],
  ['right apical', 'at the right apex', 'right_upper'],
  ['left apical', 'at the left apex', 'left_upper'],
];
/** The zones as nouns, for places that verbs take: "move it to the …". */
export const NOUNS: readonly (readonly [string, Place])[] = [
  ['right upper zone', 'right_upper'],
  ['right mid zone', 'right_mid'],
  ['right lower zone', 'right_lower'],
  ['left upper lobe', 'left_upper'],
  ['left mid zone', 'left_mid'],
  ['left base', 'left_lower'],
  ['right base', 'right_lower'],
  ['left lower lobe', 'left_lower'],
];
export const GRADES: readonly (readonly [string, number])[] = [
  ['mild', 1],
  ['slight', 1],
  ['minimal', 1],
  ['moderate', 2],
  ['severe', 3],
  ['extensive', 3],
  ['marked', 3],
];
export const SIZES: readonly (readonly [string, number])[] = [
  ['small', 1],
  ['tiny', 1],
  ['trace', 1],
  ['moderate', 2],
  ['large', 3],
  ['massive', 3],
];
/** Brixia's letters, and the abbreviations of zones. */
export const LETTERS: readonly (readonly [string, string, Place])[] = [
  ['A', 'RUZ', 'right_upper'],
  ['B', 'RMZ', 'right_mid'],
  ['C', 'RLZ', 'right_lower'],
  ['D', 'LUZ', 'left_upper'],
  ['E', 'LMZ', 'left_mid'],
  ['F', 'LLZ', 'left_lower'],
];

/** Where a finding lies when only a side is said. */
export function onSide(finding: Finding, side: string): readonly Place[] {
  return knowledgeOf(finding).usualLevels.map((level) => `${side}_${level}` as Place);
}

export const lungOf = (side: string): readonly Place[] => ZONES.filter((zone) => zone.startsWith(side));

const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 's',
  c: 'v',
  d: 'f',
  e: 'r',
  f: 'g',
  i: 'o',
  l: 'k',
  m: 'n',
  n: 'm',
  o: 'p',
  p: 'o',
  r: 't',
  s: 'd',
  t: 'y',
  u: 'i',
  x: 'c',
};

/** One slip of the keys behind the first letter: two swapped, one left out, one doubled, or a neighbour hit. */
export function slipped(word: string, random: Random): string {
  for (;;) {
    const slip = slipOf(word, random);
    if (!WORDS.has(slip)) return slip;
  }
}

/** Slips that are words of their own: nobody can tell what was meant. */
const WORDS = new Set(['mid', 'let', 'mold', 'lift', 'rift']);

function slipOf(word: string, random: Random): string {
  const at = 1 + Math.floor(random.next() * (word.length - 2));
  const [letter = '', after = ''] = [word[at], word[at + 1]];
  const kind = random.pick(['swap', 'drop', 'double', 'neighbour']);
  if (kind === 'swap' && letter !== after) return word.slice(0, at) + after + letter + word.slice(at + 2);
  if (kind === 'drop') return word.slice(0, at) + word.slice(at + 1);
  if (kind === 'neighbour' && NEIGHBOURS[letter] !== undefined)
    return word.slice(0, at) + NEIGHBOURS[letter] + word.slice(at + 1);
  return word.slice(0, at) + letter + word.slice(at);
}
