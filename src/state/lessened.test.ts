import { describe, expect, it } from 'vitest';
import { emptyMask, paintDisc } from '../imaging/mask';
import { lessMeant, wouldGrow } from './lessened';
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

describe('a grade below what is seen', () => {
  const seen = { ...reading, zoneSeverity: [0, 0, 2.6, 0, 0, 1.9] };
  const edema = { kind: 'grade', finding: 'edema', places: ['right_lower', 'left_lower'], severity: 2 } as const;

  it('is told, by the zone that loses most, unless the words want less', () => {
    expect(lessMeant('edema', edema, seen)).toEqual({ finding: 'edema', seen: 2.6, asked: 2 });
    expect(lessMeant('reduce the edema to moderate', edema, seen)).toBeUndefined();
    expect(lessMeant('edema', { ...edema, severity: 3 }, seen)).toBeUndefined();
    // That another finding is to become less says nothing of this one.
    const both = { ...edema, further: [{ finding: 'effusion', severities: { right_lower: 1 } }] } as const;
    expect(lessMeant('make the right effusion smaller. Add edema.', both, seen)?.finding).toBe('edema');
    expect(lessMeant('edema', { ...edema, kind: 'add' }, seen)).toBeUndefined();
    expect(lessMeant('no edema', { ...edema, kind: 'remove', severity: 0 }, seen)).toBeUndefined();
  });
});
