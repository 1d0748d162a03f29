import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunStorageMissingError } from '../../state/run/places';
import { BrowserRuns } from './browserRuns';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a plan in a browser that keeps no files for pages', () => {
  it.each([
    ['no storage of its own', {}, { createWritable: true }],
    ['none that is written in place', { getDirectory: () => Promise.reject(new Error('never asked')) }, {}],
  ])('says so: %s', async (_, storage, file) => {
    vi.stubGlobal('navigator', { storage });
    vi.stubGlobal('FileSystemFileHandle', { prototype: file });
    await expect(new BrowserRuns().make('a plan')).rejects.toThrow(RunStorageMissingError);
  });
});
