/** Takes the pictures of the documentation: `npm run pictures`. */

import { defineConfig } from '@playwright/test';
import base from '../../playwright.config';

export default defineConfig({
  ...base,
  testDir: import.meta.dirname,
  testMatch: 'take.ts',
  outputDir: '../../test-results/pictures',
  timeout: 10 * 60_000,
  projects: (base.projects ?? [])
    .filter(({ name }) => name === 'wasm')
    .map((project) => ({ ...project, testIgnore: [] })),
});
