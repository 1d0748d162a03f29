// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { labelPoint } from './region-label';

function rows(...lines: readonly string[]): { width: number; height: number; data: Uint8Array } {
  const text = lines.join('');
  return {
    width: lines[0]?.length ?? 0,
    height: lines.length,
    data: Uint8Array.from(text, (character) => (character === '#' ? 1 : 0)),
  };
}

describe('region label', () => {
  it('stands at the centroid of a filled region', () => {
    expect(labelPoint(rows('.....', '.###.', '.###.', '.....'), 1)).toEqual({ x: 2.5, y: 2 });
  });

  it('stays inside a sickle whose centroid is outside', () => {
    const at = labelPoint(rows('#######', '#.....#', '#.....#', '#.....#', '#.....#'), 1);
    expect(at).toBeDefined();
    expect(at?.y === 0.5 || at?.x === 0.5 || at?.x === 6.5).toBe(true);
  });

  it('is nowhere for an empty region', () => {
    expect(labelPoint(rows('...', '...'), 1)).toBeUndefined();
  });
});
