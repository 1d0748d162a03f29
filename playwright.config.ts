import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { freePort } from './e2e/freePort';
import { findChromium } from './scripts/setup/chromium.mjs';

// Every process of the run reads this file; the first one chooses for all.
const port = (process.env['COUNTERPART_E2E_PORT'] ??= String(await freePort()));

/** Of all tests: `npm test` says what it grants, and wants the report before that is over. */
const grantedSeconds = Number(process.env['COUNTERPART_STEP_SECONDS'] ?? 60 * 60);
const REPORT_SECONDS = 60;
const executablePath = findChromium();

const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

export default defineConfig({
  testDir: 'e2e',
  globalSetup: resolve(import.meta.dirname, 'e2e/serve.ts'),
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  // One edit on wasm takes seconds on a workstation and tens of seconds on a busy two-core machine.
  timeout: 240_000,
  globalTimeout: 1000 * (grantedSeconds - REPORT_SECONDS),
  expect: { timeout: 60_000 },
  // Much of a journey waits for the page to paint: two side by side fill two cores.
  workers: 2,
  retries: 0,
  reporter: 'list',
  use: {
    // Else a click on what never becomes ready waits for the whole test.
    actionTimeout: 90_000,
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    // A service worker would answer before the routes that tests set up; the offline journey allows it.
    serviceWorkers: 'block',
    // A trace of every test costs half as much time again; `npx playwright test --trace on` makes them.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      // WebGPU without a GPU: correct, but slow, so only what is about WebGPU runs here.
      // First: its file is the longest, and would be left to one worker at the end.
      name: 'webgpu',
      testMatch: '**/*.webgpu.spec.ts',
      use: {
        launchOptions: {
          args: [...quiet, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
          ...(executablePath ? { executablePath } : {}),
        },
      },
    },
    {
      name: 'wasm',
      testIgnore: '**/*.webgpu.spec.ts',
      use: { launchOptions: { args: [...quiet, '--disable-gpu'], ...(executablePath ? { executablePath } : {}) } },
    },
  ],
});
