import { describe, expect, it } from 'vitest';
import { GRADES } from './cases';
import type { Row } from './row';
import { isCalled, isReached, severityOrder, spearman, tableOf, type Calibration } from './table';

const ROW: Row = {
  film: 'a',
  finding: 'effusion',
  grade: 'mild',
  unit: 'share',
  asked: 0.4,
  drawn: 0.4,
  measured: 0.44,
  read: [0.1, 0.3],
  opacity: null,
  others: [0.01, 0.04],
  changed: 900,
  outside: 0,
  harmonised: false,
  milliseconds: 5,
};
const CALIBRATION: Calibration = {
  'second-reader': {
    effusion: { threshold: 0.14, readable: true },
    mass: { threshold: 0.5, readable: false },
  },
  operatingPoint: { 'second-reader-local': 0.3 },
};

describe('what counts as reached', () => {
  it('is within a fifth of a share or a length, and within three hundredths of a ratio', () => {
    expect([0.33, 0.47, 0.31, 0.49].map((measured) => isReached({ ...ROW, measured }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const heart = { ...ROW, unit: 'ratio', asked: 0.58 };
    expect([0.56, 0.54].map((measured) => isReached({ ...heart, measured }))).toEqual([true, false]);
    expect(isReached({ ...ROW, measured: null })).toBeUndefined();
  });
});

describe('what counts as called', () => {
  it('is the threshold of the finding, local opacity for opacity, and nothing where the reader cannot tell it', () => {
    expect(isCalled(ROW, CALIBRATION)).toBe(true);
    expect(isCalled({ ...ROW, read: [0.1, 0.12] }, CALIBRATION)).toBe(false);
    expect(isCalled({ ...ROW, finding: 'mass' }, CALIBRATION)).toBeUndefined();
    const opacity = { ...ROW, finding: 'lung_opacity' };
    expect(isCalled({ ...opacity, opacity: [0, 0.31] }, CALIBRATION)).toBe(true);
    expect(isCalled({ ...opacity, opacity: [0, 0.2] }, CALIBRATION)).toBe(false);
  });
});

describe('the order of severities', () => {
  it('is a rank correlation, film by film, in which a value that does not move counts nothing', () => {
    expect(spearman([1, 2, 3], [5, 7, 90])).toBeCloseTo(1);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
    const film = (name: string, values: readonly number[]): readonly Row[] =>
      GRADES.map((grade, at) => ({ ...ROW, film: name, grade, measured: values[at] ?? 0 }));
    const measured = (row: Row): number | undefined => row.measured ?? undefined;
    expect(severityOrder(film('a', [1, 2, 3]), measured)).toBeCloseTo(1);
    expect(severityOrder([...film('a', [1, 2, 3]), ...film('b', [0, 0, 0])], measured)).toBeCloseTo(0.5);
    expect(severityOrder(film('a', [1, 2, 3]).slice(1), measured)).toBeUndefined();
  });
});

describe('the table', () => {
  it('counts films by severity, what was refused, and what changed outside the mask', () => {
    const rows: readonly Row[] = [ROW, { ...ROW, film: 'b', measured: 0.1, outside: 3 }];
    const line = tableOf(
      [...rows, { film: 'c', finding: 'effusion', grade: 'mild', refused: 'No lungs.' }],
      CALIBRATION,
    )
      .split('\n')
      .at(-1);
    expect(line).toContain('| effusion | 40 % /');
    expect(line).toContain('| 1 of 2 / – / – | 2 of 2 / – / – |');
    expect(line).toMatch(/\| 3 \| 1 \|$/);
  });
});
