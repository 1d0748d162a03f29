import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../findings/vocabulary';
import type { ReceiptLine, Verdict } from '../counterfactual/receipt/line';
import { openRadiograph } from '../dicom/open';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import type { Counterfactual, Edit, Reading } from '../counterfactual/edit';
import { atOnce } from '../imaging/slices';
import { decodeMaskPng } from '../imaging/mask-file';
import { readPngText } from '../imaging/png';
import { COLUMNS, csvOf, labelsOf, rowOf, type SetItem } from './manifest';
import { writeSet, type SetFormat } from './write-set';

const line = (id: ReceiptLine['id'], verdict: Verdict): ReceiptLine => ({
  id,
  verdict,
  question: '',
  reason: '',
  key: undefined,
  figures: [],
});

function reading(probability: number): Reading {
  const findings = Object.fromEntries(FINDINGS.map((finding) => [finding, probability])) as Reading['findings'];
  return { findings, zoneSeverity: [0, 0.5, 1, 1.5, 2, 2.5], opacityMap: new Float32Array(1024) };
}

interface Case {
  readonly edit?: Partial<Edit>;
  readonly lines?: readonly ReceiptLine[];
  readonly probability?: number;
  readonly label?: string;
}

function item({
  edit = {},
  lines = [line('effect', 'green')],
  probability = 0.1,
  label = 'severe left lower zone opacity',
}: Case = {}): SetItem {
  const image = fakeRadiograph(70, 64, 12, { synthetic: true, paediatric: true, viewPosition: 'PA' });
  const counterfactual: Counterfactual = {
    image,
    recipe: {
      edit: { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 3, ...edit },
      sampling: {
        seed: 7,
        steps: 4,
        sampler: 'twin-flow',
        guidance: 3,
        maxTime: 0.9,
        shift: 1,
        averages: 1,
        passes: 1,
      },
      source: { name: 'chest.png', sha256: '0'.repeat(64) },
      models: {},
      backend: 'test',
      createdAt: '2026-01-01T00:00:00Z',
      synthetic: true,
    },
    mask: { width: 70, height: 64, data: new Uint8Array(70 * 64).map((_, index) => index % 256) },
    before: reading(0.1),
    after: reading(probability),
    changedPixels: 1,
    milliseconds: 1,
  };
  return {
    counterfactual,
    origin: 'abc',
    label,
    name: undefined,
    receipt: { verdict: 'amber', lines },
    thresholds: { lung_opacity: 0.3, effusion: 0.2 },
  };
}

/** Rows by column, by another reader of CSV: quotes first, then commas. */
function parsed(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  const [header = [], ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

const saved = (items: readonly SetItem[], format: SetFormat) =>
  unzipSync(
    atOnce(
      writeSet(items, { format, version: '1.2.3', note: 'Synthetic.', texts: () => ({ Software: 'Counterpart' }) }),
    ),
  );

describe('a set', () => {
  it.each(['png', 'dicom'] as const)(
    'holds pictures, masks, recipes and a table that names them, as %s',
    async (format) => {
      const items = [item(), item({ label: 'mild, "faint" opacity' })];
      const files = saved(items, format);
      const rows = parsed(new TextDecoder().decode(files['manifest.csv']));
      expect(rows).toHaveLength(2);
      for (const [index, row] of rows.entries()) {
        const { counterfactual, label } = items[index] as SetItem;
        const picture = await openRadiograph(files[row['path'] ?? ''] ?? new Uint8Array(), 'picture');
        expect([...picture.pixels]).toEqual([...counterfactual.image.pixels]);
        expect(picture.synthetic).toBe(true);
        expect(decodeMaskPng(files[row['mask'] ?? ''] ?? new Uint8Array(), 'mask').data).toEqual(
          counterfactual.mask.data,
        );
        expect(JSON.parse(new TextDecoder().decode(files[row['recipe'] ?? '']))).toEqual(counterfactual.recipe);
        expect(row).toMatchObject({
          request: label,
          patient: 'abc',
          split: 'generated',
          seed: '7',
          receipt: 'amber',
          changed_as_asked: 'green',
          age: 'paediatric',
          native_w: '70',
          lung_opacity: '1',
          effusion: '',
          opacity_right_mid: '0.50',
          read_mass: '0.1000',
        });
      }
      expect(Object.keys(files)).toHaveLength(8);
      expect(new TextDecoder().decode(files['README.txt'])).toContain('not a medical device');
      if (format === 'png')
        expect(readPngText(files['images/00001.png'] ?? new Uint8Array())['Software']).toBe('Counterpart');
    },
  );

  it('has a value for every column', () => {
    expect(rowOf(item(), { picture: 'a', mask: 'b', recipe: 'c' })).toHaveLength(COLUMNS.length);
    expect(new Set(COLUMNS).size).toBe(COLUMNS.length);
  });

  it.each<[string, Case, object]>([
    ['came', {}, { lung_opacity: 1 }],
    ['did not come', { lines: [line('effect', 'amber')] }, {}],
    ['was not judged', { lines: [] }, {}],
    ['went, and is called nowhere', { edit: { kind: 'remove', severity: 0 } }, { lung_opacity: 0 }],
    ['went there, and is called elsewhere', { edit: { kind: 'remove', severity: 0 }, probability: 0.6 }, {}],
    [
      'came with another that went',
      {
        edit: { further: [{ finding: 'effusion', severities: { left_lower: 0 } }] },
        lines: [line('effect', 'green'), line('effect-effusion', 'green')],
      },
      { lung_opacity: 1, effusion: 0 },
    ],
    [
      'came with another that did not',
      {
        edit: { further: [{ finding: 'effusion', severities: { left_lower: 2 } }] },
        lines: [line('effect', 'green'), line('effect-effusion', 'red')],
      },
      { lung_opacity: 1 },
    ],
  ])('labels what was asked and %s', (_, given, labels) => {
    expect(labelsOf(item(given))).toEqual(labels);
  });

  it('writes any text so that it can be read back', () => {
    // A leading = + - @ would be a formula to a spreadsheet, and is quoted on purpose.
    const text = fc
      .string({ maxLength: 12 })
      .filter((value) => !/^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(value));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), (rows) => {
        expect(parsed(csvOf([['a', 'b'], ...rows]))).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
    );
    expect(csvOf([['=cmd()', '-0.5', '+x']])).toBe("'=cmd(),-0.5,'+x\r\n");
  });

  it.each(['=1+1', '+1+cmd', '-1+1|cmd', '@SUM(1)', '＝1', '＋1+1', '－1+1', '＠SUM(1)'])(
    'guards %s behind whatever a spreadsheet skips',
    (formula) => {
      for (const before of ['', '\r', '\n', '\t', ' ', '\r\n', '\u00a0', '\u200b', '\ufeff', '\u0000', ' \t\r']) {
        expect(
          parsed(
            csvOf([
              ['a', 'b'],
              [`${before}${formula}`, 'x'],
            ]),
          ),
        ).toEqual([{ a: `'${before}${formula}`, b: 'x' }]);
      }
    },
  );

  it.each(['-0.5', '+1', '-1e5', '1e-3', '-.5', 'severe opacity', 'a=b', '5-6'])('leaves %s as it is', (plain) => {
    expect(csvOf([[plain]])).toBe(`${plain}\r\n`);
  });
});
