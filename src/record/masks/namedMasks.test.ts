import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../imaging/radiograph';
import { initialRequest } from '../editRequest';
import { newDocument, redone, undone, withMasks, type StudioDocument } from '../studioDocument';
import { testRadiograph } from '../../imaging/testing/radiographs';
import { thumbnailOf } from '../thumbnail';
import {
  activeMask,
  freeName,
  NO_MASKS,
  withActive,
  withActivePixels,
  withAdded,
  withDuplicate,
  withName,
  without,
  withShown,
  type MaskSet,
} from './namedMasks';

const { width, height } = testRadiograph();

function maskOf(index: number): Mask {
  const data = new Uint8Array(width * height);
  data[index] = 255;
  return { width, height, data };
}

type Change = (set: MaskSet) => MaskSet;
const idAt = ({ masks }: MaskSet, index: number) => masks[index % Math.max(1, masks.length)]?.id ?? 'none';
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.nat(600).map(
    (index): Change =>
      (set) =>
        withActivePixels(set, maskOf(index)),
  ),
  fc.constant<Change>((set) => withActivePixels(set, undefined)),
  fc.constant<Change>((set) => withAdded(set, undefined)),
  fc.nat(9).map(
    (index): Change =>
      (set) =>
        withActive(set, idAt(set, index)),
  ),
  fc.tuple(fc.nat(9), fc.string()).map(
    ([index, name]): Change =>
      (set) =>
        withName(set, idAt(set, index), name),
  ),
  fc.nat(9).map(
    (index): Change =>
      (set) =>
        withDuplicate(set, idAt(set, index)),
  ),
  fc.nat(9).map(
    (index): Change =>
      (set) =>
        without(set, idAt(set, index)),
  ),
);

const emptyDocument = (): StudioDocument =>
  newDocument(testRadiograph(), thumbnailOf(testRadiograph()), initialRequest());
/** Equal pixels are equal masks, whichever object holds them. */
const content = ({ masks, activeMaskId, mask }: MaskSet) => ({
  masks: masks.map((each) => ({ ...each, mask: each.mask?.data.findIndex((value) => value > 0) })),
  activeMaskId,
  mask: mask?.data.findIndex((value) => value > 0),
});

describe('named masks', () => {
  it('keep their rules whatever is done: names and ids are unique, and `mask` is the one in use', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 20 }), (all) => {
        const set = all.reduce((so, change) => change(so), NO_MASKS);
        expect(new Set(set.masks.map(({ id }) => id)).size).toBe(set.masks.length);
        expect(new Set(set.masks.map(({ name }) => name)).size).toBe(set.masks.length);
        expect(set.mask).toBe(activeMask(set)?.mask);
        expect(set.activeMaskId === undefined).toBe(set.masks.length === 0);
      }),
    );
  });

  it('are undone to where they began and redone to where they were', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 12 }), (all) => {
        const done = all.reduce((document, change) => withMasks(document, change(document), 'Change'), emptyDocument());
        let back = done;
        while (back.history.past.length > 0) back = undone(back);
        expect(content(back)).toEqual(content(NO_MASKS));
        let again = back;
        while (again.history.future.length > 0) again = redone(again);
        expect(content(again)).toEqual(content(done));
      }),
      { numRuns: 60 },
    );
  });

  it('are shown and hidden without a step', () => {
    const document = withMasks(emptyDocument(), withAdded(NO_MASKS, maskOf(3)), 'New mask');
    const hidden = withMasks(document, withShown(document, 'mask-1', false), 'Hide mask');
    expect(hidden.masks[0]?.shown).toBe(false);
    expect(hidden.history).toBe(document.history);
  });

  it('refuse a name that is empty or taken', () => {
    const two = withAdded(withAdded(NO_MASKS, undefined, 'Lesion'), undefined, 'Heart');
    expect(withName(two, 'mask-2', 'Lesion').masks[1]?.name).toBe('Heart');
    expect(withName(two, 'mask-2', '   ').masks[1]?.name).toBe('Heart');
    expect(withName(two, 'mask-2', ' Left heart ').masks[1]?.name).toBe('Left heart');
  });

  it('are numbered by the first number that is free', () => {
    expect(freeName([{ name: 'Mask 1' }, { name: 'Mask 3' }])).toBe('Mask 2');
    expect(freeName([{ name: 'Heart' }], 'Heart')).toBe('Heart 2');
  });
});
