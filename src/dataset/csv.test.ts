import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, rowsOf } from './csv';

describe('a table as text', () => {
  it('holds any text so that it can be read back', () => {
    // A leading = + - @ would be a formula to a spreadsheet, and is quoted on purpose.
    const text = fc
      .string({ maxLength: 12 })
      .filter((value) => !/^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(value));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), (rows) => {
        expect(rowsOf(csvOf([['a', 'b'], ...rows]))).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
      { numRuns: 50 },
    );
    expect(csvOf([['=cmd()', '-0.5', '+x']])).toBe("'=cmd(),-0.5,'+x\r\n");
  });

  it.each(['=1+1', '+1+cmd', '-1+1|cmd', '@SUM(1)', '＝1', '＋1+1', '－1+1', '＠SUM(1)'])(
    'guards %s behind whatever a spreadsheet skips',
    (formula) => {
      for (const before of ['', '\r', '\n', '\t', ' ', '\r\n', '\u00a0', '\u200b', '\ufeff', '\u0000', ' \t\r']) {
        expect(
          rowsOf(
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

  it.each([
    ['a byte order mark and semicolons', '\ufefffile;patient\r\na.png;7\r\n'],
    ['tabs and no last line end', 'file\tpatient\na.png\t7'],
    ['old line ends, quotes and blank lines', '"file","patient"\r\r"a.png",7\r\r'],
    ['a cell too few', 'file,patient,split\na.png,7'],
  ])('is read with %s', (_, text) => {
    expect(rowsOf(text)).toMatchObject([{ file: 'a.png', patient: '7' }]);
  });
});
