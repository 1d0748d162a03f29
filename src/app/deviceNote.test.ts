import { describe, expect, it } from 'vitest';
import type { DeviceNote } from '../worker/messages';
import { deviceNoteText } from './deviceNote';

const error = { code: 'out-of-memory', message: 'The GPU has no memory left.', advice: 'Close other pages.' };

describe('what is told of the device', () => {
  it.each<[DeviceNote, string]>([
    [{ kind: 'unusable', backend: 'webgpu', error: { ...error, message: 'no adapter' } }, 'WebGPU: no adapter'],
    [
      { kind: 'unusable', backend: 'webgpu', error: { ...error, message: 'WebGPU is not available in this browser.' } },
      'WebGPU is not available in this browser.',
    ],
    [{ kind: 'unmeasured', backend: 'wasm' }, 'WebAssembly was taken as asked, not measured.'],
    [
      { kind: 'lacking', what: 'threads' },
      'The page is lent no memory that threads share, by this browser or by what serves the page, so one core computes: right, but slower.',
    ],
    [
      { kind: 'lacking', what: 'fused' },
      'This browser’s WebAssembly lacks relaxed SIMD, so multiplications and additions are made apart: right, but slower.',
    ],
    [{ kind: 'warning', error: { ...error, message: 'The disk is full.' } }, 'The disk is full.'],
    [
      { kind: 'reset', error },
      'The graphics device was reset; work goes on with a new one. The GPU has no memory left.',
    ],
    [
      { kind: 'moved', error, triedAgainIn: 30_000 },
      'Moved to the CPU: The GPU has no memory left. The GPU is tried again in 30 seconds.',
    ],
    [
      { kind: 'moved', error, triedAgainIn: undefined },
      'Moved to the CPU: The GPU has no memory left. It stays there until the page is loaded again.',
    ],
    [
      { kind: 'not-yet', triedAgainIn: 60_000 },
      'The GPU was tried again and is not usable yet. The GPU is tried again in a minute.',
    ],
    [
      { kind: 'not-yet', triedAgainIn: 480_000 },
      'The GPU was tried again and is not usable yet. The GPU is tried again in 8 minutes.',
    ],
    [{ kind: 'returned' }, 'Back on the GPU after work on the CPU.'],
  ])('of %j is “%s”', (note, text) => {
    expect(deviceNoteText(note)).toBe(text);
  });
});
