// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { changeInWords, zoneChanges } from './zoneChanges';

describe('changes by zone', () => {
  it('name the asked zones first, then those that moved, and leave the rest out', () => {
    const changes = zoneChanges([0.1, 1, 0.2, 2, 0, 0.4], [0.2, 1.1, 0.3, 0.5, 0, 1.2], ['right_lower', 'mediastinum']);
    expect(changes.map(({ zone }) => zone)).toEqual(['right_lower', 'left_upper', 'left_lower']);
  });

  it('are told in the words of the grades', () => {
    const words = (before: number, after: number) => changeInWords({ zone: 'left_mid', before, after });
    expect(words(0.2, 2.1)).toBe('absent, now moderate');
    expect(words(2.9, 0)).toBe('severe, now absent');
    expect(words(1, 1.1)).toBe('still mild');
    expect(words(0.48, 0.52)).toBe('about as before, between absent and mild');
    expect(words(0.6, 1.4)).toBe('mild, a little more');
    expect(words(1.4, 0.6)).toBe('mild, a little less');
  });
});
