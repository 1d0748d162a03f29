import { describe, expect, it } from 'vitest';
import type { Counterfactual, DrawnFinding, Measures } from '../edit';
import { made as whole, RULERS } from '../testing/receipts';
import { effectLines } from './effectLine';
import { drawnFigures, noRoomFor, reachedRatio, wentByContrast } from './drawnFigures';

const NODULE: DrawnFinding = {
  finding: 'nodule',
  severity: 3,
  places: ['right_upper'],
  amount: 30,
  unit: 'mm',
  options: {},
};
const HEART: DrawnFinding = {
  finding: 'cardiomegaly',
  severity: 2,
  places: ['mediastinum'],
  amount: 0.6,
  unit: 'ratio',
  options: {},
};

function made(
  drawn: readonly DrawnFinding[],
  figures: Counterfactual['figures'],
  measures: Partial<Measures> = {},
): Counterfactual {
  return { recipe: { drawn }, figures, measures } as unknown as Counterfactual;
}

describe('what a receipt says of a drawing', () => {
  it('is its own amount, estimated where the file states no scale', () => {
    expect(drawnFigures(made([NODULE], [{ amount: 30 }], { scale: 'stated' }), 'nodule')).toEqual([
      { label: 'Drawn', value: '30 mm' },
    ]);
    expect(drawnFigures(made([NODULE], [{ amount: 30 }], { scale: 'average' }), 'nodule')).toEqual([
      { label: 'Drawn', value: 'about 30 mm' },
    ]);
  });

  it('tells what there was no room for', () => {
    // "Many" may be fewer than asked where there is no room.
    expect(drawnFigures(made([NODULE], [{ amount: 30, lesions: 5 }], { scale: 'stated' }), 'nodule')).toEqual([
      { label: 'Drawn', value: '30 mm' },
      { label: 'Number', value: '5' },
    ]);
    expect(drawnFigures(made([NODULE], [{ amount: 22 }]), 'nodule').map(({ value }) => value)).toEqual([
      '22 mm',
      '30 mm',
    ]);
  });

  it('is, of a donor’s opacity, by how much it was scaled, and no amount that nobody measured', () => {
    const pathology = { scale: 0.1, tokens: 'AAAA' };
    const record = { ...NODULE, finding: 'lung_opacity', unit: 'share', amount: 0.37, pathology } as const;
    const used = [{ donorTimes_right_lower: 0.84 }, { donorTimes_left_lower: 1.62 }];
    expect(drawnFigures(made([record, record], used), 'lung_opacity')).toEqual([
      { label: 'The donor’s opacity, times', value: '0.8 → 1.6' },
    ]);
    expect(drawnFigures(made([record], [{ donorTimes_right_lower: 0.84 }]), 'lung_opacity')[0]?.value).toBe('0.8');
  });

  it.each([
    ['little that is measured as asked', ['right_lower'], 0.16, 0.15, 'amber', 'level'],
    ['little that is not measured as asked', ['right_lower'], 0.16, 0.07, 'red', 'no more'],
    ['the least, of which none came', ['right_lower'], 0.03, 0, 'red', 'no more'],
    ['little of which nothing is measured', ['right_lower'], 0.16, undefined, 'red', 'no more'],
    ['little on two sides, of which the mean is measured', ['right_lower', 'left_lower'], 0.16, 0.15, 'red', 'no more'],
    ['much', ['right_lower'], 0.5, 0.5, 'red', 'no more'],
  ] as const)('rests on the level where the reader sees no fluid: %s', (_, places, amount, level, verdict, words) => {
    const edit = { kind: 'add', finding: 'effusion', places, severity: 1 } as const;
    const drawn = [{ finding: 'effusion', severity: 1, places, amount, unit: 'share', options: {} }] as const;
    const base = whole({ edit });
    const measures = { ...base.measures, ...(level === undefined ? {} : { drawn: level }) } as Measures;
    const facts = { ...base, recipe: { ...base.recipe, edit, drawn }, after: base.before, measures, changedPixels: 50 };
    const [line] = effectLines(facts, RULERS);
    expect(line?.verdict).toBe(verdict);
    expect(line?.reason).toContain(words);
  });

  it('is a reconstruction, unless it was a donor’s own', () => {
    const reasonOf = (drawn: DrawnFinding): string => {
      const plain = whole({ edit: { kind: 'add', finding: 'lung_opacity', severity: 2 } });
      const [line] = effectLines({ ...plain, recipe: { ...plain.recipe, drawn: [drawn] } }, RULERS);
      return line?.reason ?? '';
    };
    const opacity = { ...NODULE, finding: 'lung_opacity', unit: 'share', amount: 0.4 } as const;
    expect(reasonOf(opacity)).toContain('reconstruction');
    const donors = reasonOf({ ...opacity, pathology: { scale: 0.1, tokens: 'AAAA' } });
    expect(donors).toContain('the donor’s own opacity');
    expect(donors).not.toContain('reconstruction');
  });

  it('is what is measured of it on the film, beside what was drawn', () => {
    const told = drawnFigures(made([NODULE], [{ amount: 30 }], { scale: 'average', drawn: 28.4 }), 'nodule');
    expect(told).toEqual([
      { label: 'Drawn', value: 'about 30 mm' },
      { label: 'Measured against the film before', value: 'about 28 mm' },
    ]);
  });

  it('is nothing where the finding was sampled', () => {
    const lobe: DrawnFinding = { ...NODULE, finding: 'atelectasis', amount: 2.2, options: { extent: 'lobe' } };
    expect(drawnFigures(made([lobe], [{ amount: 2.2 }]), 'atelectasis')).toEqual([]);
    expect(drawnFigures(made([NODULE], [{ amount: 30 }]), 'edema')).toEqual([]);
  });

  it('measures the heart, and holds it to what was asked', () => {
    const heart = (after: number) => made([HEART], [{ amount: 0.6 }], { cardiothoracicRatio: { before: 0.45, after } });
    expect(drawnFigures(heart(0.59), 'cardiomegaly').at(-1)?.value).toBe('0.45 → 0.59');
    expect([reachedRatio(heart(0.59)), reachedRatio(heart(0.5)), reachedRatio(made([NODULE], []))]).toEqual([
      'anatomist',
      'no',
      undefined,
    ]);
  });

  it('holds a heart to its densities where the anatomist does not follow it', () => {
    const heart = (drawn: number) =>
      reachedRatio(made([HEART], [{ amount: 0.6 }], { cardiothoracicRatio: { before: 0.45, after: 0.52 }, drawn }));
    expect([0.58, 0.55].map(heart)).toEqual(['densities', 'no']);
  });

  it('says what there was no room for, and why', () => {
    const heart = made([HEART], [{ amount: 0.56 }], {});
    expect(noRoomFor(heart, 'cardiomegaly')).toMatch(/0\.56.*not 0\.6.*chest wall/);
    expect(noRoomFor(made([HEART], [{ amount: 0.597 }], {}), 'cardiomegaly')).toBeUndefined();
    const air: DrawnFinding = { ...NODULE, finding: 'pneumothorax', amount: 80 };
    expect(noRoomFor(made([air], [{ amount: 62 }], {}), 'pneumothorax')).toMatch(/62 mm.*not 80 mm.*root/);
    expect(noRoomFor(made([air], [{ amount: 79 }], {}), 'pneumothorax')).toBeUndefined();
    expect(noRoomFor(made([NODULE], [{ amount: 10 }], {}), 'nodule')).toBeUndefined();
  });

  it('holds a lesion that was drawn away to how much it stands out, before and after', () => {
    const gone: DrawnFinding = { ...NODULE, severity: 0, amount: 0, remove: true };
    const left = (contrastBefore: number, contrastAfter: number) =>
      made([gone], [{ amount: 0, contrastBefore, contrastAfter }]);
    expect(drawnFigures(left(0.12, 0.01), 'nodule').map(({ value }) => value)).toEqual(['12 → 1 %']);
    expect(wentByContrast(left(0.12, 0.01), 'nodule')).toBe('gone');
    expect(wentByContrast(left(0.12, 0.08), 'nodule')).toBe('left');
    expect(wentByContrast(left(0.12, -0.06), 'nodule')).toBe('hollow');
    expect(wentByContrast(left(0.01, 0), 'nodule')).toBe('unclear');
    expect(wentByContrast(made([NODULE], [{ amount: 30 }]), 'nodule')).toBeUndefined();
  });

  it('tells fluid that was drawn away by how much of the film it covered, and what was to stay of it', () => {
    const fluid: DrawnFinding = {
      finding: 'effusion',
      severity: 0,
      places: ['right_lower'],
      amount: 0,
      unit: 'share',
      options: {},
      remove: true,
    };
    const told = (amount: number) =>
      drawnFigures(made([{ ...fluid, amount }], [{ amount, takenCm2: 36.4 }], { scale: 'average' }), 'effusion');
    expect(told(0)).toEqual([{ label: 'Taken away, as seen on the film', value: 'about 36 cm²' }]);
    expect(told(0.16).at(-1)).toEqual({ label: 'Left, at the most', value: '16 %' });
  });

  it('is what the receipt judges a lesion that went by, and shows, as no reader can tell', () => {
    const gone: DrawnFinding = { ...NODULE, severity: 0, amount: 0, remove: true };
    const judged = (contrastBefore: number, contrastAfter: number) => {
      const plain = whole({
        edit: { kind: 'remove', finding: 'nodule', severity: 0 },
        findings: { nodule: [0.05, 0.04] },
      });
      const [line] = effectLines(
        {
          ...plain,
          recipe: { ...plain.recipe, drawn: [gone] },
          figures: [{ amount: 0, contrastBefore, contrastAfter }],
        },
        RULERS,
      );
      return [line?.verdict, line?.key];
    };
    expect(judged(0.12, 0.01)).toEqual(['green', '12 → 1 %']);
    expect(judged(0.12, 0.09)).toEqual(['amber', '12 → 9 %']);
  });

  it('takes a heart that was drawn back for reached where it is as narrow as asked or narrower', () => {
    const back = (after: number) =>
      made([{ ...HEART, amount: 0.46, remove: true }], [{ amount: 0.4 }], {
        cardiothoracicRatio: { before: 0.6, after },
      });
    expect([0.4, 0.48, 0.52].map((after) => reachedRatio(back(after)))).toEqual(['anatomist', 'anatomist', 'no']);
    // Less than the most that might be left is no lack of room.
    expect(drawnFigures(back(0.4), 'cardiomegaly').map(({ label }) => label)).not.toContain('Asked for');
  });
});
