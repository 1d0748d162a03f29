import { describe, expect, it } from 'vitest';
import { ENGLISH, speak } from './language';
import { message, partsOf } from './message';

const left = message('{count, plural, one {# seed} other {# seeds}} of {name}');
const bold = message('Stored <b>{value}</b> of {most, number}');

describe('a message', () => {
  it('puts its values in, by the rules of plurals', () => {
    expect(left({ count: 1, name: 'chest.dcm' })).toBe('1 seed of chest.dcm');
    expect(left({ count: 1200, name: 'x' })).toBe('1,200 seeds of x');
    expect(message('Say it’s {unit, select, mm {millimetres} other {pixels}}.')({ unit: 'mm' })).toBe('Say it’s millimetres.');
    expect(message('Undo')()).toBe('Undo');
  });

  it('gives tags to whoever draws them', () => {
    expect(partsOf<object>(bold, { b: (children) => ({ bold: children }) }, { value: 7, most: 4095 })).toEqual(['Stored ', { bold: ['7'] }, ' of 4,095']);
  });
});
void [ENGLISH, speak];
