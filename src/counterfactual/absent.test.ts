import { describe, expect, it, vi } from 'vitest';
import { ZONES } from '../findings/vocabulary';
import { emptyMask } from '../imaging/mask';
import { mayShowEffusion, withoutAbsent } from './absent';
import type { Edit, Reading } from './edit';
import { fakeManifest } from './testing/fakes';

const gone = (finding: Edit['finding']): Edit => ({ kind: 'remove', finding, places: [...ZONES], severity: 0 });
const clear = { zoneSeverity: [0.1, 0, 0.2, 0.3, 0.1, 0.4] };
const hazy = { zoneSeverity: [0, 0, 1.2, 0, 0, 0] };

describe('what is to go', () => {
  it('and is nowhere seen is named, and nothing is made', () => {
    for (const finding of ['edema', 'consolidation', 'pneumonia', 'atelectasis'] as const)
      expect(() => withoutAbsent(gone(finding), clear, 'a.png', true)).toThrow(/to take away in a\.png/);
    expect(withoutAbsent(gone('edema'), hazy, 'a.png', true)).toEqual(gone('edema'));
  });

  it('is looked for where it is to go from', () => {
    const upper: Edit = { ...gone('consolidation'), places: ['right_upper'] };
    expect(() => withoutAbsent(upper, hazy, 'a.png', true)).toThrow(/consolidation/);
  });

  it('is left alone beside what comes', () => {
    const edit: Edit = {
      kind: 'add',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 2,
      further: [{ finding: 'edema', severities: { right_mid: 0, left_mid: 0 } }],
    };
    expect(withoutAbsent(edit, clear, 'a.png', true)).toEqual({
      kind: 'add',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 2,
    });
    const others: Edit = { ...gone('edema'), further: [{ finding: 'effusion', severities: { left_lower: 0 } }] };
    expect(withoutAbsent(others, clear, 'a.png', true)).toMatchObject({ kind: 'remove', finding: 'effusion' });
  });

  it('goes where it was painted, and where no reader tells whether it is there', () => {
    const painted: Edit = { ...gone('edema'), mask: emptyMask(4, 4) };
    expect(withoutAbsent(painted, clear, 'a.png', true)).toBe(painted);
    for (const finding of ['lung_opacity', 'effusion', 'cardiomegaly', 'nodule', 'fibrosis'] as const)
      expect(withoutAbsent(gone(finding), clear, 'a.png', true)).toEqual(gone(finding));
  });

  it('and is an effusion that neither reader sees, is named, or left alone beside what else is asked', () => {
    expect(() => withoutAbsent(gone('effusion'), hazy, 'a.png', false)).toThrow(
      /No effusion was found .*: neither reader sees one/,
    );
    const both: Edit = { ...gone('effusion'), further: [{ finding: 'edema', severities: { right_lower: 0 } }] };
    expect(withoutAbsent(both, hazy, 'a.png', false)).toMatchObject({ kind: 'remove', finding: 'edema' });
    const painted: Edit = { ...gone('effusion'), mask: emptyMask(4, 4) };
    expect(withoutAbsent(painted, hazy, 'a.png', false)).toBe(painted);
  });
});

describe('whether an effusion may be there', () => {
  const curve = (threshold: number) => ({ effusion: { scale: 1, offset: 0, threshold } });
  const manifest = {
    ...fakeManifest(),
    calibration: { ...fakeManifest().calibration, reader: curve(0.24), 'second-reader': curve(0.14) },
  };
  const readBy = (first: number, second: number) => {
    const reading = (effusion: number) => ({ findings: { effusion } }) as Reading;
    return { reading: reading(first), judged: vi.fn(() => Promise.resolve(reading(second))) };
  };

  it.each([
    ['the first reader', 0.13, 0.01, true],
    ['the second', 0.01, 0.08, true],
    ['neither', 0.11, 0.06, false],
  ])('is what %s says', async (_, first, second, seen) => {
    expect(await mayShowEffusion(gone('effusion'), 'auto', readBy(first, second), { manifest })).toBe(seen);
    const beside: Edit = { ...gone('edema'), further: [{ finding: 'effusion', severities: { left_lower: 0 } }] };
    expect(await mayShowEffusion(beside, 'auto', readBy(first, second), { manifest })).toBe(seen);
  });

  it('is not asked of what is painted, of what comes, or where the denoiser is named', async () => {
    const source = readBy(0, 0);
    const coming: Edit = { kind: 'add', finding: 'effusion', places: ['left_lower'], severity: 2 };
    const painted: Edit = { ...gone('effusion'), mask: emptyMask(4, 4) };
    for (const edit of [coming, painted, gone('edema')])
      expect(await mayShowEffusion(edit, 'auto', source, { manifest })).toBe(true);
    expect(await mayShowEffusion(gone('effusion'), 'twin-flow', source, { manifest })).toBe(true);
    expect(source.judged).not.toHaveBeenCalled();
  });
});
