/** What is told of the device that computes, below the badge and in the diagnostics. {reason} is a sentence. */

import { message } from '../message';

/** {technology} is WebGPU or WebAssembly. */
export const unusable = message('{technology}: {reason}');
export const unmeasured = message('{technology} was taken as asked, not measured.');
export const withoutThreads = message(
  'The page is lent no memory that threads share, by this browser or by what serves the page, so one core computes: right, but slower.',
);
export const withoutFused = message(
  'This browser’s WebAssembly lacks relaxed SIMD, so multiplications and additions are made apart: right, but slower.',
);
export const reset = message('The graphics device was reset; work goes on with a new one. {reason}');
export const moved = message('Moved to the CPU: {reason}');
export const notYet = message('The GPU was tried again and is not usable yet.');
export const returned = message('Back on the GPU after work on the CPU.');
/** Sentences that follow one of those above. */
export const staysThere = message('It stays there until the page is loaded again.');
export const againInSeconds = message('The GPU is tried again in {count, plural, one {# second} other {# seconds}}.');
export const againInMinutes = message('The GPU is tried again in {count, plural, one {a minute} other {# minutes}}.');
