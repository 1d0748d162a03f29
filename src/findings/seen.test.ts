import { describe, expect, it } from 'vitest';
import { lessWanted } from './lessWanted';
import { gradeSeen, type Seen } from './seen';
import { FINDINGS, type Finding } from './vocabulary';

const opacityMap = new Float32Array(1024);
opacityMap.fill(0.5, 0, 512);
const seen: Seen = {
  findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0.4])) as Record<Finding, number>,
  zoneSeverity: [2, 0, 0, 1, 0, 0],
  opacityMap,
  scale: 4,
};

describe('how much of a finding is seen', () => {
  it('is the grade of the worst of its places, of what looks like opacity', () => {
    expect(gradeSeen('consolidation', { places: ['right_upper', 'left_upper'] }, seen)).toBe(2);
    expect(gradeSeen('consolidation', { places: [] }, seen)).toBe(0);
  });

  it('is the opacity inside the paint, whatever places are named beside it', () => {
    const cells = (from: number, to: number) => new Float32Array(1024).fill(1, from, to);
    expect(gradeSeen('lung_opacity', { cells: cells(0, 100) }, seen)).toBe(2);
    expect(gradeSeen('lung_opacity', { cells: cells(900, 1000) }, seen)).toBe(0);
  });

  it('is of anything else what the film is read to show, up to moderate', () => {
    expect(gradeSeen('effusion', { places: ['right_lower'] }, seen)).toBeCloseTo(0.8);
  });
});

describe('of which findings less is wanted', () => {
  it.each([
    ['make the effusion smaller', ['effusion']],
    ['make the effusion and the edema smaller', ['effusion', 'edema']],
    ['reduce the effusion and the edema', ['effusion', 'edema']],
    ['reduce the effusion, worsen the edema', ['effusion']],
    ['make the nodule larger and the effusion smaller', ['effusion']],
    ['add a nodule and make the effusion smaller', ['effusion']],
    ['add a nodule', []],
  ])('%s', (words, findings) => {
    expect([...lessWanted(words)].sort()).toEqual([...findings].sort());
  });
});
