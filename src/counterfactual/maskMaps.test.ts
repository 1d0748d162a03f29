import { describe, expect, it } from 'vitest';
import { emptyMask, featherMask, paintDisc } from '../imaging/mask';
import { maskToGrid } from '../imaging/mask-grid';
import { placesMask } from './latentMask';
import { coverage, handedOver, softened } from './maskMaps';
import { fakeRegions } from './testing/fakes';

describe('maps of a mask', () => {
  const mask = paintDisc(emptyMask(96, 72), 40, 36, 12, 255);

  it('are made once, and are what they are when made anew', () => {
    const soft = softened(mask);
    expect(softened(mask)).toBe(soft);
    expect(soft).toEqual(featherMask(mask, (6 * 96) / 256));
    for (const size of [32, 256]) {
      const share = coverage(soft, size);
      expect(coverage(soft, size)).toBe(share);
      expect(share).toEqual(maskToGrid(soft, size));
    }
  });

  it('are made again once their pixels went to another thread', () => {
    const soft = softened(mask);
    structuredClone(soft.data.buffer, { transfer: [soft.data.buffer] });
    expect(soft.data).toHaveLength(0);
    expect(softened(mask)).toEqual(featherMask(mask, (6 * 96) / 256));
  });
});

describe('masks of places', () => {
  const regions = fakeRegions();
  const of = (place: 'right_mid' | 'left_upper' | 'left_mid', width = 96) =>
    placesMask('lung_opacity', [place], regions, width, 72);

  it('are made once for edits that follow one another, and for others anew', () => {
    const mask = of('right_mid');
    expect(of('right_mid')).toBe(mask);
    expect(of('right_mid', 90)).not.toBe(mask);
    expect(of('left_upper')).not.toEqual(mask);
    const others = placesMask('lung_opacity', ['right_mid'], fakeRegions(), 96, 72);
    expect(others).not.toBe(mask);
    expect(others).toEqual(mask);
    // Two others came between.
    expect(of('right_mid')).not.toBe(mask);
    expect(of('right_mid')).toEqual(mask);
  });

  it('stay when a result of theirs goes to another thread', () => {
    const soft = softened(of('left_mid'));
    const given = handedOver(soft);
    expect(given).toEqual(soft);
    structuredClone(given.data.buffer, { transfer: [given.data.buffer] });
    expect(soft.data).toHaveLength(96 * 72);
    expect(softened(of('left_mid'))).toBe(soft);
  });

  it('are handed over as they are where nobody asks again', () => {
    const painted = paintDisc(emptyMask(96, 72), 40, 36, 12, 255);
    expect(handedOver(softened(painted))).toBe(softened(painted));
  });
});
