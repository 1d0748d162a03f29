import { describe, expect, it } from 'vitest';
import { emptyMask, featherMask, paintDisc } from '../imaging/mask';
import { maskToGrid } from '../imaging/mask-grid';
import { coverage, softened } from './maskMaps';

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
