import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../counterfactual/recipe';
import type { PlaceSeverities } from '../findings/change';
import { packTaken } from '../findings/taken';
import { PLACES } from '../findings/vocabulary';
import { initialRequest, withChosen, withFindings, withText, type EditRequest } from '../record/editRequest';
import { disagreement, obstacle, onlyErases, toEdit, toSweep } from './requestedEdit';

const asked = (text: string) => withText(initialRequest(), text);
const MASK = { width: 1, height: 1, data: Uint8Array.of(255) };

describe('several findings as one edit', () => {
  it('are led by the first that comes, whatever the controls are on', () => {
    const request = asked('no left effusion; moderate left lower zone opacity; severe cardiomegaly');
    const edit = {
      kind: 'add',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 2,
      further: [
        { finding: 'cardiomegaly', severities: { mediastinum: 3 } },
        { finding: 'effusion', severities: { left_lower: 0 } },
      ],
    };
    expect(toEdit(request, undefined)).toEqual(edit);
    expect(toEdit(withChosen(request, 'cardiomegaly'), undefined)).toEqual(edit);
  });

  it('are what a recipe can hold', () => {
    const edit = toEdit(
      asked('change left effusion to mild; severe left lower and mild right mid zone opacity; no edema'),
      undefined,
    );
    const { places, ...rest } = edit;
    expect(recipeSchema.shape.edit.parse({ ...rest, places: [...places] })).toEqual(edit);
  });

  it('are one under a painted mask: the one in the controls', () => {
    const request = asked('moderate left lower zone opacity and small right effusion');
    expect(toEdit(request, MASK)).toEqual({
      kind: 'add',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 2,
      mask: MASK,
    });
    expect(toEdit(withChosen(request, 'effusion'), MASK)).toMatchObject({ finding: 'effusion', severity: 1 });
  });

  it('do not clear an opacity where another is to come', () => {
    expect(toEdit(asked('no edema, severe left lower zone opacity'), undefined)).toMatchObject({
      finding: 'lung_opacity',
      further: [
        {
          finding: 'edema',
          severities: Object.fromEntries(
            PLACES.filter((place) => place !== 'left_lower' && place !== 'mediastinum').map((place) => [place, 0]),
          ),
        },
      ],
    });
  });

  it('only erase when none comes', () => {
    expect(onlyErases(asked('no edema, no effusion'), undefined)).toBe(true);
    expect(onlyErases(asked('no edema, small left effusion'), undefined)).toBe(false);
    expect(onlyErases(asked('no edema, small left effusion'), MASK)).toBe(true);
  });
});

describe('a sweep of one of several findings', () => {
  it('grades the one in the controls, and asks the others as they are', () => {
    const request = withChosen(asked('severe cardiomegaly; moderate left lower zone opacity'), 'lung_opacity');
    expect(toSweep(request, undefined, [0, 3])).toEqual([
      {
        kind: 'grade',
        finding: 'lung_opacity',
        places: ['left_lower'],
        severity: 0,
        further: [{ finding: 'cardiomegaly', severities: { mediastinum: 3 } }],
      },
      {
        kind: 'grade',
        finding: 'lung_opacity',
        places: ['left_lower'],
        severity: 3,
        further: [{ finding: 'cardiomegaly', severities: { mediastinum: 3 } }],
      },
    ]);
  });

  it('is not hidden by another name for the same opacity', () => {
    expect(toSweep(asked('mild left lower zone opacity; severe left lower zone pneumonia'), undefined, [1])).toEqual([
      { kind: 'grade', finding: 'lung_opacity', places: ['left_lower'], severity: 1 },
    ]);
  });
});

describe('a sweep of what a donor gave', () => {
  const pathology = { scale: 1, tokens: 'a' };
  const borrowed = (severities: PlaceSeverities, severity: number): EditRequest => ({
    ...asked('moderate left lower zone opacity'),
    kind: 'add',
    places: ['right_upper', 'left_mid', 'left_lower'],
    severity,
    severities,
    sketch: { pathology },
  });

  it('stays the donor’s, each zone in its own proportion, to half as much again', () => {
    const edits = toSweep(borrowed({ right_upper: 0, left_mid: 0.8, left_lower: 1.6 }, 1.6), undefined, [0, 1.5, 3]);
    expect(edits).toEqual([
      { kind: 'grade', finding: 'lung_opacity', places: ['right_upper', 'left_mid', 'left_lower'], severity: 0 },
      expect.objectContaining({
        severity: 1.2,
        severities: { right_upper: 0, left_mid: 0.6, left_lower: 1.2 },
        sketch: { pathology },
      }),
      expect.objectContaining({
        severity: 2.4,
        severities: { right_upper: 0, left_mid: 1.2, left_lower: 2.4 },
        sketch: { pathology },
      }),
    ]);
  });

  it('goes no further than severe, and its grades stay apart', () => {
    const edits = toSweep(borrowed({ right_upper: 0, left_mid: 1, left_lower: 2.5 }, 2.5), undefined, [1.5, 2.25, 3]);
    expect(edits.map(({ severity }) => severity)).toEqual([1.5, 2.25, 3]);
    expect(edits.at(-1)?.severities).toEqual({ right_upper: 0, left_mid: 1.2, left_lower: 3 });
  });
});

describe('what stands in the way of several findings', () => {
  it.each([
    ['moderate left lower zone opacity; small effusion', /Choose a zone for effusion/],
    ['small effusion and cardiomegaly', /Choose a zone, or paint/],
    ['left mid zone mass, left mid zone nodule', /up to 3 cm/],
    ['severe cardiomegaly and small left upper zone effusion', /falls to the base/],
    ['mild left lower zone opacity, severe left lower zone pneumonia', /are one opacity/],
  ])('of “%s” is said', (text, why) => {
    expect(obstacle(asked(text), undefined)).toMatch(why);
  });

  it('is nothing where they agree, and nothing under a mask, which is of one of them', () => {
    expect(obstacle(asked('moderate left lower zone opacity and small right effusion'), undefined)).toBeUndefined();
    expect(obstacle(asked('moderate left lower zone opacity; small effusion'), MASK)).toBeUndefined();
  });

  it('comes with what can be asked instead', () => {
    expect(disagreement(asked('left mid zone mass, left mid zone nodule'))?.instead).toEqual([
      { finding: 'mass', severities: { left_mid: 2 } },
    ]);
    expect(disagreement(asked('left mid zone mass'))).toBeUndefined();
  });

  it('leaves the pneumothorax that is asked on both sides', () => {
    expect(obstacle(asked('bilateral pneumothorax and cardiomegaly'), undefined)).toBeUndefined();
  });

  it('is always settled by what is offered instead', () => {
    const finding = fc.constantFrom(
      'opacity',
      'pneumonia',
      'nodule',
      'mass',
      'effusion',
      'cardiomegaly',
      'pneumothorax',
    );
    const where = fc.constantFrom('left upper zone', 'left lower zone', 'right lung', 'mediastinum');
    const degree = fc.constantFrom('mild', 'severe', 'no');
    fc.assert(
      fc.property(fc.array(fc.tuple(degree, where, finding), { minLength: 2, maxLength: 4 }), (items) => {
        const request = asked(items.map((words) => words.join(' ')).join('; '));
        const instead = disagreement(request)?.instead;
        if (instead !== undefined) expect(obstacle(withFindings(request, instead), undefined)).toBeUndefined();
      }),
    );
  });
});

describe('less of an opacity', () => {
  // In ZONES order: right upper, mid and lower, then left.
  const seen = [0.2, 0.4, 2.6, 0, 0, 0];

  it('raises no place that has less than is asked already', () => {
    const request = asked('reduce the right mid and right lower zone opacity to mild');
    const edit = toEdit(request, undefined, seen);
    expect(edit).toMatchObject({ kind: 'grade', severity: 1, severities: { right_mid: 0.4, right_lower: 1 } });
    const toMild = asked('change the right mid and right lower zone opacity to mild');
    expect(toEdit(toMild, undefined, seen)).not.toHaveProperty('severities');
  });
});

describe('what an erasure took', () => {
  const residual = new Float32Array(32 * 32 * 8).fill(0.5, 400, 440);
  const lay = { places: ['left_mid', 'left_lower'], severity: 2 } as const;
  const taken = packTaken(residual, new Float32Array(32 * 32).fill(1), lay);
  const request: EditRequest = {
    ...initialRequest(),
    kind: 'add',
    finding: 'lung_opacity',
    ...lay,
    ...(taken && { sketch: { taken } }),
  };

  it('stays what it was when words name fewer of its places, and goes when they name another', () => {
    expect(withText(request, 'moderate left lower zone opacity').sketch?.taken).toEqual(taken);
    expect(withText(request, 'moderate right lower zone opacity').sketch?.taken).toBeUndefined();
  });

  it('is swept from none to one and a half times, under a painted mask, too', () => {
    const sweep = toSweep(request, MASK, [0, 1.5, 3]);
    expect(sweep.map(({ severity }) => severity)).toEqual([0, 1.5, 3]);
    expect(sweep.map((edit) => edit.sketch?.taken)).toEqual([undefined, taken, taken]);
    expect(sweep.every(({ mask }) => mask === MASK)).toBe(true);
  });
});
