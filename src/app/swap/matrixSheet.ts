/** Where everything stands on the picture of a swap matrix, in pixels. Pure. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  /** Above each column: what the donor is. */
  readonly donor: (column: number) => Box;
  /** Before each row: who the patient is. */
  readonly patient: (row: number) => Box;
  /** Square; the picture stands in its middle. */
  readonly cell: (row: number, column: number) => Box;
}

/** Longer side of a cell's picture, and of those that head rows and columns. */
export const PICTURE = 512;
export const HEAD_PICTURE = 112;
export const MARGIN = 24;
/** Title and what the picture is. */
const TITLE = 74;
/** Below each cell: how it came out. */
export const CAPTION = 30;
const GAP = 16;
const ROW_HEAD = 176;
const COLUMN_HEAD = HEAD_PICTURE + 16;

/** @param rows patients. @param columns donors */
export function sheetLayout(rows: number, columns: number): SheetLayout {
  const left = MARGIN + ROW_HEAD + GAP;
  const top = MARGIN + TITLE + COLUMN_HEAD;
  const across = (column: number): number => left + column * (PICTURE + GAP);
  const down = (row: number): number => top + row * (PICTURE + CAPTION + GAP);
  return {
    width: across(columns) - GAP + MARGIN,
    height: down(rows) - GAP + MARGIN,
    donor: (column) => ({ x: across(column), y: MARGIN + TITLE, width: PICTURE, height: HEAD_PICTURE }),
    patient: (row) => ({ x: MARGIN, y: down(row), width: ROW_HEAD, height: PICTURE }),
    cell: (row, column) => ({ x: across(column), y: down(row), width: PICTURE, height: PICTURE }),
  };
}

/** Words in lines that fit; what is too long for a line is broken where it ends, and what is too long for all of them is cut. */
export function wrapped(text: string, fits: (line: string) => boolean, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const letter of text) {
    if (line === '' || fits(line + letter)) {
      line += letter;
      continue;
    }
    const space = line.lastIndexOf(' ');
    const kept = letter === ' ' || space <= 0 ? line : line.slice(0, space);
    lines.push(kept.trimEnd());
    line = (kept === line ? letter : line.slice(space + 1) + letter).trimStart();
  }
  const all = line === '' ? lines : [...lines, line];
  return all.length <= most ? all : [...all.slice(0, most - 1), `${(all[most - 1] ?? '').slice(0, -1)}…`];
}
