import { describe, expect, it } from 'vitest';
import { changeOf, changeTo, comingFirst, gradeAt, gradesOf, isRemoval } from './change';

describe('what is asked of a finding', () => {
  const drawn = { options: { margin: 'spiculated' } };
  const loose = {
    finding: 'nodule',
    places: ['left_upper', 'left_mid'],
    severity: 2,
    severities: { left_mid: 1 },
    sketch: drawn,
  } as const;

  it('takes of controls what its kind has, and a removal neither grades nor a drawing', () => {
    expect(changeOf({ ...loose, kind: 'grade' })).toEqual({ ...loose, kind: 'grade' });
    expect(changeOf({ ...loose, kind: 'remove' })).toEqual({
      kind: 'remove',
      finding: 'nodule',
      places: ['left_upper', 'left_mid'],
      severity: 0,
    });
  });

  it('is of each place what was said of it, else what was said of all, and of nothing where it goes', () => {
    expect(gradesOf(changeOf({ ...loose, kind: 'add' }))).toEqual({ left_upper: 2, left_mid: 1 });
    expect(gradeAt(changeOf({ ...loose, kind: 'remove' }), 'left_mid')).toBe(0);
  });

  it('is a removal where every place is to be cleared, and another grade of nothing is none', () => {
    expect(changeTo('grade', 'edema', { left_lower: 0 }, ['left_lower'])).toMatchObject({
      kind: 'remove',
      severity: 0,
    });
    expect(changeTo('remove', 'edema', { left_lower: 1 }, ['left_lower'])).toMatchObject({ kind: 'add', severity: 1 });
    expect(isRemoval(changeOf({ ...loose, kind: 'grade', severity: 0 }))).toBe(false);
  });

  it('puts what comes before what goes, each in its order', () => {
    const [goes, comes, more] = (['remove', 'add', 'grade'] as const).map((kind) => changeOf({ ...loose, kind }));
    expect(comingFirst([goes, comes, more].flatMap((each) => each ?? []))).toEqual([comes, more, goes]);
  });
});
