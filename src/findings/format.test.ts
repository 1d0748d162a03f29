import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf } from './change';
import { canonicalEdit, formatEdit, formatEdits } from './editText';
import { canonicalStatement, formatStatement } from './format';
import { parse } from './parse';
import { parseEdits } from './parseEdits';
import type { StatementItem } from './statement';
import { FINDINGS, PLACES } from './vocabulary';

const severity = fc.oneof(
  fc.constantFrom(0, 1, 1.5, 2, 2.5, 3),
  fc.integer({ min: 0, max: 3000 }).map((value) => value / 1000),
);
const places = fc.uniqueArray(fc.constantFrom(...PLACES), { maxLength: PLACES.length });

const item: fc.Arbitrary<StatementItem> = fc.record({
  finding: fc.constantFrom(...FINDINGS),
  places,
  severity,
  certainty: fc.constantFrom('certain' as const, 'possible' as const, 'negated' as const),
});

describe('one line of text', () => {
  it('carries any statement there and back', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), (items) => {
        const parsed = parse(formatStatement({ items }));
        expect(parsed.statement).toEqual(canonicalStatement({ items }));
        expect(parsed.unrecognised).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('carries any edit there and back', () => {
    const edit = fc.record({
      kind: fc.constantFrom('add' as const, 'remove' as const, 'grade' as const),
      finding: fc.constantFrom(...FINDINGS.filter((finding) => finding !== 'no_finding')),
      places,
      severity,
    });
    fc.assert(
      fc.property(edit.map(changeOf), (asked) => {
        expect(parseEdits(formatEdit(asked))).toEqual({
          understood: true,
          edits: [canonicalEdit(asked)],
          unrecognised: [],
          mended: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('carries an edit with a severity for every place there and back', () => {
    const edit = fc.record({
      kind: fc.constantFrom('add' as const, 'grade' as const),
      finding: fc.constantFrom(...FINDINGS.filter((finding) => finding !== 'no_finding')),
      places,
      severity,
      severities: fc.dictionary(fc.constantFrom(...PLACES), severity),
    });
    fc.assert(
      fc.property(edit, (asked) => {
        expect(parseEdits(formatEdit(asked))).toEqual({
          understood: true,
          edits: [canonicalEdit(asked)],
          unrecognised: [],
          mended: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('carries edits of several findings there and back, in their order', () => {
    const edit = fc.record({
      kind: fc.constantFrom('add' as const, 'remove' as const, 'grade' as const),
      finding: fc.constantFrom(...FINDINGS.filter((finding) => finding !== 'no_finding')),
      places,
      severity,
      severities: fc.dictionary(fc.constantFrom(...PLACES), severity),
    });
    const several = fc.uniqueArray(edit.map(changeOf), {
      selector: ({ finding }) => finding,
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(several, (asked) => {
        expect(parseEdits(formatEdits(asked))).toEqual({
          understood: true,
          edits: asked.map(canonicalEdit),
          unrecognised: [],
          mended: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('says several severities worst first and what shall be clear last', () => {
    const severities = { right_mid: 1, left_upper: 0, left_lower: 3 } as const;
    const line = formatEdit({
      kind: 'add',
      finding: 'lung_opacity',
      places: ['right_mid', 'left_upper', 'left_lower'],
      severity: 3,
      severities,
    });
    expect(line).toBe('severe left lower zone opacity; mild right mid zone opacity; no left upper zone opacity');
  });

  it('reads as a radiologist would write', () => {
    const line = formatStatement({
      items: [
        { finding: 'consolidation', places: ['left_lower'], severity: 2, certainty: 'certain' },
        { finding: 'effusion', places: ['left_lower', 'right_lower'], severity: 1, certainty: 'possible' },
        { finding: 'pneumothorax', places: [], severity: 0, certainty: 'negated' },
        { finding: 'edema', places: ['right_upper', 'left_mid'], severity: 1.4, certainty: 'certain' },
      ],
    });
    expect(line).toBe(
      'moderate left lower zone consolidation; possible mild bilateral lower zone effusion; no pneumothorax; severity 1.4 edema in right upper zone and left mid zone',
    );
  });
});
