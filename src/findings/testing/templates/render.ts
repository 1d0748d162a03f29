/** Templates to sentences with what they mean. A template was worked from or is held back, never both. */

import type { Certainty, Statement } from '../../statement';
import { FINDINGS, type Finding, type Place, ZONES } from '../../vocabulary';
import { EDIT_KINDS } from './editKinds';
import { HELD_BACK_EDITS, HELD_BACK_REPORTS } from './heldBackKinds';
import { REPORT_KINDS, type Templates } from './reportKinds';
import {
  ANY,
  GRADES,
  IN_LUNG,
  LETTERS,
  LOBES,
  lungOf,
  NOUNS,
  ON_SIDE,
  onSide,
  seeded,
  SIZES,
  slipped,
  type Random,
} from './slots';

export type Deed = 'add' | 'remove' | 'put' | 'less' | 'more' | 'up' | 'down' | 'from';

/** One thing that a sentence means. */
export interface Meaning<What> {
  readonly what: What;
  readonly finding: Finding;
  readonly places?: readonly Place[];
  readonly severity?: number;
}

interface Sentence {
  readonly kind: string;
  readonly half: 'worked from' | 'held back';
  readonly template: string;
  readonly text: string;
}
export interface ReportSentence extends Sentence {
  readonly meanings: readonly Meaning<Certainty | 'unsaid'>[];
}
export interface EditSentence extends Sentence {
  readonly seen: Statement;
  readonly meanings: readonly Meaning<Deed>[];
}

/** What the slots of one sentence hold. */
interface Drawn {
  readonly words: Readonly<Record<string, string>>;
  readonly findings: Readonly<Record<string, Finding>>;
  readonly places: Readonly<Record<string, readonly Place[]>>;
  readonly grades: Readonly<Record<string, number>>;
}

const CERTAINTY = { '+': 'certain', '?': 'possible', '-': 'negated', '0': 'unsaid' } as const;

export const reportSentences = (draws: number): readonly ReportSentence[] =>
  [...rendered(REPORT_KINDS, 'worked from', draws, 17), ...rendered(HELD_BACK_REPORTS, 'held back', draws, 19)].map(
    ({ sentence, meaning, drawn }) => ({
      ...sentence,
      meanings: meaning.split(' ').map((term) => {
        const [, name = '', mark = '', rest = ''] = /^([A-Za-z_]+?)([+?\-0])(.*)$/.exec(term) ?? [];
        return { what: CERTAINTY[mark as keyof typeof CERTAINTY], ...meaningOf(name + rest, drawn) };
      }),
    }),
  );

export const editSentences = (draws: number): readonly EditSentence[] =>
  [...rendered(EDIT_KINDS, 'worked from', draws, 71), ...rendered(HELD_BACK_EDITS, 'held back', draws, 73)].map(
    ({ sentence, meaning, drawn }) => {
      const [asked = '', seen = ''] = meaning.split(' | ').toReversed();
      return {
        ...sentence,
        seen: {
          items: seen
            .split(' ')
            .filter((term) => term !== '')
            .map((term) => ({ places: [], severity: 2, certainty: 'certain', ...meaningOf(term, drawn) })),
        },
        meanings: asked.split(' ').map((term) => {
          const [deed = '', rest = ''] = term.split(':');
          return { what: deed as Deed, ...meaningOf(rest, drawn) };
        }),
      };
    },
  );

function rendered(
  kinds: Templates,
  half: Sentence['half'],
  draws: number,
  seed: number,
): readonly { readonly sentence: Sentence; readonly meaning: string; readonly drawn: Drawn }[] {
  const random = seeded(seed);
  return Object.entries(kinds).flatMap(([kind, templates]) =>
    templates.flatMap(([template, meaning]) => {
      const known = new Set<string>();
      return Array.from({ length: draws }, () => draw(random)).flatMap((drawn) => {
        const text = filled(template, drawn, random);
        if (known.has(text)) return [];
        known.add(text);
        return [{ sentence: { kind, half, template, text }, meaning, drawn }];
      });
    }),
  );
}

function distinct<T>(random: Random, pool: readonly T[], taken: readonly T[], same: (one: T, other: T) => boolean): T {
  return random.pick(pool.filter((each) => taken.every((other) => !same(each, other))));
}

function draw(random: Random): Drawn {
  const named = (one: readonly [Finding, string], other: readonly [Finding, string]): boolean => one[0] === other[0];
  const A = random.pick(ANY);
  const B = distinct(random, ANY, [A], named);
  const C = distinct(random, ANY, [A, B], named);
  const L = distinct(random, IN_LUNG, [A, B], named);
  const M = distinct(random, IN_LUNG, [L], named);
  const E = random.pick(ON_SIDE);
  const p = random.pick(LOBES);
  const q = distinct(random, LOBES, [p], (one, other) => one[2] === other[2]);
  const x = random.pick(NOUNS);
  const w = distinct(random, NOUNS, [x], (one, other) => one[1] === other[1]);
  const Z = random.pick(LETTERS);
  const Y = distinct(random, LETTERS, [Z], (one, other) => one === other);
  const g = random.pick(GRADES);
  const h = distinct(random, GRADES, [g], (one, other) => one[1] === other[1]);
  const z = random.pick(SIZES);
  const y = distinct(random, SIZES, [z], (one, other) => one[1] === other[1]);
  const [s, o] = random.pick([['right', 'left'] as const, ['left', 'right'] as const]);
  return {
    words: {
      ...{ A: A[1], B: B[1], C: C[1], L: L[1], M: M[1], E: E[1] },
      ...{ p: p[0], q: q[0], P: p[1], Q: q[1], x: x[0], w: w[0], s, o },
      ...{ Z: Z[0], Y: Y[0], K: Z[1], J: Y[1], g: g[0], h: h[0], z: z[0], y: y[0], remove: 'remove' },
    },
    findings: { A: A[0], B: B[0], C: C[0], L: L[0], M: M[0], E: E[0], O: 'lung_opacity' },
    places: {
      ...{
        p: [p[2]],
        q: [q[2]],
        pq: [p[2], q[2]],
        x: [x[1]],
        w: [w[1]],
        xw: [x[1], w[1]],
        Z: [Z[2]],
        Y: [Y[2]],
        ZY: [Z[2], Y[2]],
      },
      ...{ S: lungOf(s), O: lungOf(o), all: ZONES, so: ['right', 'left'] as unknown as readonly Place[] },
      ...{ upper: [`${s}_upper`], lower: [`${s}_lower`] },
      ...{ s: [s as Place], o: [o as Place] },
    },
    grades: { g: g[1], h: h[1], z: z[1], y: y[1] },
  };
}

function filled(template: string, drawn: Drawn, random: Random): string {
  const text = template.replaceAll(/\{(\w+)(~?)\}/g, (_, slot: string, slip: string) => {
    const word = drawn.words[slot] ?? '';
    if (slip === '') return word;
    const words = word.split(' ');
    const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? '';
    return words.map((each) => (each === longest ? slipped(each, random) : each)).join(' ');
  });
  // A sentence begins with a capital; what is typed as an edit or a list need not.
  return /[.?]$|:/.test(template) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** "E@s=z" with what was drawn. */
function meaningOf(term: string, drawn: Drawn): Omit<Meaning<never>, 'what'> {
  const [, name = '', where = '', grade = ''] = /^([A-Za-z_]+)(?:@([\w-]+))?(?:=([\w.]+))?$/.exec(term) ?? [];
  const finding = drawn.findings[name] ?? FINDINGS.find((each) => each === name);
  if (finding === undefined) throw new RangeError(`No finding in the meaning “${term}”.`);
  return {
    finding,
    ...(where === '' ? {} : { places: placesOf(finding, where, drawn) }),
    ...(grade === '' ? {} : { severity: drawn.grades[grade] ?? Number(grade) }),
  };
}

function placesOf(finding: Finding, where: string, drawn: Drawn): readonly Place[] {
  const [base = '', without] = where.split('-');
  const places = (drawn.places[base] ?? []).flatMap((place) =>
    (place as string) === 'right' || (place as string) === 'left' ? onSide(finding, place) : [place],
  );
  const spared = without === undefined ? [] : (drawn.places[without] ?? []);
  return places.filter((place) => !spared.includes(place));
}
