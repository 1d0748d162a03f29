import { describe, expect, it } from 'vitest';
import type { Finding, Zone } from '../../findings/vocabulary';
import type { Edit } from '../edit';
import { RULERS, line, made, verdictOf, type Case } from '../testing/receipts';
import type { ReceiptLine, Verdict } from './line';
import { effectLines } from './effectLine';
import { othersLine } from './othersLine';
import { receiptOf, worst } from './receipt';
import { shareNearer } from './trainingLine';

describe('whether it changed as asked', () => {
  const remove: Partial<Edit> = { kind: 'remove', severity: 0 };

  it.each<[string, Case, Verdict]>([
    ['a mild opacity that crosses the operating point', { edit: { severity: 1 }, local: [0.1, 0.35] }, 'green'],
    ['a severe one that came as severe', { local: [0.1, 0.8] }, 'green'],
    ['a severe one that came as mild', { local: [0.1, 0.35] }, 'amber'],
    ['a mild one that came as severe', { edit: { severity: 1 }, local: [0.1, 0.8] }, 'amber'],
    ['one that is seen, but not enough', { local: [0.1, 0.25] }, 'amber'],
    ['a mild one, seen as mild', { edit: { severity: 1 }, blended: true, local: [0.1, 0.25] }, 'green'],
    ['a mild one, hardly seen', { edit: { severity: 1 }, blended: true, local: [0.1, 0.11] }, 'red'],
    ['a mild one of an earlier release, which drew all alike', { edit: { severity: 1 }, local: [0.1, 0.25] }, 'amber'],
    ['one that is not seen', { local: [0.1, 0.11] }, 'red'],
    ['one that went instead', { local: [0.4, 0.2] }, 'red'],
    ['a removal that leaves nothing', { edit: remove, local: [0.6, 0.1] }, 'green'],
    ['a removal that leaves some', { edit: remove, local: [0.6, 0.4] }, 'amber'],
    ['a removal that removes nothing', { edit: remove, local: [0.6, 0.6] }, 'red'],
    ['a grade that is met', { edit: { kind: 'grade', severity: 2 }, local: [0.1, 0.6] }, 'green'],
    ['a grade that is approached', { edit: { kind: 'grade', severity: 3 }, local: [0.1, 0.6] }, 'amber'],
    ['a grade that is missed', { edit: { kind: 'grade', severity: 3 }, local: [0.3, 0.3] }, 'red'],
    ['an effusion that is called', { edit: { finding: 'effusion' }, findings: { effusion: [0.1, 0.4] } }, 'green'],
    ['an effusion that is not', { edit: { finding: 'effusion' }, findings: { effusion: [0.1, 0.15] } }, 'amber'],
    [
      'a finding the judge was not measured on',
      { edit: { finding: 'pneumothorax' }, findings: { pneumothorax: [0.1, 0.9] } },
      'amber',
    ],
    ['opacity that is not called by its name', { edit: { finding: 'consolidation' }, local: [0.1, 0.6] }, 'amber'],
    ['nothing at all', { changedPixels: 0, local: [0.1, 0.1] }, 'amber'],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('effect', given)).toBe(verdict);
  });

  it('says which grade came where another was asked', () => {
    expect(line('effect', { local: [0.1, 0.35] }).reason).toBe(
      'The second reader sees opacity there, but grades it 1.0 where 3.0 was asked.',
    );
  });

  it('says of what comes alone that it is the donor’s', () => {
    const plain = made({
      edit: { places: ['right_lower', 'left_lower'], severity: 3, severities: { right_lower: 0, left_lower: 3 } },
      zones: [
        [0, 0, 2, 0, 0, 0],
        [0, 0, 0, 0, 0, 3],
      ],
    });
    const donors = {
      finding: 'lung_opacity' as const,
      severity: 3,
      places: ['left_lower' as const],
      amount: 0.6,
      unit: 'share' as const,
      options: {},
      pathology: { scale: 0.1, tokens: 'AAAA' },
    };
    const [told] = effectLines({ ...plain, recipe: { ...plain.recipe, drawn: [donors] } }, RULERS);
    expect(told?.reason.match(/the donor’s own opacity/g)).toHaveLength(1);
  });

  it('is judged each way where opacity comes in one zone and goes from another', () => {
    const edit: Partial<Edit> = {
      places: ['right_lower', 'left_lower'],
      severities: { right_lower: 0, left_lower: 3 },
    };
    const swap = (zonesBefore: readonly number[], zonesAfter: readonly number[]) =>
      line('effect', { edit, zones: [zonesBefore, zonesAfter] });
    expect(swap([0, 0, 2, 0, 0, 0], [0, 0, 0.2, 0, 0, 2.6]).verdict).toBe('green');
    expect(swap([0, 0, 2, 0, 0, 0], [0, 0, 1.8, 0, 0, 2.6]).verdict).toBe('amber');
    expect(swap([0, 0, 2, 0, 0, 0], [0, 0, 0.2, 0, 0, 0]).verdict).toBe('red');
    expect(swap([0, 0, 2, 0, 0, 0], [0, 0, 2, 0, 0, 2.6])).toMatchObject({
      verdict: 'red',
      reason: 'The second reader now sees opacity there. The second reader sees no less opacity than before.',
    });
  });

  it('rests on the mask alone, and says both figures', () => {
    expect(line('effect', { local: [0.1, 0.5] }).key).toBe('10 → 50 %');
    expect(line('effect', {}).figures.map(({ label }) => label)).toContain('Counts as opacity from');
  });

  it('speaks of the finding, not of figures', () => {
    expect(line('effect', { edit: { finding: 'effusion' }, findings: { effusion: [0.1, 0.4] } }).reason).toBe(
      'The second reader now sees effusion there.',
    );
  });
});

describe('several findings that were asked at once', () => {
  const edit: Partial<Edit> = {
    places: ['left_lower'],
    severity: 3,
    further: [
      { finding: 'effusion', severities: { left_lower: 2 } },
      { finding: 'nodule', severities: { right_mid: 0 } },
    ],
  };
  const lines = (given: Case): readonly ReceiptLine[] => receiptOf(made({ edit, ...given }), 0, RULERS).lines;

  it('have a line each, in the order they were asked', () => {
    expect(
      lines({})
        .slice(0, 3)
        .map(({ id, question }) => [id, question]),
    ).toEqual([
      ['effect', 'Did opacity come?'],
      ['effect-effusion', 'Did effusion come?'],
      ['effect-nodule', 'Did nodule go?'],
    ]);
  });

  it('are judged each for itself', () => {
    const verdicts = lines({ findings: { effusion: [0.1, 0.4], nodule: [0.6, 0.6] } })
      .slice(1, 3)
      .map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['green', 'red']);
  });

  it('are not among the rest that should stay', () => {
    expect(
      lines({ findings: { effusion: [0.1, 0.9], nodule: [0.9, 0.1] } }).find(({ id }) => id === 'others')?.verdict,
    ).toBe('green');
  });
});

describe('whether the rest stayed', () => {
  it.each<[string, Case, Verdict]>([
    ['findings that stay', {}, 'green'],
    [
      'opacity-like ones that move with an opacity',
      { findings: { consolidation: [0.1, 0.9], pneumonia: [0.1, 0.9] } },
      'green',
    ],
    ['one that moves a little', { findings: { mass: [0.1, 0.3] } }, 'amber'],
    ['one that is called differently', { findings: { effusion: [0.15, 0.22] } }, 'amber'],
    ['one that moves a lot', { findings: { hernia: [0.1, 0.7] } }, 'red'],
    [
      'opacity that moves with an effusion',
      { edit: { finding: 'effusion' }, findings: { effusion: [0.1, 0.5], lung_opacity: [0.1, 0.8] } },
      'red',
    ],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('others', given)).toBe(verdict);
  });

  it.each<[string, Case, Verdict]>([
    [
      'a zone beside the asked one that the edit reached',
      {
        zones: [
          [0, 0, 0, 0, 0.2, 0],
          [0, 0, 0, 0, 1, 2],
        ],
        measures: { reached: ['left_mid', 'left_lower'] },
      },
      'amber',
    ],
    [
      'one of which no pixel changed',
      {
        zones: [
          [0, 0, 0, 0, 0.2, 0],
          [0, 0, 0, 0, 1, 2],
        ],
        measures: { reached: ['left_lower'] },
      },
      'amber',
    ],
    [
      'one that was painted',
      {
        edit: { maskSha256: 'a' },
        zones: [
          [0, 0, 0, 0, 0.2, 0],
          [0, 0, 0, 0, 1, 2],
        ],
        measures: { reached: ['left_mid', 'left_lower'] },
      },
      'green',
    ],
    [
      'zones that moved within a grade',
      {
        zones: [
          [0, 0, 0, 0, 0.2, 0],
          [0, 0, 0, 0, 0.8, 2],
        ],
        measures: { reached: ['left_lower'] },
      },
      'green',
    ],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('others', given)).toBe(verdict);
  });

  it('says whose doing it is that a zone is graded differently', () => {
    const zones = [
      [0, 0, 0, 0, 0.2, 0],
      [0, 0, 0, 0, 1, 2],
    ] as const;
    expect(line('others', { zones, measures: { reached: ['left_lower'] } }).reason).toMatch(
      /^No pixel of the left mid zone changed, yet .* the reader’s doing/,
    );
    expect(line('others', { zones, measures: { reached: ['left_mid', 'left_lower'] } }).reason).toBe(
      'The edit reached the left mid zone too: the second reader now grades it differently.',
    );
  });

  it('shows how the zone is graded that it speaks of', () => {
    const zones = [
      [0, 0, 0, 0, 0.2, 0],
      [0, 0, 0, 0, 1, 2],
    ] as const;
    expect(line('others', { zones, measures: { reached: ['left_mid', 'left_lower'] } }).key).toBe('0.2 → 1.0');
    expect(line('others', {}).key).toMatch(/^±/);
    const called = line('others', {
      zones,
      findings: { effusion: [0.15, 0.22] },
      measures: { reached: ['left_lower'] },
    });
    expect(called.reason).toContain('effusion');
    expect(called.key).toMatch(/^±/);
  });

  it('takes the zones that a drawn effusion rises into for asked, and no other', () => {
    const zones = [
      [0, 0, 0, 0, 0.2, 0],
      [0, 0, 0, 0, 1, 2],
    ] as const;
    const told = (finding: Finding, reached: readonly Zone[]) => {
      const plain = made({ edit: { finding }, zones, measures: { reached } });
      const drawn = [
        { finding, severity: 3, places: ['left_lower' as const], amount: 0.8, unit: 'share' as const, options: {} },
      ];
      return othersLine({ ...plain, recipe: { ...plain.recipe, drawn } }, RULERS).verdict;
    };
    expect(told('effusion', ['left_mid', 'left_lower'])).toBe('green');
    expect(told('effusion', ['left_lower'])).toBe('amber');
    expect(told('consolidation', ['left_mid', 'left_lower'])).toBe('amber');
  });

  it('names what moved most', () => {
    expect(line('others', { findings: { mass: [0.1, 0.3] } }).reason).toContain('mass most');
    expect(line('others', { findings: { effusion: [0.15, 0.22] } }).reason).toContain('effusion');
  });
});

describe('what changed outside the mask', () => {
  it('is nothing or a reason not to use the result', () => {
    expect(line('outside', {}, 0)).toMatchObject({ verdict: 'green', key: '0 pixels' });
    expect(line('outside', {}, 1)).toMatchObject({ verdict: 'red', key: '1 pixels' });
  });
});

describe('whether it can be undone', () => {
  const reversal = (error: number): Case => ({ measures: { reversal: { error, own: 0.01 } } });

  it.each<[string, Case, Verdict | undefined]>([
    ['an edit that comes back', reversal(0.012), 'green'],
    ['one that comes back changed', reversal(0.02), 'amber'],
    ['one that does not come back', reversal(0.05), 'red'],
    ['one that was not tried', {}, undefined],
    ['one that changed nothing', { changedPixels: 0 }, 'green'],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('undo', given)).toBe(verdict);
  });

  it('is said to be unmeasured until it is', () => {
    expect(line('undo', {}).reason).toMatch(/^Not measured yet/);
  });
});

describe('whether the anatomy stayed', () => {
  const drift = (lungs: number, heart: number): Case => ({ measures: { anatomy: { lungs, heart } } });

  it.each<[string, Case, Verdict]>([
    ['lungs and heart in place', drift(0.98, 0.96), 'green'],
    ['a heart that is found a little elsewhere', drift(0.98, 0.9), 'amber'],
    ['lungs that are found elsewhere', drift(0.8, 0.96), 'red'],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('anatomy', given)).toBe(verdict);
  });

  it('names what moved', () => {
    expect(line('anatomy', drift(0.98, 0.9)).reason).toContain('heart');
    expect(line('anatomy', drift(0.8, 0.96)).reason).toContain('lungs');
  });
});

describe('whether it looks like lung', () => {
  const realism = (before: number, after: number): Case => ({ measures: { realism: { before, after } } });

  it('warns where the texture went far from that of real lungs, whatever the film was like before', () => {
    expect(line('realism', realism(0.6, 1.7))).toMatchObject({ verdict: 'amber', key: '0.6 → 1.7' });
    expect(line('realism', realism(1.6, 1.8)).verdict).toBeUndefined();
    expect(line('realism', realism(1.8, 0.4)).verdict).toBeUndefined();
  });

  it('never praises: what it did not find may be there', () => {
    const silent = line('realism', realism(0.6, 0.7));
    expect(silent).toMatchObject({ verdict: undefined, onlyWarns: true, key: '0.6 → 0.7' });
    expect(silent.reason).toContain('no proof');
    expect(line('realism', { changedPixels: 0 }).verdict).toBeUndefined();
  });

  it('says so where the texture could not be measured', () => {
    expect(line('realism', {})).toMatchObject({ verdict: undefined, key: undefined });
    expect(line('realism', {}).reason).toMatch(/^Not measured/);
    const beside = { ...realism(0.6, 1.7), edit: { finding: 'effusion' } as const };
    expect(line('realism', beside)).toMatchObject({ verdict: undefined, key: undefined });
    expect(line('realism', { ...beside, edit: { finding: 'effusion', kind: 'remove' } }).verdict).toBe('amber');
  });

  it('keeps a result from being good', () => {
    const given = { local: [0.1, 0.85] as const };
    expect(receiptOf(made({ ...given, ...realism(0.6, 1.7) }), 0, RULERS).verdict).toBe('amber');
    expect(receiptOf(made({ ...given, ...realism(0.6, 0.7) }), 0, RULERS).verdict).toBe('green');
  });
});

describe('whether it resembles a training image', () => {
  const near = (before: number, after: number): Case => ({ measures: { nearest: { before, after } } });

  it.each<[string, Case, Verdict | undefined]>([
    ['a result among unseen radiographs', near(6, 5), 'green'],
    ['one that only came nearer, not near', near(9, 3.5), 'green'],
    ['a source that was near, and stays so', near(1, 1), 'green'],
    ['a source that was near, and went farther', near(1, 2), 'green'],
    ['one that came nearer than unseen radiographs are', near(4, 3), 'amber'],
    ['one that came as near as a copy', near(4, 1), 'red'],
    ['a near source that came as near as a copy', near(3, 1), 'red'],
    ['nothing to compare with', {}, undefined],
    ['nothing at all', { changedPixels: 0 }, 'green'],
  ])('is told of %s', (_, given, verdict) => {
    expect(verdictOf('training', given)).toBe(verdict);
  });

  it('is not told by a release that carries no features, and the receipt says so', () => {
    const { lines } = receiptOf(made(near(4, 1)), 0, { ...RULERS, unseen: [] });
    expect(lines.find(({ id }) => id === 'training')).toMatchObject({
      verdict: undefined,
      reason: expect.stringContaining('this release carries no features') as string,
    });
  });

  it('places distances among those of unseen radiographs', () => {
    expect(shareNearer(1, RULERS.unseen)).toBe(0);
    expect(shareNearer(3.4, RULERS.unseen)).toBe(0.01);
    expect(shareNearer(5, RULERS.unseen)).toBeCloseTo(0.275);
    expect(shareNearer(12, RULERS.unseen)).toBe(1);
    expect(line('training', near(6, 5)).figures.map(({ value }) => value)).toEqual([
      '6.00 → 5.00',
      '50 %',
      '28 %',
      '3.40',
    ]);
    expect(line('training', near(6, 2)).figures[2]?.value).toBe('under 0.1 %');
  });
});

describe('the whole receipt', () => {
  it('is as good as its worst line, and does not count what was not measured', () => {
    expect(receiptOf(made({ local: [0.1, 0.85] }), 0, RULERS).verdict).toBe('green');
    expect(receiptOf(made({ local: [0.1, 0.25] }), 0, RULERS).verdict).toBe('amber');
    expect(receiptOf(made({ local: [0.1, 0.25] }), 3, RULERS).verdict).toBe('red');
    expect(worst([undefined, 'amber', 'green'])).toBe('amber');
    expect(worst([])).toBe('green');
  });

  it('can be made of a result that was measured by nobody', () => {
    const { measures: _none, ...old } = made({});
    const { lines } = receiptOf(old, 0, RULERS);
    expect(lines.find(({ id }) => id === 'anatomy')?.verdict).toBeUndefined();
    // Without its cells the local opacity is not known; the image-level probability tells.
    expect(lines.find(({ id }) => id === 'effect')?.key).toBe('10 → 10 %');
  });
});
