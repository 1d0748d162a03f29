import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../imaging/resample';
import { withoutBrightRims } from './brightRims';
import type { Edit } from './edit';
import { lungShare } from './realism/realism';
import { fakeRegions } from './testing/fakes';

const GONE: Edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_lower', 'right_upper'], severity: 0 };
const REGIONS = fakeRegions();
const LUNGS = lungShare(REGIONS);
const before = new Float32Array(GRID_SIZE * GRID_SIZE).fill(-0.2);
/** Darker in the left half, brighter in the right. */
const after = before.map((_, at) => (at % GRID_SIZE < GRID_SIZE / 2 ? -0.5 : 0.3));

describe('the rims of lungs that are cleared', () => {
  it('become no brighter; what becomes darker, and what lies in the lungs, is as it was made', () => {
    const held = withoutBrightRims(before, after, GONE, REGIONS);
    const [beside, inside] = [LUNGS.map((share) => Number(share === 0)), LUNGS.map((share) => Number(share === 1))];
    const brighter = (where: Float32Array): number =>
      held.reduce((sum, value, at) => sum + Number((where[at] ?? 0) > 0 && value > -0.2), 0);
    expect(brighter(beside)).toBe(0);
    expect(brighter(inside)).toBeGreaterThan(100);
    held.forEach((value, at) => {
      if (at % GRID_SIZE < GRID_SIZE / 2 || LUNGS[at] === 1) expect(value).toBe(after[at]);
    });
  });

  it.each<[string, Edit]>([
    ['comes', { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 }],
    ['becomes less', { kind: 'grade', finding: 'lung_opacity', places: ['left_lower'], severity: 1 }],
    [
      'comes beside what goes',
      {
        kind: 'add',
        finding: 'lung_opacity',
        places: ['left_lower', 'right_upper'],
        severity: 2,
        severities: { left_lower: 2, right_upper: 0 },
      },
    ],
    ['is no opacity', { kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 }],
    ['goes with what is no opacity', { ...GONE, further: [{ finding: 'effusion', severities: { left_lower: 0 } }] }],
  ])('are left alone where what is asked %s', (_, edit) => {
    expect(withoutBrightRims(before, after, edit, REGIONS)).toBe(after);
  });
});
