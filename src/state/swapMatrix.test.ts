import { describe, expect, it } from 'vitest';
import { fakeCounterfactual, fakeRadiograph, fakeReading } from './testing/fakes';
import { travellingFindings } from './swap';
import { matrixEdit, zonesAsAsked } from './swapMatrix';

const SICK = fakeReading(0.2, [0, 0, 0, 0, 1.2, 2.4]);
const CLEAR = fakeReading(0.1);
const read = (reading: typeof SICK) => travellingFindings(reading, {});

describe('a cell of the swap matrix', () => {
  it('brings the donor’s own opacity, which has no words', () => {
    const pathology = { scale: 0.1, tokens: 'AAAA' };
    expect(matrixEdit(CLEAR, read(SICK), pathology)?.sketch).toEqual({ pathology });
    expect(matrixEdit(CLEAR, read(SICK))?.sketch).toBeUndefined();
  });

  it('asks for the donor’s opacities in place of the recipient’s', () => {
    const recipient = fakeReading(0.2, [2, 0, 0, 0, 0, 0]);
    expect(matrixEdit(recipient, read(SICK))).toEqual({
      kind: 'add',
      finding: 'lung_opacity',
      places: ['right_upper', 'left_mid', 'left_lower'],
      severity: 2.4,
      severities: { right_upper: 0, left_mid: 1.2, left_lower: 2.4 },
    });
  });

  it('takes opacities away for a clear donor, and asks nothing where there are none', () => {
    expect(matrixEdit(SICK, read(CLEAR))).toEqual({
      kind: 'remove',
      finding: 'lung_opacity',
      places: ['left_mid', 'left_lower'],
      severity: 0,
    });
    expect(matrixEdit(CLEAR, read(CLEAR))).toBeUndefined();
  });

  it('brings what else the reader calls in the donor, in the same edit', () => {
    const donor = { ...SICK, findings: { ...SICK.findings, cardiomegaly: 0.9, pneumonia: 0.9 } };
    expect(matrixEdit(CLEAR, read(donor))).toMatchObject({
      finding: 'lung_opacity',
      further: [{ finding: 'cardiomegaly', severities: { mediastinum: 1.8 } }],
    });
  });

  it('counts the zones that came out as asked, and those that stayed', () => {
    const edit = matrixEdit(CLEAR, read(SICK));
    if (edit === undefined) throw new Error('there is something to ask');
    const result = fakeCounterfactual(fakeRadiograph(), edit, 1);
    const before = fakeReading(0.2, [0, 0, 1, 0, 0, 0]);
    expect(zonesAsAsked({ ...result, before, after: fakeReading(0.2, [0, 0, 1, 0, 1.2, 2.4]) })).toBe(6);
    expect(zonesAsAsked({ ...result, before, after: fakeReading(0.2, [0, 0, 1, 0, 1.2, 0.4]) })).toBe(5);
    expect(zonesAsAsked({ ...result, before, after: fakeReading(0.2, [3, 0, 1, 0, 0, 0.4]) })).toBe(3);
  });
});
