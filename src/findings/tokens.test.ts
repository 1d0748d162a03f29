import { describe, expect, it } from 'vitest';
import { GRID, lungMap, regionMap, withFocus, zonesToRegions, ANATOMY_CLASSES } from './regions';
import { encodeTokens, TOKENS_LENGTH, TOKEN_WIDTH } from './tokens';
import { FINDINGS, REGIONS } from './vocabulary';

describe('encodeTokens', () => {
  it('writes severity over three and a known flag, row by row', () => {
    const tokens = encodeTokens({ left_lower: { lung_opacity: 1.5 }, anywhere: { effusion: 0 } });
    const row = REGIONS.indexOf('left_lower') * TOKEN_WIDTH;
    const anywhere = REGIONS.indexOf('anywhere') * TOKEN_WIDTH;
    const effusion = FINDINGS.indexOf('effusion');
    expect(tokens[row]).toBe(0.5);
    expect(tokens[row + 16]).toBe(1);
    expect(tokens[anywhere + effusion]).toBe(0);
    expect(tokens[anywhere + 16 + effusion]).toBe(1);
    expect(tokens.reduce((sum, value) => sum + value)).toBe(2.5);
  });

  it('says nothing when nothing is known', () => {
    expect(encodeTokens({})).toEqual(new Float32Array(TOKENS_LENGTH));
  });
});

describe('zonesToRegions', () => {
  /** One class on a rectangle of the 64-grid, background elsewhere. */
  function anatomy(kind: number, x0: number, y0: number, x1: number, y1: number): Float32Array {
    const map = new Float32Array(64 * 64 * ANATOMY_CLASSES);
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        const inside = x >= x0 && x < x1 && y >= y0 && y < y1;
        map[(y * 64 + x) * ANATOMY_CLASSES + (inside ? kind : 0)] = 1;
      }
    }
    return map;
  }

  it('averages zones to the latent grid', () => {
    const maps = zonesToRegions(anatomy(1, 11, 20, 20, 30));
    const upper = regionMap(maps, 'right_upper');
    expect(upper[10 * GRID + 5]).toBe(0.5);
    expect(upper[10 * GRID + 6]).toBe(1);
    expect(upper[9 * GRID + 6]).toBe(0);
    expect(lungMap(maps)).toEqual(upper);
  });

  it('draws the pleura as a rim one cell wide round the lung, and the heart has none', () => {
    const pleura = regionMap(zonesToRegions(anatomy(3, 20, 20, 30, 30)), 'pleura');
    expect(pleura[9 * GRID + 10]).toBe(1);
    expect(pleura[12 * GRID + 12]).toBe(0);
    expect(pleura[8 * GRID + 10]).toBe(0);
    expect(regionMap(zonesToRegions(anatomy(7, 20, 20, 30, 30)), 'pleura').every((value) => value === 0)).toBe(true);
  });

  it('has anywhere everywhere and focus only where painted', () => {
    const maps = zonesToRegions(anatomy(1, 0, 0, 10, 10));
    expect(regionMap(maps, 'anywhere').every((value) => value === 1)).toBe(true);
    expect(regionMap(maps, 'focus').every((value) => value === 0)).toBe(true);
    const focus = new Float32Array(GRID * GRID);
    focus[77] = 1;
    expect(regionMap(withFocus(maps, focus), 'focus')).toEqual(focus);
    expect(regionMap(maps, 'focus')[77]).toBe(0);
  });
});
