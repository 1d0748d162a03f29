import { describe, expect, it } from 'vitest';
import { CounterpartError } from '../errors';
import { describeProblem, isAbort, toProblem } from './problem';

class TornError extends CounterpartError {
  readonly code = 'torn';
}

describe('problems', () => {
  it('take code, message and advice from our own errors', () => {
    const cause = new Error('byte 7');
    expect(toProblem(new TornError('film.png is torn.', 'Tape it.', { cause }), 'opening film.png')).toEqual({
      code: 'torn',
      message: 'film.png is torn.',
      advice: 'Tape it.',
      details: ['Error: byte 7'],
    });
  });

  it('take them from what crossed the worker as plain data', () => {
    expect(toProblem({ code: 'out-of-memory', message: 'Full.', advice: 'Close tabs.' }, 'x')).toMatchObject({
      code: 'out-of-memory',
    });
  });

  it('say what was being done when the error says nothing', () => {
    const problem = toProblem(new TypeError('x is undefined'), 'opening film.png');
    expect(problem.code).toBe('unexpected');
    expect(problem.message).toContain('opening film.png');
    expect(problem.advice).not.toBe('');
  });

  it('are copied with their causes', () => {
    const text = describeProblem(toProblem(new TornError('Torn.', 'Tape it.', { cause: 'scissors' }), 'x'));
    expect(text).toBe('[torn] Torn.\nTape it.\nscissors');
  });

  it('are not made of a cancellation', () => {
    expect(isAbort(new DOMException('stop', 'AbortError'))).toBe(true);
    expect(isAbort({ code: 'aborted', message: '', advice: '' })).toBe(true);
    expect(isAbort(new Error('no'))).toBe(false);
  });
});
