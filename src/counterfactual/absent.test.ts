import { describe, expect, it } from 'vitest';
import { ZONES } from '../findings/vocabulary';
import { emptyMask } from '../imaging/mask';
import { withoutAbsent } from './absent';
import type { Edit } from './edit';

const gone = (finding: Edit['finding']): Edit => ({ kind: 'remove', finding, places: [...ZONES], severity: 0 });
const clear = { zoneSeverity: [0.1, 0, 0.2, 0.3, 0.1, 0.4] };
const hazy = { zoneSeverity: [0, 0, 1.2, 0, 0, 0] };

describe('what is to go', () => {
  it('and is nowhere seen is named, and nothing is made', () => {
    for (const finding of ['edema', 'consolidation', 'pneumonia', 'atelectasis'] as const)
      expect(() => withoutAbsent(gone(finding), clear, 'a.png')).toThrow(/to take away in a\.png/);
    expect(withoutAbsent(gone('edema'), hazy, 'a.png')).toEqual(gone('edema'));
  });

  it('is looked for where it is to go from', () => {
    const upper: Edit = { ...gone('consolidation'), places: ['right_upper'] };
    expect(() => withoutAbsent(upper, hazy, 'a.png')).toThrow(/consolidation/);
  });

  it('is left alone beside what comes', () => {
    const edit: Edit = {
      kind: 'add',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 2,
      further: [{ finding: 'edema', severities: { right_mid: 0, left_mid: 0 } }],
    };
    expect(withoutAbsent(edit, clear, 'a.png')).toEqual({
      kind: 'add',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 2,
    });
    const others: Edit = { ...gone('edema'), further: [{ finding: 'effusion', severities: { left_lower: 0 } }] };
    expect(withoutAbsent(others, clear, 'a.png')).toMatchObject({ kind: 'remove', finding: 'effusion' });
  });

  it('goes where it was painted, and where no reader tells whether it is there', () => {
    const painted: Edit = { ...gone('edema'), mask: emptyMask(4, 4) };
    expect(withoutAbsent(painted, clear, 'a.png')).toBe(painted);
    for (const finding of ['lung_opacity', 'effusion', 'cardiomegaly', 'nodule', 'fibrosis'] as const)
      expect(withoutAbsent(gone(finding), clear, 'a.png')).toEqual(gone(finding));
  });
});
