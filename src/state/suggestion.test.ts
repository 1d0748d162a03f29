import { describe, expect, it } from 'vitest';
import { parseEdits } from '../findings/parseEdits';
import { suggestedWords } from './suggestion';

describe('what is suggested', () => {
  it('erases the lung with more opacity', () => {
    expect(suggestedWords([0.8, 2.0, 1.7, 0.9, 1.9, 1.3])).toBe('remove right lung opacity');
    expect(suggestedWords([0, 0, 1.2, 0, 2, 1])).toBe('remove left lung opacity');
  });

  it('adds to clear lungs, and before anything is read', () => {
    expect(suggestedWords([0.2, 0.2, 0.2, 0.1, 0.3, 0.6])).toBe('severe left mid zone opacity');
    expect(suggestedWords(undefined)).toBe('severe left mid zone opacity');
  });

  it('is understood by the line that shows it', () => {
    for (const grades of [undefined, [0, 0, 0, 0, 0, 0], [3, 3, 3, 0, 0, 0], [0, 0, 0, 3, 3, 3]]) {
      expect(parseEdits(suggestedWords(grades))).toMatchObject({ unrecognised: [] });
    }
  });
});
