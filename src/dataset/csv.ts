/** Tables as text. */

/**
 * A spreadsheet takes a field for a formula that begins with one of these, in ASCII or full width, and skips the blanks and
 * control characters before it; what begins with a tab or a line's end it may cut there.
 */
const FORMULA = /^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** RFC 4180: fields that hold a comma, a quote or a line's end stand in quotes. A spreadsheet shall not take one for a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const field = (value: string): string => {
    const plain = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** What may stand between two fields, where the first line does not say otherwise the first. */
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * The rows of a small table by column, as spreadsheets write them: a byte order mark, commas, semicolons or tabs, quotes. Cells
 * that are not there are blank.
 */
export function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const body = text.replace(/^\ufeff/, '');
  const head = /^[^\r\n]*/.exec(body)?.[0] ?? '';
  const separator = SEPARATORS.reduce((best, each) =>
    head.split(each).length > head.split(best).length ? each : best,
  );
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  const endRow = (): void => {
    row.push(cell);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    [row, cell] = [[], ''];
  };
  for (let at = 0; at < body.length; at++) {
    const character = body[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (body[at + 1] === '"') cell += body[at++] ?? '';
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && body[at + 1] === '\n') at++;
      endRow();
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  const [header = [], ...rest] = rows;
  return rest.map((cells) => Object.fromEntries(header.map((name, index) => [name.trim(), cells[index] ?? ''])));
}
