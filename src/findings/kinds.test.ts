/** Kinds of sentences from a small grammar, each with what it means; and text of no kind at all. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './parse';
import { parseEdits } from './parseEdits';
import type { Finding } from './vocabulary';

const NAMES: readonly (readonly [Finding, string])[] = [
  ['pneumothorax', 'pneumothorax'],
  ['effusion', 'pleural effusion'],
  ['consolidation', 'airspace consolidation'],
  ['edema', 'interstitial edema'],
  ['nodule', 'pulmonary nodule'],
  ['atelectasis', 'linear atelectasis'],
];

const cases = <T>(
  make: (name: string, finding: Finding, other: string, otherFinding: Finding) => readonly T[],
): readonly T[] =>
  NAMES.flatMap(([finding, name], at) => {
    const [otherFinding, other] = NAMES[(at + 1) % NAMES.length] ?? ['mass', 'mass'];
    return make(name, finding, other, otherFinding);
  });

/** "effusion negated". */
const said = (text: string): readonly string[] =>
  parse(text).statement.items.map(({ finding, certainty }) => `${finding} ${certainty}`);
const graded = (text: string): readonly string[] =>
  parse(text).statement.items.map(
    ({ finding, places, severity }) => `${finding}@${places.join('+')} ${String(severity)}`,
  );
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Case = readonly [string, readonly string[]];

describe('a report', () => {
  it.each(
    cases<Case>((name, finding, other, otherFinding) =>
      ['unchanged', 'persistent', 'known', 'longstanding'].flatMap((state): readonly Case[] => [
        [`No ${name}, ${state} ${other}.`, [`${finding} negated`, `${otherFinding} certain`]],
        [`Without ${name} and ${state} ${other}.`, [`${finding} negated`, `${otherFinding} certain`]],
      ]),
    ),
  )('ends a denial where something is said to be still there: %s', (text, expected) =>
    expect(said(text)).toEqual(expected),
  );

  it.each(
    cases<Case>((name, finding) =>
      [
        `${upper(name)} can not be fully excluded.`,
        `${upper(name)} could not be confidently ruled out.`,
        `${upper(name)} is hard to rule out.`,
        `We are unable to exclude a ${name}.`,
        `Less likely ${name}.`,
        `Likely not ${name}.`,
        `Favor ${name}.`,
      ].map((text) => [text, [`${finding} possible`]] as const),
    ),
  )('keeps a doubt that is no denial: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each(
    cases<Case>((name, finding, other, otherFinding) => [
      [`${upper(name)} rather than ${other}.`, [`${finding} possible`, `${otherFinding} possible`]],
      [`${upper(name)}: absent. ${upper(other)}: present.`, [`${finding} negated`, `${otherFinding} certain`]],
      [`${upper(name)}: nil, ${other}: moderate.`, [`${finding} negated`, `${otherFinding} certain`]],
      [`${upper(name)} has completely cleared.`, [`${finding} negated`]],
      [`${upper(name)} has gone, ${other} persists.`, [`${finding} negated`, `${otherFinding} certain`]],
      [`No significant reduction in the ${name}.`, [`${finding} certain`]],
      [`Partial resolution of the ${name}.`, [`${finding} certain`]],
      [`REASON FOR EXAM: ${name}? COMPARISON: none. FINDINGS: Mild ${other}.`, [`${otherFinding} certain`]],
      [`CLINICAL HISTORY: known ${name}\nFINDINGS: ${other}.`, [`${otherFinding} certain`]],
      [`Assessment for ${name} is limited by motion.`, []],
      [`The film has low sensitivity for ${name}.`, []],
      [`Rule out ${name}.`, []],
    ]),
  )('reads keys, changes, sections and limits: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each<Case>([
    [
      'Fluid on both sides. Effusions, small on the left and large on the right.',
      ['effusion@left_lower 1', 'effusion@right_lower 3'],
    ],
    ['Bilateral effusions, right moderate and left tiny.', ['effusion@right_lower 2', 'effusion@left_lower 1']],
    [
      'Consolidation in the right base, mild in the left base.',
      ['consolidation@right_lower 2', 'consolidation@left_lower 1'],
    ],
    ['No pneumothorax on the left; small on the right.', ['pneumothorax@left_upper 0', 'pneumothorax@right_upper 1']],
    ['The effusion has almost cleared.', ['effusion@ 1']],
    ['Heart size: moderately enlarged.', ['cardiomegaly@ 2']],
    ['Large right effusion with tracheal deviation to the left.', ['effusion@right_lower 3']],
    ['Chest tube on the right, pneumothorax on the left.', ['pneumothorax@left_upper 2']],
    ['Left basal atelectasis after right thoracotomy.', ['atelectasis@left_lower 2']],
    ['Posterior mediastinal tumor.', ['mass@mediastinum 2']],
    ['Left hemopneumothorax.', ['effusion@left_lower 2', 'pneumothorax@left_upper 2']],
    ['The costophrenic sulci are sharp.', ['effusion@right_lower+left_lower 0']],
    ['Biapical scarring sparing the bases.', ['fibrosis@right_upper+left_upper 2']],
  ])('gives each place its own grade, and no place of another thing: %s', (text, expected) =>
    expect(graded(text)).toEqual(expected),
  );

  it.each(
    ['breast', 'thyroid', 'shoulder joint', 'soft tissues', 'liver', 'sternum']
      .flatMap((part) => [`Mass in the left ${part}.`, `Edema of the ${part}.`, `No nodule within the ${part}.`])
      .concat([
        'Lumbar vertebral collapse.',
        'Collapse of T12.',
        'Knee effusion.',
        'Subcutaneous emphysema.',
        'No osseous abnormality.',
      ]),
  )('leaves other parts of the body alone: %s', (text) => expect(said(text)).toEqual([]));
});

const asked = (text: string): readonly string[] => {
  const parsed = parseEdits(text);
  return parsed.understood
    ? parsed.edits.map(
        ({ kind, finding, places, severity }) => `${kind} ${finding}@${places.join('+')} ${String(severity)}`,
      )
    : [];
};

describe('an edit', () => {
  it.each(
    cases<Case>((name, finding, other) => [
      ...['keep', 'leave', 'preserve', "don't touch"].map(
        (verb) => [`remove the ${name}, ${verb} the ${other}`, [`remove ${finding}@ 0`]] as const,
      ),
      [`remove the ${name} but not the ${other}`, [`remove ${finding}@ 0`]],
      ...['less', 'shrink the', 'diminish the', 'fainter', 'reduce the'].map(
        (verb) =>
          [
            `${verb} right ${name}`,
            [expect.stringMatching(new RegExp(`^grade ${finding}@right_\\S+ 1$`)) as string],
          ] as const,
      ),
      ...['more', 'stronger', 'aggravate the'].map(
        (verb) =>
          [
            `${verb} right ${name}`,
            [expect.stringMatching(new RegExp(`^grade ${finding}@right_\\S+ 3$`)) as string],
          ] as const,
      ),
      ...['resolve', 'dissolve'].map((verb) => [`${verb} the ${name}`, [`remove ${finding}@ 0`]] as const),
      [`${name} 1.5 in the left base`, [`add ${finding}@left_lower 1.5`]],
      [`grade 3 ${name} in the left base`, [`add ${finding}@left_lower 3`]],
      [`LLZ ${name} grade 1`, [`add ${finding}@left_lower 1`]],
      [`${name} in zone F`, [`add ${finding}@left_lower 2`]],
    ]),
  )('keeps, lessens and grades: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each<Case>([
    ['RMZ consolidation', ['add consolidation@right_mid 2']],
    ['right basal consolidatoin', ['add consolidation@right_lower 2']],
    ['rigth efusion', ['add effusion@right_lower 2']],
    ['brighter in the left base', ['add lung_opacity@left_lower 2']],
    ['darker left base', ['grade lung_opacity@left_lower 1']],
    ['make the left lung normal', ['remove lung_opacity@left_upper+left_mid+left_lower 0']],
    ['clear the right lung without changing the left', ['remove lung_opacity@right_upper+right_mid+right_lower 0']],
    ['set the left effusion to 1', ['grade effusion@left_lower 1']],
    ['larger heart', ['grade cardiomegaly@mediastinum 3']],
  ])('reads places by letters, slips of the keys, and plain words: %s', (text, expected) =>
    expect(asked(text)).toEqual(expected),
  );

  it('moves: it goes where it was and comes where it is wanted', () => {
    expect(parseEdits('move the nodule from the right upper zone to the left')).toMatchObject({
      understood: true,
      edits: [{ finding: 'nodule', severities: { right_upper: 0, left_upper: 2 } }],
    });
    expect(parseEdits('move the consolidation to the right base')).toMatchObject({
      understood: true,
      edits: [{ finding: 'consolidation', severities: { left_lower: 0, right_lower: 2 } }],
    });
  });
});

describe('any text', () => {
  const WORDS = [
    'no',
    'effusion',
    ':',
    ';',
    ',',
    'left',
    'sparing',
    'grade',
    '3',
    'move',
    'to',
    'cannot',
    'be',
    'excluded',
    'heart',
    '(',
    '\n',
    'FINDINGS',
    'HISTORY',
    'keep',
    'remove',
    'less',
    'zone',
    'c',
    'costophrenic',
    'clear',
    'mediastinal',
    'mass',
    'hydropneumothorax',
    'constructor',
    '__proto__',
  ];

  it.each(['constructor : no', '3 constructor', 'no __proto__; keep'])('names what every object has: %s', (text) => {
    expect(said(text)).toEqual([]);
    expect(asked(text)).toEqual([]);
  });

  it('is read without a fault, and what is said of it lies within it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (line) => {
        const { evidence, unrecognised } = parse(line);
        for (const { start, end } of [...evidence, ...unrecognised, ...parseEdits(line).unrecognised]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(line.length);
          expect(start).toBeLessThan(end);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
