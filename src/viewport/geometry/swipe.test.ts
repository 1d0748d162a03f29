// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { clampPosition, positionAfterKey, positionAt, resultClip } from './swipe';

describe('swipe', () => {
  it('shows the result right of the divider', () => {
    expect(resultClip(0.25)).toBe('inset(0 0 0 25.000%)');
    expect(resultClip(7)).toBe('inset(0 0 0 100.000%)');
  });

  it('follows the pointer and stops at the edges', () => {
    expect(positionAt(200, 800)).toBe(0.25);
    expect(positionAt(-30, 800)).toBe(0);
    expect(positionAt(900, 800)).toBe(1);
    expect(positionAt(10, 0)).toBe(0.5);
    expect(clampPosition(Number.NaN)).toBe(0.5);
  });

  it('answers the keys of a slider and no others', () => {
    expect(positionAfterKey(0.5, 'ArrowRight')).toBeCloseTo(0.52);
    expect(positionAfterKey(0.5, 'PageDown')).toBeCloseTo(0.4);
    expect(positionAfterKey(0.01, 'ArrowLeft')).toBe(0);
    expect(positionAfterKey(0.3, 'Home')).toBe(0);
    expect(positionAfterKey(0.3, 'End')).toBe(1);
    expect(positionAfterKey(0.3, 'a')).toBeUndefined();
  });
});
