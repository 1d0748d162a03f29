import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTION, MARGIN, sheetLayout, wrapped, type Box } from './matrixSheet';

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe('the picture of a swap matrix', () => {
  it('has room for every heading, cell and caption, none over another', () => {
    for (const rows of [1, 2, 3]) {
      for (const columns of [1, 2, 3]) {
        const layout = sheetLayout(rows, columns);
        const cells = Array.from({ length: rows * columns }, (_, index) =>
          layout.cell(Math.floor(index / columns), index % columns),
        );
        const boxes = [
          ...cells.map((cell) => ({ ...cell, height: cell.height + CAPTION })),
          ...Array.from({ length: columns }, (_, column) => layout.donor(column)),
          ...Array.from({ length: rows }, (_, row) => layout.patient(row)),
        ];
        boxes.forEach((box, index) => {
          expect(box.x + box.width).toBeLessThanOrEqual(layout.width - MARGIN);
          expect(box.y + box.height).toBeLessThanOrEqual(layout.height - MARGIN + CAPTION);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        });
      }
    }
  });

  it('breaks names at words where it can, within words where it must, and cuts what is left', () => {
    const short = (line: string) => line.length <= 10;
    expect(wrapped('Left lung opacity', short, 3)).toEqual(['Left lung', 'opacity']);
    expect(wrapped('1.2.840.113619.png', short, 3)).toEqual(['1.2.840.11', '3619.png']);
    expect(wrapped('Left lung opacity', short, 1)).toEqual(['Left lun…']);
  });

  it('loses no letter and never overflows, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 3, max: 20 }), (name, width) => {
        const lines = wrapped(name, (line) => line.length <= width, 99);
        expect(lines.join('').replace(/ /g, '')).toBe(name.replace(/ /g, ''));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
