import { describe, expect, it } from 'vitest';
import type { Reading } from '../counterfactual/edit';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import { parseEdits } from '../findings/parseEdits';
import { seenStatement } from './seenStatement';

const reading = (called: readonly Finding[], zoneSeverity: readonly number[]): Reading => ({
  findings: Object.fromEntries(
    FINDINGS.map((finding) => [finding, called.includes(finding) ? 0.9 : 0.1]),
  ) as Reading['findings'],
  opacityMap: new Float32Array(1024),
  zoneSeverity,
});

describe('what is seen', () => {
  it('is nothing while nothing is read', () => {
    expect(seenStatement(undefined)).toBeUndefined();
  });

  it('holds opacity zone by zone, and other findings of the whole image', () => {
    expect(seenStatement(reading(['cardiomegaly', 'pneumonia'], [0, 0, 1.2, 0, 0, 2]))?.items).toEqual([
      { finding: 'lung_opacity', places: ['right_lower'], severity: 1.2, certainty: 'certain' },
      { finding: 'lung_opacity', places: ['left_lower'], severity: 2, certainty: 'certain' },
      { finding: 'cardiomegaly', places: [], severity: 1.8, certainty: 'certain' },
    ]);
  });

  it('is what the words line is about where it names no finding', () => {
    const seen = seenStatement(reading(['cardiomegaly'], [0, 0, 1, 0, 0, 2]));
    const asked = (text: string) => {
      const parsed = parseEdits(text, seen);
      return parsed.understood ? parsed.edits : [];
    };
    expect(asked('make it worse')).toMatchObject([
      { kind: 'add', finding: 'lung_opacity', severities: { right_lower: 2, left_lower: 3 } },
      { kind: 'grade', finding: 'cardiomegaly' },
    ]);
    expect(parseEdits('make it worse', seen)).toMatchObject({ ofSeen: ['lung_opacity', 'cardiomegaly'] });
    expect(parseEdits('mild effusion', seen)).not.toHaveProperty('ofSeen');
    expect(asked('make it worse on the left')).toMatchObject([
      { finding: 'lung_opacity', places: ['left_lower'], severity: 3 },
      { finding: 'cardiomegaly' },
    ]);
    expect(asked('everything but the opacity')).toMatchObject([{ kind: 'remove', finding: 'cardiomegaly' }]);
    expect(asked('back to normal')).toMatchObject([
      { kind: 'remove', finding: 'lung_opacity', places: ['right_lower', 'left_lower'] },
      { kind: 'remove', finding: 'cardiomegaly' },
    ]);
  });
});
