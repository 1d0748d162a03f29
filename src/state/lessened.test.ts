import { describe, expect, it } from 'vitest';
import { emptyMask, paintDisc } from '../imaging/mask';
import { wouldGrow } from './lessened';
import { fakeAnalysis } from './testing/fakes';

const { reading } = fakeAnalysis();
const less = { kind: 'grade', finding: 'lung_opacity', places: [], severity: 1 } as const;

describe('less of what is painted', () => {
  const opacityMap = new Float32Array(1024);
  for (let y = 20; y < 28; y++) opacityMap.fill(0.5, y * 32 + 4, y * 32 + 12);
  const seen = { ...reading, opacityMap, scale: 4 };
  const paint = (x: number, y: number) => paintDisc(emptyMask(320, 320), x, y, 30, 255);

  it('is refused where the paint covers less opacity than would be drawn, whatever lies elsewhere', () => {
    expect(wouldGrow('make the opacity smaller', [less], seen, paint(240, 60))).toBe('lung_opacity');
    expect(wouldGrow('make the opacity smaller', [less], seen, paint(80, 240))).toBeUndefined();
    expect(wouldGrow('make the opacity larger', [less], seen, paint(240, 60))).toBeUndefined();
  });
});
