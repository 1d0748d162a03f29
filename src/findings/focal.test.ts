import { describe, expect, it } from 'vitest';
import { saysFocal } from './focal';

describe('words that speak of one opacity', () => {
  it.each([
    'remove the focal opacity',
    'erase the round opacity in the right lung',
    'remove a solitary circumscribed density',
    'clear the right lower zone rounded lesion',
    'without the focal consolidation',
  ])('are these: %s', (text) => {
    expect(saysFocal(text)).toBe(true);
  });

  it.each([
    'remove the opacity',
    'no focal opacity',
    'the lungs are clear with no focal consolidation',
    'remove any focal opacity',
    'remove the multifocal opacity',
    'remove right lower zone opacity',
    'moderate nodular pattern',
  ])('are not these: %s', (text) => {
    expect(saysFocal(text)).toBe(false);
  });
});
