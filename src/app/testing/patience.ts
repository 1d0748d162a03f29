/** Tests of the screen wait for what they expect as long as a busy machine needs: the libraries' own second is an idle one's. */

import { configure } from '@testing-library/react';
import { vi } from 'vitest';

/** Well within a test's own time, so that what is missing is named. */
const PATIENCE_MS = 20_000;

configure({ asyncUtilTimeout: PATIENCE_MS });

const { waitFor, waitUntil } = vi;
const patient = (options: number | { timeout?: number; interval?: number } = {}) =>
  typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options };
vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
