import { describe, expect, it, vi } from 'vitest';
import type { Edit, Reading } from '../../counterfactual/edit';
import { editWith } from '../../counterfactual/testing/edits';
import { fakeProbabilities, fakeRadiograph } from '../../counterfactual/testing/fakes';
import { emptyMask, paintDisc } from '../../imaging/mask';
import { SketchDesk } from './desk';

vi.mock('../../counterfactual/sketch/registry', async () => {
  const { discSketcher } = await import('../../counterfactual/sketch/testing/discSketcher');
  const drawn = { nodule: discSketcher('nodule'), mass: discSketcher('mass') };
  return { sketcherOf: (finding: string) => (drawn as Record<string, unknown>)[finding] };
});
vi.setConfig({ testTimeout: 60_000 });

const NODULE: Edit = { kind: 'add', finding: 'nodule', places: ['right_mid'], severity: 2 };
const reading = {
  findings: {},
  zoneSeverity: [0, 0, 0, 0, 0, 0],
  opacityMap: new Float32Array(1024),
} as unknown as Reading;

function desk(width = 2048, height = 1536, pixelSpacing?: readonly [number, number]): SketchDesk {
  const own = new SketchDesk();
  own.setFilm({
    radiograph: fakeRadiograph(width, height, 12, pixelSpacing === undefined ? {} : { pixelSpacing }),
    reading,
    probabilities: fakeProbabilities(),
  });
  return own;
}

describe('drawing for the screen', () => {
  it('draws a film of any size at that of a screen, and says where it lies on the film', () => {
    const { picture, drawn, about } = desk().draw({ edit: NODULE, seed: 1 });
    expect(drawn).toMatchObject([{ finding: 'nodule', amount: 20 }]);
    expect(about).toBe(true);
    if (picture === undefined) throw new Error('It is drawn.');
    expect(picture.across / picture.width).toBe(2);
    expect(picture.x + picture.across / 2).toBeGreaterThan(0.1 * 2048);
    expect(picture.x + picture.across / 2).toBeLessThan(0.45 * 2048);
    expect(picture.grey).toHaveLength(picture.width * picture.height);
    expect(picture.alpha.filter((value) => value > 0).length / picture.alpha.length).toBeCloseTo(Math.PI / 4, 1);
  });

  it('knows millimetres where the file states them', () => {
    expect(desk(512, 512, [0.6, 0.6]).draw({ edit: NODULE, seed: 1 }).about).toBe(false);
  });

  it('draws several findings one after another into one picture', () => {
    const one = desk().draw({ edit: NODULE, seed: 1 }).picture;
    const two = desk().draw({
      edit: { ...NODULE, further: [{ finding: 'mass', severities: { left_mid: 3 } }] },
      seed: 1,
    }).picture;
    expect(two?.across).toBeGreaterThan(2 * (one?.across ?? 0));
  });

  it('has nothing to show of what is only removed, or has no place', () => {
    expect(desk().draw({ edit: editWith(NODULE, { kind: 'remove' }), seed: 1 })).toMatchObject({ drawn: [] });
    expect(desk().draw({ edit: { ...NODULE, places: [] }, seed: 1 }).picture).toBeUndefined();
  });

  it('is bounded by the mask as long as there is one', () => {
    const own = desk(512, 512);
    own.setMask(paintDisc(emptyMask(512, 512), 60, 60, 4, 255));
    expect(own.draw({ edit: NODULE, seed: 1 }).picture?.alpha.every((value) => value === 0)).toBe(true);
    own.setMask(undefined);
    expect(own.draw({ edit: NODULE, seed: 1 }).picture?.alpha.some((value) => value > 0)).toBe(true);
  });

  it('says what stands against it', () => {
    expect(() => desk(512, 512).draw({ edit: { ...NODULE, sketch: { at: { x: 0.5, y: 0.01 } } }, seed: 1 })).toThrow(
      'outside the lungs',
    );
  });
});
