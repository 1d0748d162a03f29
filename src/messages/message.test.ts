import { describe, expect, it } from 'vitest';
import { message, partsOf } from './message';

const left = message('{count, plural, one {# seed} other {# seeds}} of {name}');
const stored = message('Stored <b>{value}</b> of {most, number}');

describe('a message', () => {
  it('puts its values in, by the rules of plurals', () => {
    expect(left({ count: 1, name: 'chest.dcm' })).toBe('1 seed of chest.dcm');
    expect(left({ count: 1200, name: 'x' })).toBe('1,200 seeds of x');
    expect(message('It’s in {unit, select, mm {millimetres} other {pixels}}.')({ unit: 'mm' })).toBe(
      'It’s in millimetres.',
    );
    expect(message('Undo')()).toBe('Undo');
  });

  it('gives tags to whoever draws them', () => {
    const tags = { b: (children: readonly unknown[]) => ({ strong: children }) };
    expect(partsOf<object>(stored, tags, { value: 7, most: 4095 })).toEqual([
      'Stored ',
      { strong: ['7'] },
      ' of 4,095',
    ]);
    expect(partsOf<object>(message('Undo'), tags)).toEqual(['Undo']);
  });

  it('does not type-check with other values than it asks for', () => {
    // @ts-expect-error a value is missing
    const missing = () => left({ count: 1 });
    // @ts-expect-error a number is counted
    const uncounted = () => left({ count: '1', name: 'x' });
    // @ts-expect-error it asks for none
    const needless = () => message('Undo')({ name: 'x' });
    expect([missing, uncounted, needless]).toHaveLength(3);
  });
});
