import { describe, expect, it } from 'vitest';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { Edit, Reading } from '../edit';
import { waysOf } from './ways';

const reading: Reading = {
  findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0])) as Record<Finding, number>,
  zoneSeverity: [0, 0, 0, 0, 0, 0],
  opacityMap: new Float32Array(1024),
};
const FLUID: Edit = { kind: 'add', finding: 'effusion', places: ['right_lower', 'left_lower'], severity: 2 };
const withAir: Edit = { ...FLUID, further: [{ finding: 'pneumothorax', severities: { right_upper: 2 } }] };

const drawn = (edit: Edit): readonly unknown[] =>
  waysOf(edit, reading, 'auto').drawn.map(({ edit: { finding, places, sketch } }) => [
    finding,
    places,
    sketch?.options?.['kind'],
  ]);

describe('what is drawn away', () => {
  const going = (edit: Edit, present = 0): readonly unknown[] =>
    waysOf(edit, { ...reading, findings: { ...reading.findings, effusion: present } }, 'auto').drawn.map(
      ({ edit: { finding, severity }, remove }) => [finding, severity, remove],
    );

  const mask = { width: 4, height: 4, data: new Uint8Array(16).fill(255) };
  const gone: Edit = { kind: 'remove', finding: 'effusion', places: ['right_lower'], severity: 0 };
  const less: Edit = { ...gone, kind: 'grade', severity: 1 };

  it('is an effusion that goes alone, painted or not', () => {
    expect(going(gone)).toEqual([['effusion', 0, true]]);
    expect(going({ ...gone, places: [], mask })).toEqual([['effusion', 0, true]]);
    expect(going({ ...gone, further: [{ finding: 'edema', severities: { right_lower: 0 } }] })).toEqual([]);
  });

  it('is an effusion beside other findings where one is found, before all that comes', () => {
    const beside: Edit = {
      kind: 'add',
      finding: 'nodule',
      places: ['right_mid'],
      severity: 1,
      further: [{ finding: 'effusion', severities: { right_lower: 0 } }],
    };
    const asked: unknown[] = [];
    const ways = (isFound: boolean): unknown[] =>
      waysOf(beside, reading, 'auto', ({ edit: { finding } }) => {
        asked.push(finding);
        return isFound;
      }).drawn.map(({ edit: { finding }, remove }) => [finding, remove]);
    expect(ways(true)).toEqual([
      ['effusion', true],
      ['nodule', undefined],
    ]);
    expect(ways(false)).toEqual([['nodule', undefined]]);
    expect(asked).toEqual(['effusion', 'effusion']);
  });

  it('is the effusion that is too much where a lower grade is asked, and none where there is less', () => {
    expect(going(less, 0.9)).toEqual([['effusion', 1, true]]);
    expect(going(less, 0.1)).toEqual([['effusion', 0.8, undefined]]);
  });
});

describe('fluid and air in one pleural space', () => {
  it('have a straight level on that side: the air first, then the fluid under it', () => {
    expect(drawn(withAir)).toEqual([
      ['pneumothorax', ['right_upper'], undefined],
      ['effusion', ['right_lower'], 'level'],
      ['effusion', ['left_lower'], undefined],
    ]);
  });

  it('leave fluid on the other side its meniscus', () => {
    expect(drawn({ ...withAir, places: ['left_lower'] })).toEqual([
      ['pneumothorax', ['right_upper'], undefined],
      ['effusion', ['left_lower'], undefined],
    ]);
  });

  it('are drawn as is asked where a kind is asked by name, and without air there is no level', () => {
    const named: Edit = { ...withAir, places: ['right_lower'], sketch: { options: { kind: 'subpulmonic' } } };
    expect(drawn(named)).toContainEqual(['effusion', ['right_lower'], 'subpulmonic']);
    expect(drawn(FLUID)).toEqual([['effusion', ['right_lower', 'left_lower'], undefined]]);
  });
});

describe('a donor’s opacity, with its shape', () => {
  const digits = '8'.repeat(160);
  const swap: Edit = {
    kind: 'add',
    finding: 'lung_opacity',
    places: ['right_upper', 'right_lower', 'left_lower'],
    severity: 3,
    severities: { right_upper: 0, right_lower: 3, left_lower: 1 },
    sketch: { shape: { right: digits, left: digits } },
  };
  const seen = { ...reading, zoneSeverity: [2, 0, 1.5, 0, 0, 0] };

  it('comes whole, after the patient’s own has gone from every place that is asked, and only from those that have some', () => {
    const { sampled, drawn: coming } = waysOf(swap, seen, 'auto');
    expect(sampled).toMatchObject({ kind: 'remove', finding: 'lung_opacity', places: ['right_upper', 'right_lower'] });
    expect(coming.map(({ edit: { places, severity } }) => [places, severity])).toEqual([
      [['right_lower'], 3],
      [['left_lower'], 1],
    ]);
  });

  it('is nothing that goes where the patient has none', () => {
    expect(waysOf({ ...swap, places: ['left_lower'] }, seen, 'auto').sampled).toBeUndefined();
  });
});
