/** Sentences from a grammar of their own, half of whose templates no rule was written from (see `testing/templates`). */

import { describe, expect, it } from 'vitest';
import { parse } from './parse';
import { parseEdits } from './parseEdits';
import { askedRightly, readRightly } from './testing/templates/judge';
import { editSentences, reportSentences } from './testing/templates/render';

/** Sentences a template. */
const DRAWS = 3;
/** Least share of a kind. */
const SHARE = 0.97;

const judged = [
  ...reportSentences(DRAWS).map((sentence) => ({
    ...sentence,
    right: readRightly(parse(sentence.text).statement.items, sentence),
  })),
  ...editSentences(DRAWS).map((sentence) => {
    const parsed = parseEdits(sentence.text, sentence.seen);
    return { ...sentence, right: askedRightly(parsed.understood ? parsed.edits : [], sentence) };
  }),
];
const kinds = [...new Set(judged.map(({ kind }) => kind))];

describe('sentences by template', () => {
  it.each(kinds)('are read as they are meant, those held back too: %s', (kind) => {
    for (const half of ['worked from', 'held back'] as const) {
      const own = judged.filter((each) => each.kind === kind && each.half === half);
      const wrong = own.filter(({ right }) => !right).map(({ text }) => text);
      expect(own.length).toBeGreaterThan(10);
      expect({ half, wrong, enough: 1 - wrong.length / own.length >= SHARE || wrong.length <= 1 }).toMatchObject({
        enough: true,
      });
    }
  });

  it('knows a wrong reading from a right one', () => {
    const [sentence] = reportSentences(1).filter(
      ({ template }) => template === 'Neither {A} nor {B} is present, but {C} is.',
    );
    if (sentence === undefined) throw new Error('The template is gone.');
    const { items } = parse(sentence.text).statement;
    expect(readRightly(items, sentence)).toBe(true);
    expect(readRightly(items.slice(1), sentence)).toBe(false);
    expect(
      readRightly(
        items.map((item) => ({ ...item, certainty: 'certain' })),
        sentence,
      ),
    ).toBe(false);
  });
});

describe('slips of the keys', () => {
  it('are said, with what the word was read as', () => {
    expect(parseEdits('rigth efusion')).toMatchObject({
      mended: [
        { text: 'rigth', read: 'right' },
        { text: 'efusion', start: 6, end: 13, read: 'effusion' },
      ],
    });
    expect(parseEdits('right effusion')).toMatchObject({ mended: [] });
  });
});
