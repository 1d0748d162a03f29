import { afterEach, describe, expect, it } from 'vitest';
import { ENGLISH, speak, toldError } from './language';
import { message } from './message';
import { allOf, capital, dateTime, fixed, grouped, listed, percent } from './numbers';
import { inPlaceOf, languageOf } from './translation';

const seeds = message('{count, plural, one {# seed} other {# seeds}}');
const undo = message('Undo');
const opened = message('{name} was not opened');

const polish = languageOf({
  locale: 'pl',
  direction: 'ltr',
  texts: [
    inPlaceOf(seeds, '{count, plural, one {# ziarno} few {# ziarna} many {# ziaren} other {# ziarna}}'),
    inPlaceOf(undo, 'Cofnij'),
  ],
  errors: { offline: { message: 'Brak połączenia.', advice: 'Spróbuj ponownie.' } },
});

afterEach(() => {
  speak(ENGLISH);
});

describe('another language', () => {
  it('takes the place of English, with its own plurals', () => {
    speak(polish);
    expect(undo()).toBe('Cofnij');
    expect([1, 3, 5, 22].map((count) => seeds({ count }))).toEqual(['1 ziarno', '3 ziarna', '5 ziaren', '22 ziarna']);
  });

  it('leaves in English, by the rules of English, what it has no text for', () => {
    speak(polish);
    expect(opened({ name: 'a.dcm' })).toBe('a.dcm was not opened');
    expect(message('{count, plural, one {# mask} other {# masks}}')({ count: 2 })).toBe('2 masks');
  });

  it('does not type-check with a value that the English message has not', () => {
    // @ts-expect-error there is no {name} in it
    expect(inPlaceOf(seeds, '{name}').message).toBe(seeds);
  });

  it('tells errors by their code, and lets the others speak for themselves', () => {
    speak(polish);
    expect(toldError({ code: 'offline', message: 'No connection.', advice: 'Try again.' })).toEqual({
      message: 'Brak połączenia.',
      advice: 'Spróbuj ponownie.',
    });
    expect(toldError({ code: 'torn', message: 'It is torn.', advice: 'Mend it.' })).toMatchObject({
      message: 'It is torn.',
      advice: 'Mend it.',
    });
  });

  it('writes numbers, lists and dates in its way', () => {
    expect([
      fixed(2.5, 2),
      grouped(1234567),
      percent(0.421),
      percent(0.0421, 1),
      listed(['A', 'B', 'C']),
      allOf(['A', 'B', 'C']),
      capital('edema'),
    ]).toEqual(['2.50', '1,234,567', '42 %', '4.2 %', 'A, B, C', 'A, B and C', 'Edema']);
    const day = new Date(2026, 10, 23, 14, 5);
    expect(dateTime(day, { hour: '2-digit', minute: '2-digit' })).toBe('14:05');
    expect(dateTime(day, { day: 'numeric', month: 'long' })).toBe('23 November');
    speak({ ...polish, locale: 'de' });
    expect([fixed(2.5, 2), grouped(1234567), allOf(['A', 'B', 'C'])]).toEqual(['2,50', '1.234.567', 'A, B und C']);
  });
});
