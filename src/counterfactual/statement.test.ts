import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import { GRID, GRID_CELLS, lungMap, regionMap, zonesToRegions } from '../findings/regions';
import { encodeTokens } from '../findings/tokens';
import { emptyMask, paintDisc } from '../imaging/mask';
import type { Edit, Reading } from './edit';
import { keepOutside, latentMask, placesMask, withinLungs } from './latentMask';
import { anatomyFault, zonesUnder } from './plausible';
import { contextOf } from './source';
import { asksNothing, editStatements } from './statement';
import { editWith } from './testing/edits';
import { fakeRegions } from './testing/fakes';

const regions = fakeRegions();
const left = regionMap(regions, 'left_lower');
const reading: Reading = {
  findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0.25])) as Record<Finding, number>,
  zoneSeverity: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
  opacityMap: new Float32Array(1024).fill(0.125),
};
const state = (edit: Edit, mask = left): ReturnType<typeof editStatements> =>
  editStatements(reading, edit, mask, regions, { scale: 4, placed: [] });

describe('statements of both worlds', () => {
  it('differ in the asked zone and the focus only', () => {
    const { source, target } = state({ kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 3 });
    expect(source.left_lower).toEqual({ lung_opacity: 0.5 });
    expect(source.focus).toEqual({ lung_opacity: 0.5 });
    expect(target).toEqual({ ...source, left_lower: { lung_opacity: 3 }, focus: { lung_opacity: 3 } });
  });

  it('expect of a zone that is painted in part what its map would then average', () => {
    const half = left.map((value, cell) => (cell % 32 > 22 ? value : 0));
    const { target } = state(
      { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2, mask: emptyMask(4, 4) },
      half,
    );
    const share = half.reduce((sum, value) => sum + value) / left.reduce((sum, value) => sum + value);
    expect(target.left_lower?.lung_opacity).toBeCloseTo(share * 2 + (1 - share) * 0.5, 5);
    expect(target.left_upper?.lung_opacity).toBeCloseTo(0.5, 5);
    expect(target.focus?.lung_opacity).toBe(2);
  });

  it('state a finding that looks like opacity by its own name as well', () => {
    const { source, target } = state({ kind: 'add', finding: 'consolidation', places: ['left_lower'], severity: 2 });
    expect(source.anywhere).toEqual({ consolidation: 0.5 });
    expect(target.anywhere).toEqual({ consolidation: 2 });
    expect(target.left_lower).toEqual({ lung_opacity: 2 });
  });

  it('state each place as severe as it is asked to be, and the focus as their mean', () => {
    const severities = { left_lower: 3, right_lower: 1, left_upper: 0 } as const;
    const places = ['right_lower', 'left_upper', 'left_lower'] as const;
    const map = (place: (typeof places)[number]) => regionMap(regions, place);
    const all = map('left_lower').map((value, cell) =>
      Math.min(1, value + (map('right_lower')[cell] ?? 0) + (map('left_upper')[cell] ?? 0)),
    );
    const { source, target } = state({ kind: 'add', finding: 'lung_opacity', places, severity: 3, severities }, all);
    expect(target.left_lower).toEqual({ lung_opacity: 3 });
    expect(target.right_lower).toEqual({ lung_opacity: 1 });
    expect(target.left_upper).toEqual({ lung_opacity: 0 });
    expect(target.right_upper).toEqual(source.right_upper);
    const focus = target.focus?.lung_opacity ?? 0;
    expect(focus).toBeGreaterThan(0.5);
    expect(focus).toBeLessThan(3);
  });

  it('are the same whether one severity is said once or for every place', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 3, noNaN: true }), (severity) => {
        const edit: Edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower', 'left_mid'], severity };
        const once = encodeTokens(state(edit).target);
        const each = encodeTokens(state({ ...edit, severities: { left_lower: severity, left_mid: severity } }).target);
        each.forEach((value, index) => {
          expect(value).toBeCloseTo(once[index] ?? Number.NaN, 5);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('take one severity for a painted mask and for a removal, whatever single places would have', () => {
    const painted: Edit = {
      kind: 'add',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 2,
      mask: emptyMask(4, 4),
    };
    expect(state(editWith(painted, { severities: { left_lower: 1 } }))).toEqual(state(painted));
  });

  it('state other findings in their home region and leave opacity alone', () => {
    const { source, target } = state({ kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 });
    expect(target.pleura).toEqual({ effusion: 0 });
    expect(target.anywhere).toEqual({ effusion: 0 });
    expect(source.pleura).toEqual({ effusion: 0.5 });
    expect(target.left_lower).toEqual(source.left_lower);
  });

  it('ask nothing only when every value is the same', () => {
    const same = state({ kind: 'grade', finding: 'lung_opacity', places: ['left_lower'], severity: 0.5 });
    expect(asksNothing(same)).toBe(true);
    expect(asksNothing(state({ kind: 'grade', finding: 'lung_opacity', places: ['left_lower'], severity: 0.51 }))).toBe(
      false,
    );
  });
});

describe('masks', () => {
  it('give a latent cell that is covered by more than a quarter, or the best one', () => {
    const large = latentMask(paintDisc(emptyMask(256, 256), 128, 128, 30, 255));
    expect(large[16 * 32 + 16]).toBe(1);
    expect(large.reduce((sum, value) => sum + value)).toBeLessThan(60);
    const tiny = latentMask(paintDisc(emptyMask(2048, 2048), 1000, 1000, 4, 255));
    expect(tiny.reduce((sum, value) => sum + value)).toBe(1);
    expect(tiny[15 * 32 + 15]).toBe(1);
    expect(latentMask(emptyMask(64, 64)).includes(1)).toBe(false);
  });

  it('of a lung finding end beside the lungs, unless nothing of them is near', () => {
    const everywhere = new Float32Array(1024).fill(1);
    const inside = withinLungs(everywhere, regions);
    const lungs = lungMap(regions);
    lungs.forEach((share, cell) => {
      if (share > 0.2) expect(inside[cell]).toBe(1);
    });
    const kept = inside.reduce((sum, value) => sum + value);
    expect(kept).toBeGreaterThan(lungs.filter((share) => share > 0.2).length);
    expect(kept).toBeLessThan(700);
    const corner = new Float32Array(1024).fill(0);
    corner[0] = 1;
    expect(withinLungs(corner, regions)).toEqual(corner);
  });

  it('of places follow the anatomy, a heart’s reaching beyond it', () => {
    const zone = placesMask('lung_opacity', ['left_lower'], regions, 320, 320);
    expect(zone.data[220 * 320 + 230]).toBe(255);
    expect(zone.data[100 * 320 + 230]).toBe(0);
    const area = (finding: Finding): number =>
      placesMask(finding, ['mediastinum'], regions, 320, 320).data.filter((value) => value > 0).length;
    expect(area('cardiomegaly')).toBeGreaterThan(area('mass') * 1.5);
  });

  it('keep the other latent’s bits outside', () => {
    const kept = new Float32Array(8192).fill(0.1);
    const mixed = keepOutside(new Float32Array(8192).fill(NaN), kept, new Float32Array(1024));
    expect(mixed).toEqual(kept);
  });

  it('name the zones they lie in', () => {
    expect(zonesUnder(left, regions)).toEqual(['left_lower']);
    expect(zonesUnder(new Float32Array(1024), regions)).toEqual([]);
  });
});

describe('anatomy', () => {
  it('must have two lungs, the right one on the left of the image', () => {
    expect(anatomyFault(regions)).toBeUndefined();
    expect(anatomyFault(fakeRegions(true))).toBe('its sides are swapped');
    expect(anatomyFault(zonesToRegions(new Float32Array(64 * 64 * 8)))).toBe('no lungs were found');
    const parts = regions.length / GRID_CELLS;
    const turned = regions.map((_, at) => {
      const [cell, part] = [Math.floor(at / parts), at % parts];
      const [x, y] = [cell % GRID, Math.floor(cell / GRID)];
      return regions[(x * GRID + (GRID - 1 - y)) * parts + part] ?? 0;
    });
    expect(anatomyFault(turned)).toBe('it lies on its side');
  });

  it('is stated with age and native size', () => {
    expect([...contextOf({ width: 2048, height: 2048 })]).toEqual([1, 0, 0, 0, 0, 0, 1, 0]);
    expect([...contextOf({ width: 1024, height: 512, paediatric: true })].slice(0, 7)).toEqual([0, 1, 0, 0, 0, 1, 0]);
    expect(contextOf({ width: 10, height: 20, paediatric: false })[5]).toBe(-1);
  });
});

describe('several findings in one edit', () => {
  const regions = fakeRegions();
  const read = {
    findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0.25])) as Reading['findings'],
    zoneSeverity: [0, 0, 0, 0, 0, 0],
    opacityMap: new Float32Array(1024),
  };
  const everywhere = new Float32Array(1024).fill(1);
  const edit: Edit = {
    kind: 'add',
    finding: 'lung_opacity',
    places: ['left_lower'],
    severity: 2,
    further: [
      { finding: 'effusion', severities: { right_lower: 1 } },
      { finding: 'cardiomegaly', severities: { mediastinum: 0 } },
    ],
  };

  it('are stated together, each in its own rows', () => {
    const { source, target } = editStatements(read, edit, everywhere, regions, { scale: 3, placed: [] });
    expect(source.anywhere).toEqual({ effusion: 0.5, cardiomegaly: 0.5 });
    expect(target.anywhere).toEqual({ effusion: 1, cardiomegaly: 0 });
    expect(target.pleura).toEqual({ effusion: 1 });
    expect(target.mediastinum).toEqual({ cardiomegaly: 0 });
    expect(target.left_lower).toEqual({ lung_opacity: 2 });
  });

  it('do not bring opacity where another finding is asked', () => {
    const { target } = editStatements(read, edit, everywhere, regions, { scale: 3, placed: [] });
    expect(target.right_lower).toEqual({ lung_opacity: 0 });
  });

  it('state one opacity where two of its names are asked', () => {
    const both: Edit = { ...edit, further: [{ finding: 'consolidation', severities: { left_lower: 2, left_mid: 1 } }] };
    const { target } = editStatements(read, both, everywhere, regions, { scale: 3, placed: [] });
    expect([target.left_lower, target.left_mid, target.anywhere]).toEqual([
      { lung_opacity: 2 },
      { lung_opacity: 1 },
      { consolidation: 2 },
    ]);
  });
});

describe('a denoiser that has learnt where findings lie', () => {
  const told = { scale: 3, placed: ['pneumothorax', 'effusion'] as const };
  const everywhere = new Float32Array(GRID_CELLS).fill(1);
  const read: Reading = { ...reading, findings: { ...reading.findings, effusion: 0.8, pneumothorax: 0.1 } };
  const sides = (rows: ReturnType<typeof editStatements>['source'], finding: Finding): readonly unknown[] =>
    (['right_lower', 'left_lower', 'mediastinum', 'pleura', 'focus', 'anywhere'] as const).map(
      (region) => rows[region]?.[finding],
    );

  it('is told where a finding comes, that it is nowhere else, and that it was not there', () => {
    const edit: Edit = { kind: 'add', finding: 'pneumothorax', places: ['left_lower'], severity: 2 };
    const { source, target } = editStatements(read, edit, everywhere, regions, told);
    expect(sides(source, 'pneumothorax')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(sides(target, 'pneumothorax')).toEqual([0, 2, 0, 2, 2, 2]);
  });

  it('takes what is to go as there, though the reader hardly sees it', () => {
    const edit: Edit = { kind: 'remove', finding: 'pneumothorax', places: ['left_lower'], severity: 0 };
    const { source, target } = editStatements(read, edit, everywhere, regions, told);
    expect(sides(source, 'pneumothorax')).toEqual([0, 2, 0, 2, 2, 2]);
    expect(sides(target, 'pneumothorax')).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('takes what is to become more as there as far as the reader sees it', () => {
    const severities = { left_lower: 3, right_lower: 1 };
    const edit: Edit = {
      kind: 'grade',
      finding: 'effusion',
      places: ['right_lower', 'left_lower'],
      severity: 3,
      severities,
    };
    const { source, target } = editStatements(read, edit, everywhere, regions, told);
    expect(sides(source, 'effusion')).toEqual([1.6, 1.6, 0, 1.6, 1.6, 1.6]);
    expect(sides(target, 'effusion')).toEqual([1, 3, 0, 3, 3, 3]);
  });

  it('is told of a finding that it has not learnt as ever', () => {
    const edit: Edit = { kind: 'add', finding: 'nodule', places: ['left_lower'], severity: 2 };
    const ever = { scale: 3, placed: [] };
    expect(editStatements(read, edit, left, regions, told)).toEqual(editStatements(read, edit, left, regions, ever));
  });

  it('is told of opacity as ever', () => {
    const edit: Edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 };
    const ever = { scale: 3, placed: [] };
    expect(editStatements(read, edit, left, regions, told)).toEqual(editStatements(read, edit, left, regions, ever));
  });
});
